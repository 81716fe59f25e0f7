package org.videowindow.bridge.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.bridge.network.VirtualLink;
import org.videowindow.bridge.network.VirtualTime;

/**
 * Losses that are the way's own do not lower the estimate, those of a link that is too narrow do: the estimator with a
 * sender of layers in virtual time. Everything follows from seeds.
 */
class InherentLossTest {
    private static final long WIDE = 5_000_000;
    private static final int SEEDS = 20;
    private static final long[] THREE_LAYERS = {150_000, 500_000, 2_500_000};
    private static final long[] FOUR_LAYERS = {150_000, 500_000, 2_500_000, 5_000_000};
    private static final long[] SEVEN_LAYERS = {90_000, 150_000, 300_000, 500_000, 800_000, 1_200_000, 2_500_000};

    private VirtualTime time;
    private VirtualLink down;
    private LayeredReceiver receiver;
    private double mean;
    private double most;
    private double least;

    private VirtualLink begin(long rate, long seed) {
        time = new VirtualTime(5_000_000_000L);
        down = new VirtualLink(time, seed).jitterMillis(3).rate(rate);
        return down;
    }

    private void send(long seed, long... layers) {
        receiver = new LayeredReceiver(time, down, new VirtualLink(time, seed), seed, layers);
    }

    private void observe(int seconds) {
        double sum = 0;
        most = 0;
        least = Double.MAX_VALUE;
        receiver.forgetAudio();
        for (int i = 0; i < seconds * 10; i++) {
            time.runMillis(100);
            sum += receiver.estimate();
            least = Math.min(least, (double) receiver.estimate());
            most = Math.max(most, receiver.estimator().inherentLossShare());
        }
        mean = sum / (seconds * 10);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0.6", "0.1, 0.5", "0.2, 0.3"})
    void whatIsLostAtRandomOnAWideLinkDoesNotLowerTheEstimate(double loss, double part) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            begin(WIDE, seed).loss(loss);
            send(seed, FOUR_LAYERS);
            time.runMillis(20_000);
            observe(50);
            assertThat(mean).as("from twenty seconds on, seed %d", seed).isGreaterThan(part * WIDE);
            assertThat(receiver.audioArrived()).as("sound, seed %d", seed).isGreaterThan(1 - loss - 0.03);
            assertThat(most).as("what is thought of it, seed %d", seed).isLessThan(1.3 * loss + 0.03);
        }
    }

    /** A probe of a few packets whose first one is lost still measures: the estimate does not wait for the next. */
    @Test
    void probesThatLoseAFifthStillMeasure() {
        for (long seed = 1; seed <= 24; seed++) {
            begin(WIDE, seed).loss(0.2);
            send(seed, FOUR_LAYERS);
            time.runMillis(20_000);
            observe(50);
            assertThat(least).as("after twenty seconds, seed %d", seed).isGreaterThan(0.5 * WIDE);
        }
    }

    /** The sound of a narrow link with a queue of one packet is lost beside frames that are longer than the queue. */
    @ParameterizedTest
    @ValueSource(longs = {500_000, 1_000_000, 2_000_000})
    void aVeryShortQueueIsNoReasonToThinkThatLossesAreTheWaysOwn(long rate) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            begin(rate, seed).queueMillis(20);
            send(seed, THREE_LAYERS);
            time.runMillis(10_000);
            assertThat((double) receiver.estimate())
                    .as("at ten seconds, seed %d", seed)
                    .isBetween(0.85 * rate, 1.15 * rate);
            observe(30);
            assertThat(mean).as("mean, seed %d", seed).isBetween(0.85 * rate, 1.15 * rate);
            assertThat(most).as("seed %d", seed).isZero();
            assertThat(receiver.audioArrived()).as("sound, seed %d", seed).isGreaterThan(0.9);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "300000, 60",
        "300000, 1000",
        "1000000, 20",
        "1000000, 60",
        "1000000, 300",
        "2000000, 20",
        "2000000, 1000"
    })
    void whatANarrowLinkDropsIsNotTheWaysOwn(long rate, long queueMillis) {
        for (long seed = 1; seed <= 10; seed++) {
            begin(rate, seed).queueMillis(queueMillis);
            send(seed, SEVEN_LAYERS);
            observe(40);
            assertThat(most).as("seed %d", seed).isZero();
        }
    }

    /** A bucket of tokens delays nothing and drops what is too much: only losses tell of it. */
    @ParameterizedTest
    @CsvSource({"600000, 10000", "1000000, 20000", "2000000, 10000"})
    void whatAPolicerDropsIsNotTheWaysOwn(long rate, long bucketBytes) {
        for (long seed = 1; seed <= 10; seed++) {
            begin(VirtualLink.UNLIMITED, seed).policed(rate, bucketBytes);
            send(seed, SEVEN_LAYERS);
            observe(40);
            assertThat(most).as("seed %d", seed).isZero();
            assertThat(receiver.audioArrived()).as("sound, seed %d", seed).isGreaterThan(0.93);
        }
    }

    @ParameterizedTest
    @CsvSource({"60, 0.1", "300, 0.2"})
    void aNarrowLinkThatAlsoLosesAtRandomIsTakenForAsNarrowAsItIs(long queueMillis, double loss) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            begin(1_000_000, seed).queueMillis(queueMillis).loss(loss);
            send(seed, SEVEN_LAYERS);
            time.runMillis(20_000);
            observe(50);
            // What is lost before the bottleneck does not pass it: more than that can be sent.
            assertThat(mean).as("seed %d", seed).isBetween(850_000.0, 1_150_000 / (1 - loss));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.2, 0.5", "0.004, 0.05, 0.4"})
    void burstsInWhichAllIsLostDoNotLowerTheEstimateForLong(double begins, double ends, double part) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            begin(WIDE, seed).bursts(begins, ends);
            send(seed, FOUR_LAYERS);
            time.runMillis(20_000);
            observe(50);
            assertThat(mean).as("seed %d", seed).isGreaterThan(part * WIDE);
        }
    }

    @Test
    void onALossyLinkThatBecomesNarrowWhatDoesNotFitIsNotSent() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            begin(WIDE, seed).loss(0.2);
            send(seed, FOUR_LAYERS);
            time.runMillis(30_000);
            down.rate(600_000);
            time.runMillis(10_000);
            assertThat(receiver.layer()).as("ten seconds later, seed %d", seed).isLessThanOrEqualTo(1);
            observe(10);
            assertThat(receiver.audioArrived()).as("sound, seed %d", seed).isGreaterThan(0.7);
        }
    }
}
