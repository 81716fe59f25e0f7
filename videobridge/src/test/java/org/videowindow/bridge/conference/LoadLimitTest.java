package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The share of video under load: by single turns, and against a simulated lane in virtual time. */
class LoadLimitTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final LoadLimit limit = new LoadLimit(0);
    private long now;
    private long busy;

    /** Turns every ten milliseconds, all of them alike; how often the share changed. */
    private int turns(double seconds, boolean emptied, double busyShare) {
        int changes = 0;
        for (long end = now + (long) (seconds * SECOND); now < end; ) {
            now += 10 * MILLI;
            busy += (long) (10 * MILLI * busyShare);
            changes += limit.turn(now, emptied, busy) ? 1 : 0;
        }
        return changes;
    }

    @Test
    void aLaneThatEmptiesItsSocketSendsAllHoweverBusyItIs() {
        assertThat(turns(60, true, 1)).isZero();
        assertThat(limit.share()).isEqualTo(1);
    }

    @Test
    void aBurstIsNoLoad() {
        for (int i = 0; i < 100; i++) {
            assertThat(turns(0.29, false, 1)).isZero();
            assertThat(turns(0.01, true, 1)).isZero();
        }
    }

    @Test
    void aPauseOfTheMachineIsNoLoad() {
        turns(1, true, 0.1);
        now += 3 * SECOND;
        assertThat(turns(0.29, false, 1)).isZero();
        assertThat(turns(1, true, 1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0.29, 1",
        "0.35, 0.7",
        "0.80, 0.7",
        "0.85, 0.49",
        "1.35, 0.343",
        "1.85, 0.240",
        "4.00, 0.058",
        "4.50, 0",
        "60,   0",
    })
    void whileItIsFullTheShareFallsTwiceASecond(double seconds, double share) {
        turns(seconds, false, 1);
        assertThat(limit.share()).isEqualTo(share, within(0.001));
        assertThat(limit.least()).isEqualTo(share, within(0.001));
    }

    @Test
    void nothingIsRaisedWhileTheLaneIsBusy() {
        turns(1, false, 1);
        double share = limit.share();
        assertThat(turns(120, true, 0.85)).isZero();
        assertThat(limit.share()).isEqualTo(share);
    }

    @Test
    void fromNothingAllComesBackWithinTwoMinutes() {
        turns(10, false, 1);
        assertThat(limit.share()).isZero();
        long before = now;
        assertThat(turns(4.9, true, 0.5)).isZero();
        while (limit.share() < 1 && now - before < 300 * SECOND) {
            turns(1, true, 0.5);
        }
        assertThat(now - before).isLessThan(120 * SECOND);
        assertThat(turns(300, true, 0.5)).isZero();
    }

    @Test
    void whatLedStraightBackIsTriedMoreAndMoreRarely() {
        turns(1, false, 1);
        double bearable = limit.share();
        long[] waits = new long[8];
        for (int i = 0; i < waits.length; i++) {
            long begin = now;
            while (limit.share() == bearable) {
                turns(0.01, true, 0.5);
            }
            waits[i] = Math.round((now - begin) / (double) SECOND);
            assertThat(limit.share()).isGreaterThan(bearable);
            turns(0.35, false, 1);
            assertThat(limit.share()).as("back to what was bearable").isEqualTo(bearable);
        }
        assertThat(waits).containsExactly(5, 10, 20, 40, 60, 60, 60, 60);

        // Something else has ended meanwhile: from then on it goes quickly again.
        assertThat(turns(61, true, 0.5)).isEqualTo(1);
        assertThat(turns(19.5, true, 0.5)).isEqualTo(1);
        assertThat(turns(20.5, true, 0.5)).isEqualTo(4);
    }

    /** Packets that arrive evenly, each of which costs more the more receivers are sent of it. */
    private static final class Simulation {
        private static final int QUEUE = 2_000;
        private static final int BATCH = 64;

        private final LoadLimit limit = new LoadLimit(0);

        /** Steps in which video can be left out, as layers are. */
        private final int layers;

        private long now;
        private long busy;
        private double queue;
        private long lost;
        private long longestQueueNanos;
        private int lowered;
        private int raised;

        Simulation(int layers) {
            this.layers = layers;
        }

        /**
         * @param load how busy the thread would be if it sent everything; a fifth of it is sound
         */
        void pass(long nanos, double load) {
            double packetsPerNano = 1_000 / 1e9;
            longestQueueNanos = 0;
            for (long end = now + nanos; now < end; ) {
                double sent = limit.share() == 1 ? 1 : Math.floor(limit.share() * layers) / layers;
                double nanosPerPacket = load * (0.2 + 0.8 * sent) / packetsPerNano;
                int taken = (int) Math.min(queue, BATCH);
                long worked = (long) (taken * nanosPerPacket) + 20_000;
                busy += worked;
                long rest = taken == 0 ? MILLI : 0;
                double arrived = (worked + rest) * packetsPerNano;
                lost += (long) Math.max(0, queue - taken + arrived - QUEUE);
                queue = Math.min(QUEUE, queue - taken + arrived);
                now += worked + rest;
                longestQueueNanos = Math.max(longestQueueNanos, (long) (queue * nanosPerPacket));
                double before = limit.share();
                if (limit.turn(now, taken < BATCH, busy)) {
                    lowered += limit.share() < before ? 1 : 0;
                    raised += limit.share() > before ? 1 : 0;
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.1, 100",
        "1.3, 100",
        "2, 100",
        "4, 100",
        "1.1, 15",
        "1.5, 15",
        "2, 15",
        "4, 15",
        "1.2, 3",
        "2, 3",
        "4, 3",
    })
    void aLaneWithTooMuchToDoSettles(double load, int layers) {
        Simulation lane = new Simulation(layers);
        lane.pass(15 * SECOND, load);
        long lostFirst = lane.lost;
        lane.lowered = 0;
        lane.pass(600 * SECOND, load);

        assertThat(limit(lane)).isLessThan(1);
        assertThat(lane.lost - lostFirst).as("packets lost in ten minutes").isZero();
        assertThat(lane.lowered).as("times that everybody got less").isLessThanOrEqualTo(24);
        assertThat(lane.longestQueueNanos).isLessThan(SECOND);
        // What is sent is worth sending: the thread is used.
        long busy = lane.busy;
        lane.pass(60 * SECOND, load);
        assertThat((lane.busy - busy) / 60e9).isGreaterThan(layers == 3 ? 0.25 : 0.6);
    }

    private static double limit(Simulation lane) {
        return lane.limit.share();
    }

    @Test
    void aLaneThatSoundAloneIsTooMuchForSendsNoVideoAndDoesNotTryAllTheTime() {
        Simulation lane = new Simulation(15);
        lane.pass(600 * SECOND, 6);
        assertThat(limit(lane)).isZero();
        assertThat(lane.raised).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0", "0.9, 0", "0.97, 0"})
    void aLaneThatIsUpToItsLoadIsLeftAlone(double load, int changes) {
        Simulation lane = new Simulation(15);
        lane.pass(600 * SECOND, load);
        assertThat(lane.lowered).isEqualTo(changes);
    }

    @ParameterizedTest
    @CsvSource({"1.5, 15", "4, 15", "4, 3", "8, 15"})
    void itRecoversWhenTheLoadIsOver(double load, int layers) {
        Simulation lane = new Simulation(layers);
        lane.pass(300 * SECOND, load);
        assertThat(limit(lane)).isLessThan(1);
        lane.pass(180 * SECOND, 0.6);
        assertThat(limit(lane)).isEqualTo(1);
        int raised = lane.raised;
        lane.pass(300 * SECOND, 0.6);
        assertThat(lane.raised).isEqualTo(raised);
    }
}
