package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When one worker serves all lanes. */
class LaneSharingTest {
    private static final long MILLI = 1_000_000L;
    private static final long STEP = 100 * MILLI;

    private final LaneSharing sharing = new LaneSharing(0);
    private long now;
    private long busy;

    /** Lets so many milliseconds pass in which the lanes are busy for a share of one core. */
    private boolean after(long millis, double share) {
        boolean shared = sharing.isShared(now, busy);
        for (long passed = 0; passed < millis * MILLI; passed += STEP) {
            now += STEP;
            busy += (long) (STEP * share);
            shared = sharing.isShared(now, busy);
        }
        return shared;
    }

    @Test
    void aBridgeBeginsWithOneThread() {
        assertThat(sharing.isShared(0, 0)).isTrue();
        assertThat(after(60_000, 0.2)).isTrue();
    }

    @Test
    void muchToDoIsSpreadWithinATenthOfASecond() {
        assertThat(after(10_000, 0.1)).isTrue();
        assertThat(after(100, 0.6)).isFalse();
    }

    @Test
    void whatOneThreadStillDoesStaysTogether() {
        assertThat(after(60_000, 0.45)).isTrue();
    }

    @Test
    void itIsCollectedAfterSecondsOfLittleToDo() {
        after(100, 0.9);
        assertThat(after(4_900, 0.2)).isFalse();
        assertThat(after(200, 0.2)).isTrue();
    }

    @Test
    void aMomentOfMoreBeginsTheSecondsAnew() {
        after(100, 0.9);
        after(4_000, 0.2);
        after(100, 0.3);
        assertThat(after(4_800, 0.2)).isFalse();
        assertThat(after(300, 0.2)).isTrue();
    }

    @Test
    void betweenTheBoundsNothingChanges() {
        after(100, 0.9);
        assertThat(after(60_000, 0.4)).isFalse();
        after(10_000, 0.1);
        assertThat(after(60_000, 0.4)).isTrue();
    }

    @Test
    void itAnswersAsBeforeUntilTheIntervalIsOver() {
        assertThat(sharing.isShared(STEP - 1, STEP)).isTrue();
        assertThat(sharing.isShared(STEP, STEP)).isFalse();
    }
}
