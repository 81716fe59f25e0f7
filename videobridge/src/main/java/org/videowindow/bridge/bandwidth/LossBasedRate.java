package org.videowindow.bridge.bandwidth;

/**
 * The rate the losses allow (draft-ietf-rmcat-gcc-02 section 6): more than a tenth lost lowers it, less than a fiftieth
 * raises it, between them it stays. There is no bound until something is lost.
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

    private double rate = UNBOUNDED;
    private int packets;
    private int lost;
    private boolean started;
    private long windowStart;
    private boolean decreased;
    private long decreasedAt;
    private double latest;

    /**
     * Packets reported for the first time, and how many of them were lost (fewer than none when some came after all).
     *
     * @param arriving bit/s that arrive: what the link carries, it is not lowered below
     */
    void reported(int packetCount, int lostCount, double estimate, double arriving, long roundTripNanos, long now) {
        if (!started) {
            started = true;
            windowStart = now;
        }
        packets += packetCount;
        lost += lostCount;
        if (packets >= FEWEST_PACKETS && now - windowStart >= SHORTEST_WINDOW_NANOS) {
            double share = Math.max(0, Math.min(packets, lost)) / (double) packets;
            double seconds = Math.min(1, (now - windowStart) / 1e9);
            packets = 0;
            lost = 0;
            windowStart = now;
            update(share, seconds, estimate, arriving, roundTripNanos, now);
        }
    }

    /** A share of losses as a receiver report tells it. */
    void told(double share, double estimate, long roundTripNanos, long now) {
        double seconds = started ? Math.min(1, (now - windowStart) / 1e9) : 0;
        started = true;
        windowStart = now;
        update(share, seconds, estimate, 0, roundTripNanos, now);
    }

    private void update(double share, double seconds, double estimate, double arriving, long roundTripNanos, long now) {
        latest = share;
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

    /** Bit/s, or {@link #UNBOUNDED}. */
    double bitsPerSecond() {
        return rate;
    }

    /** Part of the packets lost in the last window. */
    double share() {
        return latest;
    }

    /** Other evidence says that this is possible. */
    void raise(double bitsPerSecond) {
        if (latest <= MUCH) {
            rate = Math.max(rate, bitsPerSecond);
        }
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
    }

    /** Whether a packet that left then left before the rate was lowered: its loss says nothing of the rate there is now. */
    boolean isBeforeDecrease(long sentAt) {
        return decreased && sentAt - decreasedAt < 0;
    }

    boolean loweredWithin(long nanos, long now) {
        return decreased && now - decreasedAt < nanos;
    }
}
