package org.videowindow.bridge.bandwidth;

/**
 * When to probe, and how high: only while more is wanted than the estimate covers, twice the estimate at a time, again at
 * once after a success, later and later after failures.
 */
final class Probing {
    /** After a failure: lower finds a link that has grown sooner, higher disturbs less. */
    private static final long FIRST_PAUSE_NANOS = 2_500_000_000L;

    private static final long LONGEST_PAUSE_NANOS = 10_000_000_000L;

    /** What a probe found has held when the estimate has not fallen for so long; until then a fall is its failure. */
    private static final long PROOF_NANOS = 8_000_000_000L;

    /** After the estimate was lowered the queue shall empty first. */
    static final long CALM_NANOS = 1_500_000_000L;

    /** No feedback about a cluster comes after this. */
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private static final double STEP = 2;

    /** Of the start, which is known to be low: a cluster is no longer for that. */
    private static final double FIRST_STEP = 3;

    /** After so many failures in a row a cluster is a long one: a short one meets others' frames, or the gaps between. */
    private static final int SHORT_ONES = 2;

    /** Times the estimate: a long one that is much too fast would fill a short queue. */
    private static final double LONG_STEP = 1.5;

    /** A little more than wanted, so that the allocation has a margin. */
    private static final double MARGIN = 1.25;

    /** An estimate so far above what is wanted is high enough. */
    private static final double ENOUGH = 1.1;

    private static final double MUCH_MORE = 1.1;
    private static final double FELL_MUCH = 0.67;
    private static final double SUCCESS = 0.7;
    private static final long MOST_BPS = 20_000_000L;

    private final ProbeCluster cluster = new ProbeCluster();
    private long pause = FIRST_PAUSE_NANOS;
    private boolean fresh = true;
    private boolean found;
    private boolean planned;
    private long nextAt;
    private boolean unproven;
    private long raisedAt;
    private double highWater = BandwidthEstimator.START_BPS;
    private boolean refuted;
    private long refutedAt;
    private long clusters;
    private long failures;
    private int failedInARow;

    ProbeCluster cluster() {
        return cluster;
    }

    /**
     * Begins a cluster when it is time for one.
     *
     * @param lossy whether the way loses packets by itself
     */
    void consider(double estimate, long wanted, boolean calm, boolean lossy, long now) {
        if (unproven && now - raisedAt > PROOF_NANOS) {
            unproven = false;
            pause = FIRST_PAUSE_NANOS;
        }
        if (cluster.isSending() || cluster.isWaiting()) {
            if (now - Math.max(cluster.startedAt(), cluster.isWaiting() ? cluster.lastSentAt() : 0) > PATIENCE_NANOS) {
                failed(now);
            }
            return;
        }
        if (wanted * ENOUGH <= estimate || !calm || (planned && now - nextAt < 0)) {
            return;
        }
        boolean longer = failedInARow >= SHORT_ONES;
        double step = fresh ? FIRST_STEP : longer ? LONG_STEP : STEP;
        fresh = false;
        clusters++;
        long target = (long) Math.min(MOST_BPS, Math.min(estimate * step, wanted * MARGIN));
        cluster.begin(target, longer ? ProbeCluster.LONG_NANOS : ProbeCluster.LEAST_NANOS, lossy, now);
    }

    /** The cluster has told something; {@code result} is 0 when it could not. */
    void ended(double result, double estimateBefore, long now) {
        if (result > MUCH_MORE * estimateBefore) {
            unproven = true;
            raisedAt = now;
            found = true;
        }
        // Frames that were sent meanwhile may have filled the link with more than was to be found out.
        if (result >= (cluster.filled() ? 1 : SUCCESS) * cluster.targetBps()) {
            cluster.abandon();
            planned = false;
            failedInARow = 0;
        } else {
            failed(now);
        }
    }

    /** What was tried before says nothing any more. */
    void restart(double estimate) {
        highWater = estimate;
        failedInARow = 0;
        cluster.abandon();
        pause = FIRST_PAUSE_NANOS;
        planned = false;
        unproven = false;
    }

    /** Nothing was learnt: the next cluster waits. */
    void failed(long now) {
        cluster.abandon();
        failures++;
        failedInARow++;
        planned = true;
        nextAt = now + pause;
        pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
    }

    /**
     * The estimate has fallen much. Soon after a probe had raised it that was a failure of the probe, which measured
     * what others left for a moment, or what a shaper lets through at once; it may fall in several steps. Else the link
     * has changed, and what was tried before says nothing any more.
     */
    private void fell(long now) {
        planned = true;
        if (unproven) {
            unproven = false;
            refuted = true;
            refutedAt = now;
            nextAt = now + pause;
            pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
        } else if (!refuted || now - refutedAt > PROOF_NANOS) {
            pause = FIRST_PAUSE_NANOS;
            nextAt = now + CALM_NANOS;
        }
    }

    /** The estimate is this now. */
    void note(double estimate, long now) {
        boolean fell = estimate < FELL_MUCH * highWater;
        highWater = fell ? estimate : Math.max(highWater, estimate);
        if (fell) {
            fell(now);
        }
    }

    /** Whether any cluster has found more than there was. */
    boolean hasFound() {
        return found;
    }

    long clusters() {
        return clusters;
    }

    long failures() {
        return failures;
    }
}
