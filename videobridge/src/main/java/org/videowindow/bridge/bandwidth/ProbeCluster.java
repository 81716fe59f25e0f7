package org.videowindow.bridge.bandwidth;

/**
 * One probe: everything sent in a short time, media and filling together at a wanted rate, and how fast it arrived. What
 * was sent in the first slot (what arrives of the first slot of which anything does) only marks the begin, at both ends,
 * so that slots do not distort the rates; what was sent in the last slot is left out, because a frame of media may have
 * ended the probe with a burst.
 */
final class ProbeCluster {
    /** A cluster lasts this long, at least: shorter disturbs less, longer measures better. */
    static final long LEAST_NANOS = 30_000_000L;

    /** One that sees several frames of whoever else is on the link. */
    static final long LONG_NANOS = 100_000_000L;

    private static final int LEAST_BYTES = 7_200;

    /** Of eight packets too few arrive too often when a fifth is lost. */
    private static final int LEAST_BYTES_LOSSY = 14_400;

    private static final int MOST_BYTES = 60_000;

    /** Slots are this far apart. */
    private static final long SLOT_NANOS = 2_000_000L;

    /** Something must have arrived to say how fast. */
    private static final double LEAST_RECEIVED = 0.5;

    private static final int FEWEST_PACKETS = 5;

    /** What arrives slower than this part of how it was sent had filled the link. */
    private static final double FILLED = 0.9;

    /** A filled link is used up to this part. */
    private static final double USABLE = 0.95;

    private int number;
    private boolean sending;
    private boolean waiting;
    private long targetBps;
    private int plannedBytes;
    private long leastNanos;
    private long startedAt;
    private long firstSentAt;
    private long lastSentAt;
    private int sentBytes;
    private int sentPackets;
    private int firstSlotBytes;
    private int lastSequence;
    private int countedBytes;
    private long countedUntil;
    private int receivedPackets;
    private int receivedBytes;
    private int missingBytes;
    private int receivedCounted;
    private int missingCounted;
    private double arrivedCounted;
    private long beginSlot;
    private long receivingSlot;
    private double firstArrival;
    private double lastArrival;
    private boolean firstSeen;
    private double excused;
    private boolean allExcused;

    /**
     * @param nanos how long it lasts, at least
     * @param lossy whether the way loses packets by itself: more of them are needed
     */
    void begin(long bitsPerSecond, long nanos, boolean lossy, long now) {
        number = number % 255 + 1;
        sending = true;
        waiting = false;
        targetBps = bitsPerSecond;
        leastNanos = nanos;
        plannedBytes = (int) Math.max(
                lossy ? LEAST_BYTES_LOSSY : LEAST_BYTES,
                Math.min(MOST_BYTES, bitsPerSecond / 8 * nanos / 1_000_000_000L));
        startedAt = now;
        sentBytes = 0;
        sentPackets = 0;
        countedBytes = 0;
        receivedPackets = 0;
        receivedBytes = 0;
        missingBytes = 0;
        receivedCounted = 0;
        missingCounted = 0;
        excused = 1;
        allExcused = false;
        firstSeen = false;
    }

    /** Its number while it is sent, else 0. */
    int number() {
        return sending ? number : 0;
    }

    boolean isNumber(int cluster) {
        return cluster == number && (sending || waiting);
    }

    boolean isSending() {
        return sending;
    }

    boolean isWaiting() {
        return waiting;
    }

    long targetBps() {
        return targetBps;
    }

    long startedAt() {
        return startedAt;
    }

    /** When its last packet was sent. */
    long lastSentAt() {
        return lastSentAt;
    }

    int lastSequence() {
        return lastSequence;
    }

    /** Bytes to fill up in this slot, 0 or fewer for none. */
    long due(long now) {
        if (!sending) {
            return 0;
        }
        long wanted = (now - startedAt + SLOT_NANOS) / 1_000 * targetBps / 8_000_000L;
        return Math.min(wanted, plannedBytes) - sentBytes;
    }

    void sent(int sequence, int bytes, long now) {
        if (sentPackets == 0) {
            firstSentAt = now;
            firstSlotBytes = 0;
        } else if (now != lastSentAt) {
            countedBytes = sentBytes - firstSlotBytes;
            countedUntil = lastSentAt;
        }
        if (now == firstSentAt) {
            firstSlotBytes += bytes;
        }
        sentPackets++;
        sentBytes += bytes;
        lastSentAt = now;
        lastSequence = sequence;
        if (sentBytes >= plannedBytes && now - firstSentAt >= leastNanos / 2) {
            sending = false;
            waiting = true;
        }
    }

    /** A packet of it arrived; in the order of sending. */
    void received(long sentAt, double arrivalMillis, int bytes) {
        receivedPackets++;
        if (!firstSeen) {
            firstSeen = true;
            beginSlot = sentAt;
            firstArrival = arrivalMillis;
            lastArrival = arrivalMillis;
        } else if (sentAt == beginSlot) {
            firstArrival = Math.max(firstArrival, arrivalMillis);
            lastArrival = firstArrival;
        } else {
            if (sentAt != receivingSlot) {
                receivedCounted = receivedBytes;
                missingCounted = missingBytes;
                arrivedCounted = lastArrival;
            }
            lastArrival = Math.max(lastArrival, arrivalMillis);
            receivedBytes += bytes;
        }
        receivingSlot = sentAt;
    }

    /** One of its packets is reported missing, in the order of sending. Before the first that arrives nothing is counted. */
    void missing(long sentAt, int bytes) {
        if (firstSeen && sentAt != beginSlot) {
            missingBytes += bytes;
        }
    }

    /** Gives up sending. */
    void abandon() {
        sending = false;
        waiting = false;
    }

    private double sendRate() {
        return countedBytes * 8e9 / Math.max(1, countedUntil - firstSentAt);
    }

    private double arrivalRate() {
        double bytes = allExcused ? receivedCounted + missingCounted : excused * receivedCounted;
        return bytes * 8e3 / Math.max(0.25, arrivedCounted - firstArrival);
    }

    /** What the way loses by itself, with what it may lose by chance, is no sign of a full link: it counts as arrived. */
    void excuse(InherentLoss inherent) {
        int missing = sentPackets - receivedPackets;
        if (inherent.share() > 0 && missing > 0 && receivedPackets > 0) {
            double share = missing / (double) sentPackets;
            allExcused = inherent.beyond(share, sentPackets) == 0;
            excused = 1 / (1 - inherent.share());
        }
    }

    /** Whether enough arrived to tell something. */
    boolean tells() {
        return firstSeen
                && receivedPackets >= FEWEST_PACKETS
                && receivedPackets >= LEAST_RECEIVED * sentPackets
                && receivedCounted > 0
                && arrivedCounted > firstArrival
                && countedUntil > firstSentAt;
    }

    /** Whether the link carried no more. */
    boolean filled() {
        return arrivalRate() < FILLED * sendRate();
    }

    /** Bit/s the link carries, as far as this probe tells. */
    double result() {
        return filled() ? USABLE * arrivalRate() : Math.min(sendRate(), arrivalRate());
    }
}
