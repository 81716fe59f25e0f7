package org.videowindow.bridge.bandwidth;

import org.videowindow.bridge.rtcp.TransportFeedback;

/**
 * What was sent lately, by transport-wide sequence number, until the receiver reports on it. Numbers are given out one
 * after another, so a slot is overwritten long before its number comes again. The arrays begin small and double, up to
 * {@link #MOST}, when something young would be overwritten.
 */
final class SentPackets {
    static final int NONE = -1;

    /** At a thousand packets a second these are eight seconds. */
    static final int MOST = 8192;

    private static final int FEWEST = 128;

    /** Feedback that comes later than this is of no use. */
    private static final long WANTED_AGE_NANOS = 1_500_000_000L;

    private static final int STATE_SENT = 1;
    private static final int STATE_LOST = 2;
    private static final int STATE_RECEIVED = 3;

    /**
     * Per slot the time it was sent, and a word: number + 1, so that 0 is an empty slot (from bit 32), state (8 bits),
     * cluster (8 bits), bytes (16 bits). Beside each other, because nothing of it is in a cache when a packet leaves.
     */
    private long[] slots = new long[2 * FEWEST];

    private int mask = FEWEST - 1;

    void add(int sequence, int bytes, int cluster, long now) {
        int slot = sequence & mask;
        if (about(slot) != 0 && now - sentAt(slot) < WANTED_AGE_NANOS && mask < MOST - 1) {
            grow();
            slot = sequence & mask;
        }
        slots[2 * slot] = now;
        slots[2 * slot + 1] =
                (sequence + 1L) << 32 | STATE_SENT << 24 | (cluster & 0xff) << 16 | Math.min(bytes, 0xffff);
    }

    private void grow() {
        final long[] old = slots;
        slots = new long[old.length * 2];
        mask = old.length - 1;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                int slot = ((int) (old[i + 1] >>> 32) - 1) & mask;
                slots[2 * slot] = old[i];
                slots[2 * slot + 1] = old[i + 1];
            }
        }
    }

    private long about(int slot) {
        return slots[2 * slot + 1];
    }

    /** The slot of a packet, or {@link #NONE}. */
    int find(int sequence) {
        int slot = sequence & mask;
        return about(slot) >>> 32 == sequence + 1 ? slot : NONE;
    }

    /** Whether the receiver reports on anything that was sent. */
    boolean knowsAnyOf(TransportFeedback view) {
        view.rewind();
        while (view.next()) {
            if (find(view.sequence()) != NONE) {
                return true;
            }
        }
        return false;
    }

    long sentAt(int slot) {
        return slots[2 * slot];
    }

    int bytes(int slot) {
        return (int) about(slot) & 0xffff;
    }

    /** Number of the probe cluster it was sent in, 0 for none. */
    int cluster(int slot) {
        return (int) (about(slot) >>> 16) & 0xff;
    }

    /** Notes that it is reported missing; true the first time. */
    boolean markLost(int slot) {
        boolean first = state(slot) == STATE_SENT;
        if (first) {
            mark(slot, STATE_LOST);
        }
        return first;
    }

    /** Notes that it is reported received; true the first time. */
    boolean markReceived(int slot) {
        boolean first = state(slot) != STATE_RECEIVED;
        mark(slot, STATE_RECEIVED);
        return first;
    }

    boolean isLost(int slot) {
        return state(slot) == STATE_LOST;
    }

    private int state(int slot) {
        return (int) (about(slot) >>> 24) & 0xff;
    }

    private void mark(int slot, int state) {
        slots[2 * slot + 1] = (about(slot) & ~0xff00_0000L) | (long) state << 24;
    }
}
