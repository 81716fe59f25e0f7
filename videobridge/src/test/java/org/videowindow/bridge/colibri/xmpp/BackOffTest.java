package org.videowindow.bridge.colibri.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void waitsDoubleToTheLongestEachFromItsUpperHalf() {
        BackOff backOff = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(20), new Random(1));

        long most = 500;
        for (int i = 0; i < 100; i++) {
            assertThat(backOff.next().toMillis()).isBetween(most / 2, most);
            most = Math.min(20_000, 2 * most);
        }
        backOff.reset();
        assertThat(backOff.next().toMillis()).isBetween(250L, 500L);
    }

    @Test
    void twoBridgesDoNotComeBackTogether() {
        BackOff one = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(20), new Random(1));
        BackOff other = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(20), new Random(2));

        assertThat(one.next()).isNotEqualTo(other.next());
    }
}
