package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When packets wait for the rest of their frame, and for how long. */
class FrameGatheringTest {
    private static final int MANY = FrameGathering.FEWEST_TAKERS;
    private static final long MILLI = 1_000_000;
    private static final long BOUND = FrameGathering.LONGEST_NANOS;

    private final FrameGathering gathering = new FrameGathering();
    private final FrameArrivals arrivals = new FrameArrivals();
    private long now = -5 * MILLI;
    private int timestamp;

    /** A frame of two packets, each in a turn of its own; whether the first one waited. */
    private boolean frame(long apart, int takers) {
        timestamp += 3_000;
        boolean waited = packet(false, takers);
        now += apart;
        packet(true, takers);
        now += 33 * MILLI;
        return waited;
    }

    /** A turn with one packet; whether what is to be sent waits. */
    private boolean packet(boolean last, int takers) {
        gathering.packet(arrivals, takers, timestamp, last, now);
        return turn();
    }

    private boolean turn() {
        boolean waits = gathering.waits(now);
        if (!waits) {
            gathering.sent();
        }
        return waits;
    }

    @Test
    void packetsWaitForTheRestOfAFrameWhoseForerunnersCameBackToBack() {
        assertThat(frame(50_000, MANY)).as("nothing is known yet").isFalse();
        assertThat(frame(50_000, MANY)).isTrue();
        assertThat(frame(50_000, MANY)).isTrue();
    }

    @Test
    void nothingWaitsWhenTheFrameIsComplete() {
        frame(50_000, MANY);
        timestamp += 3_000;
        gathering.packet(arrivals, MANY, timestamp, false, now);
        gathering.packet(arrivals, MANY, timestamp, true, now);
        assertThat(turn()).isFalse();
    }

    @Test
    void nothingWaitsForFewReceivers() {
        frame(50_000, MANY - 1);
        assertThat(frame(50_000, MANY - 1)).isFalse();
    }

    @Test
    void aSenderThatPacesIsNotHeld() {
        frame(50_000, MANY);
        assertThat(frame(5 * MILLI, MANY)).as("the first one that is spread").isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(frame(5 * MILLI, MANY)).isFalse();
        }
        assertThat(frame(50_000, MANY)).isFalse();
        assertThat(frame(50_000, MANY)).as("back to back again").isTrue();
    }

    @Test
    void aPictureOfOnePacketTellsNothing() {
        frame(50_000, MANY);
        timestamp += 3_000;
        assertThat(packet(true, MANY)).isFalse();
        assertThat(frame(50_000, MANY)).isTrue();
    }

    @Test
    void afterAnEndThatIsLostNothingWaits() {
        frame(50_000, MANY);
        timestamp += 3_000;
        assertThat(packet(false, MANY)).isTrue();
        now += BOUND;
        assertThat(turn()).as("no longer than the bound").isFalse();
        now += 33 * MILLI;
        timestamp += 3_000;
        assertThat(packet(false, MANY)).isFalse();
    }

    @Test
    void theBoundCountsFromTheFirstPacketThatWaits() {
        frame(50_000, MANY);
        timestamp += 3_000;
        long first = now;
        while (packet(false, MANY)) {
            assertThat(gathering.untilEnd(now)).isBetween(0L, first + BOUND - now);
            now += 40_000;
        }
        assertThat(now - first).isBetween(BOUND, BOUND + 40_000);
        assertThat(gathering.untilEnd(now)).as("nothing waits").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void twoStreamsWaitUntilBothAreComplete() {
        FrameArrivals other = new FrameArrivals();
        frame(50_000, MANY);
        gathering.packet(other, MANY, 1, false, now);
        gathering.packet(other, MANY, 1, true, now);
        turn();
        timestamp += 3_000;
        assertThat(packet(false, MANY)).isTrue();
        gathering.packet(other, MANY, 3_001, false, now);
        assertThat(packet(true, MANY)).as("the other one lacks its end").isTrue();
        gathering.packet(other, MANY, 3_001, true, now);
        assertThat(turn()).isFalse();
    }

    @Test
    void whatWaitedAndWasSentIsForgotten() {
        frame(50_000, MANY);
        timestamp += 3_000;
        packet(false, MANY);
        gathering.sent();
        assertThat(turn()).as("something urgent made it leave").isFalse();
        assertThat(packet(true, MANY)).isFalse();
        assertThat(frame(50_000, MANY)).isTrue();
    }
}
