package org.videowindow.bridge.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.allocation.SenderHeights.Change;

class SenderHeightsTest {
    private static final long SECOND = 1_000_000_000L;

    private final SenderHeights heights = new SenderHeights();

    private List<Change> want(int height, double seconds) {
        return heights.update(Map.of("a-v0", height), (long) (seconds * SECOND));
    }

    @Test
    void lessIsToldAfterAWhile() {
        assertThat(want(0, 0)).isEmpty();
        assertThat(want(0, 4.9)).isEmpty();
        assertThat(want(0, 5)).containsExactly(new Change("a-v0", 0));
        assertThat(want(0, 6)).as("once").isEmpty();
        assertThat(heights.told("a-v0")).isZero();
    }

    @Test
    void thereIsSomethingToWaitForWhileLessIsNotTold() {
        assertThat(heights.isLowering()).isFalse();
        want(0, 0);
        assertThat(heights.isLowering()).isTrue();
        want(0, 5);
        assertThat(heights.isLowering()).isFalse();
        want(180, 6);
        assertThat(heights.isLowering()).isFalse();
    }

    @Test
    void moreIsToldAtOnce() {
        want(0, 0);
        want(0, 5);
        assertThat(want(180, 5.1)).containsExactly(new Change("a-v0", 180));
        assertThat(want(720, 5.2)).containsExactly(new Change("a-v0", 720));
        assertThat(want(SenderHeights.UNLIMITED, 5.3)).containsExactly(new Change("a-v0", SenderHeights.UNLIMITED));
    }

    @Test
    void whoPagesThroughTilesSwitchesNothingOff() {
        want(180, 0);
        assertThat(want(180, 5)).containsExactly(new Change("a-v0", 180));
        for (int second = 6; second < 60; second++) {
            assertThat(want(second % 4 == 0 ? 180 : 0, second)).isEmpty();
        }
    }

    @Test
    void ofWhatWasWantedMeanwhileTheLargestCounts() {
        want(180, 0);
        want(360, 2);
        assertThat(want(180, 5)).containsExactly(new Change("a-v0", 360));
        assertThat(want(180, 9.9)).isEmpty();
        assertThat(want(180, 10)).containsExactly(new Change("a-v0", 180));
    }

    @Test
    void whatIsGoneIsForgotten() {
        want(0, 0);
        want(0, 5);
        assertThat(heights.update(Map.of(), 6 * SECOND)).isEmpty();
        assertThat(heights.told("a-v0")).isEqualTo(SenderHeights.UNLIMITED);
        assertThat(want(0, 7)).as("a new source of that name").isEmpty();
    }
}
