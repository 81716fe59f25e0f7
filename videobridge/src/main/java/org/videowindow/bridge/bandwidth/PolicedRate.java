package org.videowindow.bridge.bandwidth;

/**
 * The rate a policer lets through: a bucket of tokens that delays nothing and drops what finds none. A probe passes it on
 * what has been saved up, and no queue tells of it. Between two packets it drops, though, exactly its rate comes through,
 * because the bucket is empty at both. When less is lost of less, that is what may be sent for a while.
 *
 * <p>Part of {@link BandwidthEstimator}, owned by the worker of the receiver's conference.
 */
final class PolicedRate {
    /** Measured over so much time, and packets. */
    private static final long SHORTEST_NANOS = 300_000_000L;

    private static final int FEWEST_PACKETS = 25;
    private static final int FEWEST_DROPS = 5;

    /** When delays differ by more, a queue may be what drops. */
    private static final double QUEUE_MILLIS = 10;

    /** When nothing is dropped for so long the bucket may have been full meanwhile. */
    private static final long GAP_NANOS = 150_000_000L;

    /** What was measured longer ago says nothing. */
    private static final long FRESH_NANOS = 5_000_000_000L;

    /** Part of it that is sent: what frames differ in must fit, too. */
    private static final double USABLE = 0.93;

    /** How long it is believed before more is tried: longer and longer when it is found again. */
    private static final long FIRST_HOLD_NANOS = 10_000_000_000L;

    private static final long LONGEST_HOLD_NANOS = 20_000_000_000L;

    private boolean measuring;
    private long from;
    private long droppedAt;
    private long bytes;
    private long bytesAtDrop;
    private int packets;
    private int packetsAtDrop;
    private int drops;
    private boolean dropping;
    private double leastDelay;
    private double mostDelay;
    private double measured;
    private long measuredAt;
    private double limit = LossBasedRate.UNBOUNDED;
    private long heldUntil;
    private long hold = FIRST_HOLD_NANOS;

    /** A packet arrived, after a time that can be compared with others only. */
    void passed(int byteCount, double delayMillis) {
        if (!measuring) {
            return;
        }
        bytes += byteCount;
        packets++;
        dropping = false;
        leastDelay = Math.min(leastDelay, delayMillis);
        mostDelay = Math.max(mostDelay, delayMillis);
    }

    /** A packet did not. */
    void dropped(long sentAt) {
        if (!measuring || sentAt - droppedAt > GAP_NANOS) {
            measuring = true;
            from = sentAt;
            bytes = 0;
            packets = 0;
            drops = 0;
            dropping = false;
            leastDelay = Double.MAX_VALUE;
            mostDelay = -Double.MAX_VALUE;
        }
        droppedAt = sentAt;
        bytesAtDrop = bytes;
        packetsAtDrop = packets;
        if (!dropping) {
            dropping = true;
            drops++;
        }
    }

    private boolean isQueue() {
        return mostDelay - leastDelay > QUEUE_MILLIS;
    }

    /** A queue stands: what is dropped there is dropped for want of room in it. */
    void queued() {
        measuring = false;
        measured = 0;
    }

    /**
     * All that a receiver told at once has been reported.
     *
     * @return whether something has been measured lately
     */
    boolean measures(long now) {
        if (measuring
                && droppedAt - from >= SHORTEST_NANOS
                && packetsAtDrop >= FEWEST_PACKETS
                && drops >= FEWEST_DROPS) {
            measured = isQueue() ? 0 : bytesAtDrop * 8e9 / (droppedAt - from);
            measuredAt = now;
            measuring = false;
        }
        return measured > 0 && now - measuredAt <= FRESH_NANOS;
    }

    /** It is known that less is lost of less: what was measured is the limit. */
    void believe(long now) {
        if (!isHeld()) {
            hold = heldUntil != 0 && now - heldUntil < hold ? Math.min(LONGEST_HOLD_NANOS, 2 * hold) : FIRST_HOLD_NANOS;
        }
        limit = USABLE * measured;
        heldUntil = now + hold;
        measured = 0;
    }

    /** Lets time pass. */
    void release(long now) {
        if (isHeld() && now - heldUntil >= 0) {
            limit = LossBasedRate.UNBOUNDED;
        }
    }

    /** Whether there is a limit. */
    boolean isHeld() {
        return limit != LossBasedRate.UNBOUNDED;
    }

    /** Bit/s, or {@link LossBasedRate#UNBOUNDED}. */
    double bitsPerSecond() {
        return limit;
    }

    /** By another way, or after an outage. */
    void forget() {
        measuring = false;
        measured = 0;
        limit = LossBasedRate.UNBOUNDED;
        heldUntil = 0;
        hold = FIRST_HOLD_NANOS;
    }
}
