package org.videowindow.bridge.bandwidth;

/**
 * What is believed of a receiver that gives no transport-wide feedback, or none yet: the start for a moment, then what it
 * estimates itself, or no limit. Part of {@link BandwidthEstimator}.
 */
final class WithoutFeedback {
    /** Who gives feedback gives it by then: some 100 ms and a round trip after the first packet. */
    private static final long FIRST_FEEDBACK_NANOS = 1_000_000_000L;

    /** How long the receiver's own estimate counts. */
    private static final long REMB_NANOS = 10_000_000_000L;

    private boolean reachable;
    private long reachableSince;
    private long remb;
    private long rembAt;

    /**
     * Something can be sent to it. Only the first time counts. What is chosen before that is chosen for the start: more
     * would flood a narrow link, and be taken back from a wide one, where it would have to wait then.
     */
    void reachable(long now) {
        if (!reachable) {
            reachable = true;
            reachableSince = now;
        }
    }

    /** The receiver's own estimate. */
    void remb(long bitsPerSecond, long now) {
        remb = Math.max(BandwidthEstimator.LEAST_BPS, Math.min(BandwidthEstimator.MOST_BPS, bitsPerSecond));
        rembAt = now;
    }

    boolean hasRemb(long now) {
        return remb > 0 && now - rembAt < REMB_NANOS;
    }

    /** Bit/s. */
    double bitsPerSecond(long now) {
        long believed = hasRemb(now) ? remb : BandwidthEstimator.MOST_BPS;
        boolean early = !reachable || now - reachableSince < FIRST_FEEDBACK_NANOS;
        return early ? Math.min(BandwidthEstimator.START_BPS, believed) : believed;
    }
}
