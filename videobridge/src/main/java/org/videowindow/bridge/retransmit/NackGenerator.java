package org.videowindow.bridge.retransmit;

import org.videowindow.bridge.rtp.SequenceUnwrapper;

/**
 * What to ask the sender of one stream for again.
 *
 * <p>A gap in the sequence numbers puts the missing ones on a list. Each is asked for after {@link #REORDER_NANOS} (it may
 * only have been overtaken), then again after every round trip, at most {@link #MAX_TRIES} times and for
 * {@link #MAX_AGE_NANOS}. When a packet is given up, or more is missing than the list holds, only a key frame helps.
 *
 * <p>Owned by the worker thread of the conference.
 */
public final class NackGenerator {
    /** Missing packets on the list at most. */
    public static final int MAX_MISSING = 256;

    /** Times one packet is asked for at most. */
    public static final int MAX_TRIES = 10;

    /** Longest time a packet is asked for: older ones are of no use to anybody. */
    public static final long MAX_AGE_NANOS = 1_000_000_000;

    /** Wait before the first request. */
    public static final long REORDER_NANOS = 5_000_000;

    /** Shortest wait between requests for one packet. */
    public static final long MIN_RETRY_NANOS = 30_000_000;

    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    /** Empty until something is missing for the first time. */
    private long[] missing = {};

    private long[] since = {};
    private long[] askAt = {};
    private byte[] tries = {};
    private int count;
    private long retry = 100_000_000;
    private boolean keyFrameNeeded;

    /** Tells the round-trip time to the sender. */
    public void roundTrip(long nanos) {
        retry = Math.max(MIN_RETRY_NANOS, Math.min(nanos, MAX_AGE_NANOS));
    }

    /**
     * Tells that a packet of the stream arrived, by itself or as a retransmission.
     *
     * @return whether it was on the list
     */
    public boolean received(int sequence, long now) {
        long newest = unwrapper.newest();
        long full = unwrapper.unwrap(sequence);
        if (newest < 0 || full <= newest) {
            return remove(full);
        }
        long gap = full - newest - 1;
        if (gap > MAX_MISSING) {
            count = 0;
            keyFrameNeeded = true;
            return false;
        }
        if (count + gap > MAX_MISSING) {
            drop((int) (count + gap - MAX_MISSING));
            keyFrameNeeded = true;
        }
        if (gap > 0 && missing.length == 0) {
            missing = new long[MAX_MISSING];
            since = new long[MAX_MISSING];
            askAt = new long[MAX_MISSING];
            tries = new byte[MAX_MISSING];
        }
        for (long lost = newest + 1; lost < full; lost++) {
            missing[count] = lost;
            since[count] = now;
            askAt[count] = now + REORDER_NANOS;
            tries[count] = 0;
            count++;
        }
        return false;
    }

    /**
     * Sequence numbers to ask for now, oldest first. Those given up are taken off the list.
     *
     * @param out room for {@link #MAX_MISSING}
     * @return how many were written
     */
    public int collect(long now, int[] out) {
        int kept = 0;
        int asked = 0;
        for (int i = 0; i < count; i++) {
            boolean due = now - askAt[i] >= 0;
            if (due && (tries[i] == MAX_TRIES || now - since[i] > MAX_AGE_NANOS)) {
                keyFrameNeeded = true;
                continue;
            }
            if (due) {
                out[asked++] = (int) missing[i] & 0xFFFF;
                tries[i]++;
                askAt[i] = now + retry;
            }
            move(i, kept++);
        }
        count = kept;
        return asked;
    }

    /** When {@link #collect} has something to do next, or {@link Long#MAX_VALUE}. */
    public long nextTime() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            next = Math.min(next, askAt[i]);
        }
        return next;
    }

    /** Whether something was given up since the last call: ask for a key frame. */
    public boolean takeKeyFrameNeeded() {
        boolean needed = keyFrameNeeded;
        keyFrameNeeded = false;
        return needed;
    }

    /** Forgets what is missing: a key frame has arrived and nothing before it matters. */
    public void forget() {
        count = 0;
        keyFrameNeeded = false;
    }

    /** Packets on the list. */
    public int missing() {
        return count;
    }

    private boolean remove(long full) {
        for (int i = 0; i < count; i++) {
            if (missing[i] == full) {
                for (int later = i + 1; later < count; later++) {
                    move(later, later - 1);
                }
                count--;
                return true;
            }
        }
        return false;
    }

    private void drop(int oldest) {
        for (int i = oldest; i < count; i++) {
            move(i, i - oldest);
        }
        count -= Math.min(oldest, count);
    }

    private void move(int from, int to) {
        missing[to] = missing[from];
        since[to] = since[from];
        askAt[to] = askAt[from];
        tries[to] = tries[from];
    }
}
