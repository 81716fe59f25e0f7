package org.videowindow.bridge.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1, 1",
        "1, 0, -1",
        "65535, 0, 1",
        "0, 65535, -1",
        "65530, 5, 11",
        "5, 65530, -11",
        "0, 32767, 32767",
        "0, 32768, -32768",
        "100, 100, 0",
    })
    void distanceGoesTheShorterWay(int from, int to, int steps) {
        assertThat(SequenceNumbers.distance(from, to)).isEqualTo(steps);
        assertThat(SequenceNumbers.plus(from, steps)).isEqualTo(to);
        assertThat(SequenceNumbers.isNewer(to, from)).isEqualTo(steps > 0);
    }

    @Test
    void unwrappingFollowsAReferenceCounterThroughManyCycles() {
        Random random = new Random(1);
        SequenceUnwrapper unwrapper = new SequenceUnwrapper();
        long reference = 65_000;
        assertThat(unwrapper.unwrap(65_000) - 0x1_0000).isEqualTo(reference);
        long newest = reference;
        for (int i = 0; i < 200_000; i++) {
            reference = newest + random.nextInt(400) - 150;
            assertThat(unwrapper.peek((int) reference & 0xFFFF) - 0x1_0000).isEqualTo(reference);
            assertThat(unwrapper.unwrap((int) reference & 0xFFFF) - 0x1_0000).isEqualTo(reference);
            newest = Math.max(newest, reference);
            assertThat(unwrapper.newest() - 0x1_0000).isEqualTo(newest);
        }
    }

    @Test
    void whatWasSentBeforeTheFirstStaysPositive() {
        SequenceUnwrapper unwrapper = new SequenceUnwrapper();
        long first = unwrapper.unwrap(3);
        assertThat(unwrapper.unwrap(65_535)).isEqualTo(first - 4).isPositive();
        assertThat(unwrapper.newest()).isEqualTo(first);
    }
}
