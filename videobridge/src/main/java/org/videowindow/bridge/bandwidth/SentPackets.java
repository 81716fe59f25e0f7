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

    /** Number + 1, so that 0 is an empty slot. */
    private int[] key = new int[FEWEST];

    private long[] sentAt = new long[FEWEST];

    /** State (8 bits), cluster (8 bits), bytes (16 bits). */
    private int[] about = new int[FEWEST];

    private int mask = FEWEST - 1;

    void add(int sequence, int bytes, int cluster, long now) {
        int slot = sequence & mask;
        if (key[slot] != 0 && now - sentAt[slot] < WANTED_AGE_NANOS && key.length < MOST) {
            grow();
            slot = sequence & mask;
        }
        key[slot] = sequence + 1;
        sentAt[slot] = now;
        about[slot] = (STATE_SENT << 24) | (cluster << 16) | Math.min(bytes, 0xffff);
    }

    private void grow() {
        final int[] oldKey = key;
        final long[] oldSentAt = sentAt;
        final int[] oldAbout = about;
        key = new int[oldKey.length * 2];
        sentAt = new long[key.length];
        about = new int[key.length];
        mask = key.length - 1;
        for (int i = 0; i < oldKey.length; i++) {
            if (oldKey[i] != 0) {
                int slot = (oldKey[i] - 1) & mask;
                key[slot] = oldKey[i];
                sentAt[slot] = oldSentAt[i];
                about[slot] = oldAbout[i];
            }
        }
    }

    /** The slot of a packet, or {@link #NONE}. */
    int find(int sequence) {
        int slot = sequence & mask;
        return key[slot] == sequence + 1 ? slot : NONE;
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
        return sentAt[slot];
    }

    int bytes(int slot) {
        return about[slot] & 0xffff;
    }

    /** Number of the probe cluster it was sent in, 0 for none. */
    int cluster(int slot) {
        return (about[slot] >>> 16) & 0xff;
    }

    /** Notes that it is reported missing; true the first time. */
    boolean markLost(int slot) {
        boolean first = about[slot] >>> 24 == STATE_SENT;
        if (first) {
            mark(slot, STATE_LOST);
        }
        return first;
    }

    /** Notes that it is reported received; true the first time. */
    boolean markReceived(int slot) {
        boolean first = about[slot] >>> 24 != STATE_RECEIVED;
        mark(slot, STATE_RECEIVED);
        return first;
    }

    boolean isLost(int slot) {
        return about[slot] >>> 24 == STATE_LOST;
    }

    private void mark(int slot, int state) {
        about[slot] = (about[slot] & 0xff_ffff) | (state << 24);
    }
}
