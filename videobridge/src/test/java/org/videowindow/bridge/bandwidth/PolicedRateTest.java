package org.videowindow.bridge.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.network.VirtualLink;
import org.videowindow.bridge.network.VirtualTime;

/**
 * A policer delays nothing, lets a probe pass and drops what is too much for long: the estimator with a sender of layers
 * in virtual time. Everything follows from seeds.
 */
class PolicedRateTest {
    private static final int SEEDS = 20;
    private static final long[] SEVEN_LAYERS = {90_000, 150_000, 300_000, 500_000, 800_000, 1_200_000, 2_500_000};

    private static long median(long[] values) {
        long[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @ParameterizedTest
    @CsvSource({"600000, 10000", "1000000, 5000", "1000000, 20000", "2000000, 10000", "1500000, 60000"})
    void whatAPolicerLetsThroughIsFound(long rate, long bucketBytes) {
        long[] atTenSeconds = new long[SEEDS];
        for (int seed = 1; seed <= SEEDS; seed++) {
            VirtualTime time = new VirtualTime(5_000_000_000L);
            VirtualLink down = new VirtualLink(time, seed).jitterMillis(3).policed(rate, bucketBytes);
            LayeredReceiver receiver = new LayeredReceiver(time, down, new VirtualLink(time, seed), seed, SEVEN_LAYERS);
            time.runMillis(10_000);
            atTenSeconds[seed - 1] = receiver.estimate();
            receiver.takeLostShare();
            receiver.forgetAudio();
            time.runMillis(60_000);
            assertThat(receiver.takeLostShare())
                    .as("lost after that, seed %d", seed)
                    .isLessThan(0.05);
            assertThat(receiver.audioArrived()).as("sound, seed %d", seed).isGreaterThan(0.98);
        }
        assertThat((double) median(atTenSeconds)).isBetween(0.85 * rate, (double) rate);
    }

    /** When the policer goes, what it let through is no limit any more. */
    @Test
    void aPolicerThatGoesIsForgotten() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            VirtualTime time = new VirtualTime(5_000_000_000L);
            VirtualLink down = new VirtualLink(time, seed).jitterMillis(3).policed(1_000_000, 20_000);
            LayeredReceiver receiver = new LayeredReceiver(time, down, new VirtualLink(time, seed), seed, SEVEN_LAYERS);
            time.runMillis(30_000);
            down.policed(VirtualLink.UNLIMITED, 0);
            time.runMillis(35_000);
            assertThat(receiver.layer()).as("seed %d", seed).isEqualTo(SEVEN_LAYERS.length - 1);
        }
    }

    @Test
    void betweenTwoDropsExactlyTheRateComesThrough() {
        PolicedRate policed = new PolicedRate();
        long now = 0;
        for (int i = 0; i < 100; i++) {
            now += 10 * VirtualTime.MILLI;
            if (i % 5 == 4) {
                policed.dropped(now);
            } else {
                policed.passed(1_250, 20);
            }
        }
        assertThat(policed.measures(now)).isTrue();
        policed.believe(now);
        // Four of 1,250 bytes every 50 ms are 800 kbit/s.
        assertThat(policed.bitsPerSecond()).isBetween(0.9 * 800_000, 800_000.0);
        policed.release(now + 30_000 * VirtualTime.MILLI);
        assertThat(policed.isHeld()).isFalse();
    }
}
