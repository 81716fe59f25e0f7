package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementTest {
    private static final int FULL = Placement.ENDPOINTS;

    static Stream<Arguments> workers() {
        return Stream.of(
                Arguments.of("nobody is there", of(0, 0), busy(0.0, 0.0), 0),
                Arguments.of("who has some gets more", of(0, 5, 0), busy(0, 0.01, 0), 1),
                Arguments.of("who has most gets more", of(3, 5, FULL - 1), busy(0, 0.01, 0.1), 2),
                Arguments.of("one that is busy gets no more", of(5, 0), busy(0.3, 0), 1),
                Arguments.of("one with many gets no more", of(FULL, 0), busy(0.01, 0), 1),
                Arguments.of("all are busy: the one with fewest", of(50, 20, 30), busy(0.5, 0.9, 0.3), 1),
                Arguments.of("all have many: the one with fewest", of(FULL + 3, FULL + 1), busy(0, 0), 1));
    }

    private static int[] of(int... endpoints) {
        return endpoints;
    }

    private static double[] busy(double... parts) {
        return parts;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workers")
    void conferencesAreCollected(String what, int[] endpoints, double[] busy, int expected) {
        assertThat(Placement.choose(endpoints, busy)).isEqualTo(expected);
    }
}
