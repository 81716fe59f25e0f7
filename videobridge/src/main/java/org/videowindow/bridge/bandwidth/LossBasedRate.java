package org.videowindow.bridge.bandwidth;

/**
 * The rate the losses allow (draft-ietf-rmcat-gcc-02 section 6): more than a tenth lost lowers it, less than a fiftieth
 * raises it, between them it stays. What the way loses by itself does not count. There is no bound until something is
 * lost.
 */
final class LossBasedRate {
    static final double UNBOUNDED = Double.MAX_VALUE;

    private static final double MUCH = 0.10;
    private static final double LITTLE = 0.02;
    private static final double INCREASE_PER_SECOND = 1.08;

    /** So much of what arrives arrives when a queue overflows as well. */
    private static final double ARRIVING = 0.85;

    /** Fewer packets say nothing: one of ten is ten percent. */
    private static final int FEWEST_PACKETS = 40;

    private static final long SHORTEST_WINDOW_NANOS = 200_000_000L;

    /** After a decrease its effect is awaited, besides a round trip. */
    private static final long HOLD_NANOS = 300_000_000L;

    private final InherentLoss inherent = new InherentLoss();
    private final PolicedRate policed = new PolicedRate();
    private double rate = UNBOUNDED;
    private int packets;
    private int lost;
    private boolean started;
    private long windowStart;
    private boolean decreased;
    private long decreasedAt;
    private double latest;
    private double beyond;

    /** A packet is reported lost. */
    void lost(int bytes, long sentAt) {
        inherent.reported(bytes, sentAt, true);
        policed.dropped(sentAt);
        if (!isBeforeDecrease(sentAt)) {
            packets++;
            lost++;
        }
    }

    /** A packet arrived; {@code wasLost} when it has been reported lost before. */
    void arrived(int bytes, long sentAt, boolean wasLost) {
        if (wasLost) {
            inherent.arrivedAfterAll();
        } else {
            inherent.reported(bytes, sentAt, false);
        }
        if (!isBeforeDecrease(sentAt)) {
            packets += wasLost ? 0 : 1;
            lost -= wasLost ? 1 : 0;
        }
    }

    /** A packet that is no probe arrived, after a time that can be compared with others only. */
    void passed(int bytes, double delayMillis) {
        policed.passed(bytes, delayMillis);
    }

    /**
     * All that a receiver told at once has been reported.
     *
     * @param estimate bit/s now
     * @param sent bit/s
     * @param queued whether delays told of a queue lately
     * @param arriving bit/s that arrive, or would without what the way loses by itself: what the link carries, it is not
     *     lowered below
     */
    void reported(double estimate, double sent, boolean queued, double arriving, long roundTripNanos, long now) {
        if (inherent.learns(now)) {
            unbound();
        }
        followPolicer(queued, now);
        if (!started) {
            started = true;
            windowStart = now;
        }
        if (packets >= FEWEST_PACKETS && now - windowStart >= SHORTEST_WINDOW_NANOS) {
            latest = Math.max(0, Math.min(packets, lost)) / (double) packets;
            double share = inherent.beyond(latest, packets);
            double seconds = Math.min(1, (now - windowStart) / 1e9);
            packets = 0;
            lost = 0;
            windowStart = now;
            if (share <= MUCH || !inherent.isBeingTold(sent, now)) {
                update(share, seconds, estimate, arriving, roundTripNanos, now);
            }
        }
    }

    private void followPolicer(boolean queued, long now) {
        policed.release(now);
        if (queued || inherent.share() > 0) {
            policed.queued();
        } else if (policed.measures(now) && inherent.fallsWithRate(now)) {
            policed.believe(now);
        }
    }

    /** A share of losses as a receiver report tells it. */
    void told(double share, double estimate, long roundTripNanos, long now) {
        double seconds = started ? Math.min(1, (now - windowStart) / 1e9) : 0;
        started = true;
        windowStart = now;
        latest = share;
        update(share, seconds, estimate, 0, roundTripNanos, now);
    }

    private void update(double share, double seconds, double estimate, double arriving, long roundTripNanos, long now) {
        beyond = share;
        if (share > MUCH) {
            if (!decreased || now - decreasedAt >= HOLD_NANOS + roundTripNanos) {
                decreased = true;
                decreasedAt = now;
                double before = Math.min(rate, estimate);
                rate = Math.max(before * (1 - 0.5 * share), Math.min(before, ARRIVING * arriving));
            }
        } else if (share < LITTLE && rate != UNBOUNDED) {
            rate = rate * Math.pow(INCREASE_PER_SECOND, seconds) + 1_000 * seconds;
        }
    }

    /** What the way loses by itself. */
    InherentLoss inherent() {
        return inherent;
    }

    /** Bit/s, or {@link #UNBOUNDED}. */
    double bitsPerSecond() {
        return Math.min(rate, policed.bitsPerSecond());
    }

    /** Whether it is known what a policer lets through: a probe, which passes one, would tell nothing. */
    boolean isPoliced() {
        return policed.isHeld();
    }

    /** Part of the packets lost in the last window. */
    double share() {
        return latest;
    }

    /** Other evidence says that this is possible. */
    void raise(double bitsPerSecond) {
        if (beyond <= MUCH) {
            rate = Math.max(rate, bitsPerSecond);
        }
    }

    /** It was lowered because of losses that the way makes by itself. */
    private void unbound() {
        rate = UNBOUNDED;
        packets = 0;
        lost = 0;
        beyond = 0;
        decreased = false;
    }

    /** It is far above what delays allow and says nothing any more. */
    void unboundAbove(double bitsPerSecond) {
        if (rate > bitsPerSecond) {
            rate = UNBOUNDED;
        }
    }

    /** What was lost says nothing of the way there is now. */
    void restart() {
        rate = UNBOUNDED;
        packets = 0;
        lost = 0;
        started = false;
        decreased = false;
        latest = 0;
        beyond = 0;
        inherent.forget();
        policed.forget();
    }

    /** Whether a packet that left then left before the rate was lowered: its loss says nothing of the rate there is now. */
    private boolean isBeforeDecrease(long sentAt) {
        return decreased && sentAt - decreasedAt < 0;
    }

    boolean loweredWithin(long nanos, long now) {
        return decreased && now - decreasedAt < nanos;
    }
}
