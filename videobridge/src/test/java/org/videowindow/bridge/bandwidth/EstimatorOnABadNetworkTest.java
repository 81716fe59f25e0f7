package org.videowindow.bridge.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.bridge.network.VirtualLink;
import org.videowindow.bridge.network.VirtualTime;

/** The estimator with a sender of layers and a receiver behind a network in virtual time. Everything follows from seeds. */
class EstimatorOnABadNetworkTest {
    private static final long[] THREE_LAYERS = {150_000, 500_000, 2_500_000};
    private static final long[] SEVEN_LAYERS = {90_000, 150_000, 300_000, 500_000, 800_000, 1_200_000, 2_500_000};

    private final VirtualTime time = new VirtualTime(5_000_000_000L);

    private VirtualLink link(long seed) {
        return new VirtualLink(time, seed).jitterMillis(3);
    }

    private LayeredReceiver receiver(VirtualLink down, long seed, long... layers) {
        return new LayeredReceiver(time, down, new VirtualLink(time, seed), seed, layers);
    }

    private double meanEstimate(LayeredReceiver receiver, int seconds) {
        double sum = 0;
        for (int i = 0; i < seconds * 10; i++) {
            time.runMillis(100);
            sum += receiver.estimate();
        }
        return sum / (seconds * 10);
    }

    @ParameterizedTest
    @CsvSource({
        "300000, 300, 1",
        "300000, 300, 2",
        "300000, 60, 3",
        "500000, 300, 4",
        "700000, 1000, 5",
        "1000000, 300, 6",
        "1000000, 60, 7",
        "1500000, 300, 8",
        "2000000, 300, 9",
        "2000000, 1000, 10",
        "2000000, 60, 11"
    })
    void isWithinFifteenPercentOfTheBottleneckAfterTenSeconds(long bottleneck, long queueMillis, long seed) {
        LayeredReceiver receiver = receiver(link(seed).rate(bottleneck).queueMillis(queueMillis), seed, THREE_LAYERS);
        time.runMillis(10_000);
        assertThat((double) receiver.estimate())
                .as("at ten seconds, seed %d", seed)
                .isBetween(0.85 * bottleneck, 1.15 * bottleneck);
        receiver.forgetAudio();
        assertThat(meanEstimate(receiver, 60))
                .as("over a minute, seed %d", seed)
                .isBetween(0.85 * bottleneck, 1.15 * bottleneck);
        assertThat(receiver.audioArrived()).as("sound, seed %d", seed).isGreaterThan(0.97);
        assertThat(receiver.worstAudioMillis())
                .as("delay of sound, seed %d", seed)
                .isLessThan(400);
        assertThat(receiver.switches()).as("switches, seed %d", seed).isLessThan(12);
        assertThat(receiver.estimator().failedProbes())
                .as("back-off, seed %d", seed)
                .isLessThan(18);
        assertThat(receiver.probeShare()).as("part of probes, seed %d", seed).isLessThan(0.06);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void followsAStepDownAndAStepUp(long seed) {
        VirtualLink down = link(seed).rate(3_000_000).queueMillis(300);
        LayeredReceiver receiver = receiver(down, seed, THREE_LAYERS);
        time.runMillis(20_000);
        assertThat(receiver.layer()).isEqualTo(2);
        down.rate(600_000);
        time.runMillis(3_000);
        assertThat(receiver.estimate())
                .as("three seconds after the step, seed %d", seed)
                .isLessThan(700_000);
        time.runMillis(2_000);
        receiver.forgetAudio();
        assertThat(meanEstimate(receiver, 15)).as("seed %d", seed).isBetween(400_000.0, 690_000.0);
        assertThat(receiver.audioArrived()).isGreaterThan(0.99);
        down.rate(3_000_000);
        time.runMillis(25_000);
        assertThat(receiver.estimate()).as("after the step up, seed %d", seed).isGreaterThan(2_550_000);
        assertThat(receiver.layer()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void doesNotCollapseWhenOnePercentIsLostAtRandom(long seed) {
        LayeredReceiver receiver = receiver(link(seed).rate(3_000_000).loss(0.01), seed, SEVEN_LAYERS);
        time.runMillis(10_000);
        for (int i = 0; i < 600; i++) {
            time.runMillis(100);
            assertThat(receiver.estimate()).as("seed %d", seed).isGreaterThan(2_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void doesNotCollapseInShortBurstsOfLosses(long seed) {
        LayeredReceiver receiver = receiver(link(seed).rate(3_000_000).bursts(0.004, 0.25), seed, THREE_LAYERS);
        time.runMillis(10_000);
        assertThat(meanEstimate(receiver, 60)).as("seed %d", seed).isGreaterThan(2_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53})
    void reorderedAndDoubledPacketsAreNoCongestion(long seed) {
        LayeredReceiver receiver =
                receiver(link(seed).rate(3_000_000).reordered(0.05).doubled(0.05), seed, THREE_LAYERS);
        time.runMillis(10_000);
        assertThat(meanEstimate(receiver, 60)).as("seed %d", seed).isGreaterThan(2_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {61, 62})
    void aFifthLostLeavesTheSoundAndPictures(long seed) {
        LayeredReceiver receiver = receiver(link(seed).rate(3_000_000).loss(0.2), seed, THREE_LAYERS);
        time.runMillis(30_000);
        assertThat(receiver.estimate()).as("seed %d", seed).isBetween(900_000L, 4_300_000L);
        receiver.forgetAudio();
        receiver.takeVideoBytes();
        time.runMillis(30_000);
        assertThat(receiver.audioArrived()).isBetween(0.7, 0.9);
        assertThat(receiver.takeVideoBytes() * 8 / 30).as("seed %d", seed).isGreaterThan(350_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {71, 72, 73})
    void twoReceiversBehindOneLinkShareIt(long seed) {
        VirtualLink down = link(seed).rate(2_000_000).queueMillis(300);
        LayeredReceiver first = receiver(down, seed, SEVEN_LAYERS);
        time.runMillis(15_000);
        LayeredReceiver second = receiver(down, seed + 100, SEVEN_LAYERS);
        time.runMillis(20_000);
        first.takeVideoBytes();
        second.takeVideoBytes();
        first.forgetAudio();
        second.forgetAudio();
        time.runMillis(90_000);
        double one = first.takeVideoBytes();
        double other = second.takeVideoBytes();
        assertThat(Math.min(one, other) / Math.max(one, other))
                .as("seed %d", seed)
                .isGreaterThan(0.5);
        assertThat((one + other) * 8 / 90).as("together, seed %d", seed).isGreaterThan(1_100_000);
        assertThat(Math.min(first.audioArrived(), second.audioArrived()))
                .as("sound, seed %d", seed)
                .isGreaterThan(0.99);
    }

    @Test
    void withoutFeedbackTheEstimateIsHalvedOnceAndReturns() {
        VirtualLink down = link(81).rate(3_000_000);
        VirtualLink up = new VirtualLink(time, 82);
        LayeredReceiver receiver = new LayeredReceiver(time, down, up, 83, THREE_LAYERS);
        time.runMillis(20_000);
        long before = receiver.estimate();
        up.cut(true);
        time.runMillis(5_000);
        assertThat(receiver.estimate()).isEqualTo(before / 2);
        up.cut(false);
        time.runMillis(5_000);
        assertThat(receiver.estimate()).isGreaterThan(2_400_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {85, 86, 87})
    void aWayThatWasGoneForTenSecondsIsNotThoughtNarrow(long seed) {
        VirtualLink down = link(seed).rate(3_000_000);
        VirtualLink up = new VirtualLink(time, seed + 10);
        LayeredReceiver receiver = new LayeredReceiver(time, down, up, seed, THREE_LAYERS);
        time.runMillis(20_000);
        down.cut(true);
        up.cut(true);
        time.runMillis(10_000);
        down.cut(false);
        up.cut(false);
        time.runMillis(1_000);
        assertThat(receiver.estimate()).as("a second later, seed %d", seed).isGreaterThan(1_000_000);
        time.runMillis(10_000);
        assertThat(receiver.estimate()).as("ten seconds later, seed %d", seed).isBetween(2_400_000L, 3_600_000L);
    }

    @Test
    void littleTrafficNeitherRaisesNorLowersTheEstimate() {
        LayeredReceiver receiver = receiver(link(91).rate(5_000_000), 91, 150_000, 1_000_000);
        time.runMillis(10_000);
        long before = receiver.estimate();
        receiver.onlySound();
        for (int i = 0; i < 600; i++) {
            time.runMillis(100);
            assertThat(receiver.estimate()).isBetween(before * 7 / 10, before * 11 / 10);
        }
    }

    @Test
    void whoGivesNoFeedbackIsNotLimited() {
        LayeredReceiver receiver =
                receiver(link(95).rate(5_000_000), 95, THREE_LAYERS).silent();
        time.runMillis(900);
        assertThat(receiver.estimate()).isEqualTo(BandwidthEstimator.START_BPS);
        time.runMillis(1_000);
        assertThat(receiver.estimate()).isEqualTo(BandwidthEstimator.MOST_BPS);
        assertThat(receiver.probeShare()).isZero();
    }
}
