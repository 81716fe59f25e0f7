package org.videowindow.shard.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.videowindow.shard.config.ShardSettings.Liveness;
import org.videowindow.shard.liveness.Silence.Step;

/** Ten seconds to a ping, 25 to the end, 15 for a broken connection; in virtual time. */
class SilenceTest {
    private static final Liveness SETTINGS =
            new Liveness(Duration.ofSeconds(10), Duration.ofSeconds(25), Duration.ofSeconds(15));

    private final Silence silence = new Silence(SETTINGS, Instant.EPOCH);

    /** Seconds at which something is to be done, looking once a second. */
    private List<String> steps(int from, int to, long received, boolean detached) {
        List<String> steps = new ArrayList<>();
        for (int second = from; second <= to; second++) {
            Step step = silence.look(received, detached, Instant.EPOCH.plusSeconds(second));
            if (step != Step.NOTHING) {
                steps.add(second + " " + step);
            }
        }
        return steps;
    }

    @Test
    void silentClientIsAskedTwiceAndIsGoneAfter25Seconds() {
        assertThat(steps(0, 25, 0, false)).containsExactly("10 ASK", "20 ASK", "25 GONE");
    }

    @Test
    void answerKeepsItAlive() {
        assertThat(steps(0, 12, 5, false)).containsExactly("10 ASK");
        assertThat(steps(13, 37, 6, false)).containsExactly("23 ASK", "33 ASK");
        assertThat(steps(38, 38, 6, false)).containsExactly("38 GONE");
    }

    @Test
    void brokenConnectionIsGoneAfter15Seconds() {
        assertThat(steps(0, 5, 1, false)).isEmpty();
        assertThat(steps(6, 21, 1, true)).containsExactly("21 GONE");
    }

    @Test
    void resumedConnectionStartsAnew() {
        assertThat(steps(0, 14, 1, true)).isEmpty();
        assertThat(steps(15, 24, 1, false)).isEmpty();
        assertThat(steps(25, 25, 1, false)).containsExactly("25 ASK");
    }

    @Test
    void vanishedClientIsGoneWithin30SecondsWhateverCameBefore() {
        // A network that dies without a word just after a stanza, and a connection reset at the last moment.
        assertThat(steps(0, 3, 9, false)).isEmpty();
        assertThat(steps(4, 28, 9, false)).contains("25 GONE");
    }
}
