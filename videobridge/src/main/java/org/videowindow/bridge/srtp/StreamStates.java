package org.videowindow.bridge.srtp;

/**
 * The streams of one direction by SSRC: an open-addressing table that grows up to a bound. When it is full it either
 * forgets the stream used longest ago (receiving: a peer that invents SSRCs pushes out only its own) or refuses (sending:
 * a forgotten roll-over counter would use a key stream twice).
 */
final class StreamStates {
    private final int bound;
    private final boolean forgetsOldest;
    private StreamState[] table = new StreamState[8];
    private StreamState last;
    private int size;
    private long uses;
    private long forgotten;

    StreamStates(int bound, boolean forgetsOldest) {
        this.bound = bound;
        this.forgetsOldest = forgetsOldest;
    }

    /** The stream of that SSRC, or null. */
    StreamState find(int ssrc) {
        StreamState candidate = last;
        if (candidate == null || candidate.ssrc != ssrc) {
            int mask = table.length - 1;
            int slot = slot(ssrc, mask);
            while ((candidate = table[slot]) != null && candidate.ssrc != ssrc) {
                slot = (slot + 1) & mask;
            }
            if (candidate == null) {
                return null;
            }
            last = candidate;
        }
        candidate.lastUse = ++uses;
        return candidate;
    }

    /** Enters a stream that is not there; false when there is no room. */
    boolean add(StreamState stream) {
        if (size == bound) {
            if (!forgetsOldest) {
                return false;
            }
            remove(oldest());
            forgotten++;
        }
        if ((size + 1) * 2 > table.length) {
            StreamState[] old = table;
            table = new StreamState[old.length * 2];
            for (StreamState each : old) {
                if (each != null) {
                    insert(each);
                }
            }
        }
        stream.lastUse = ++uses;
        insert(stream);
        last = stream;
        size++;
        return true;
    }

    int size() {
        return size;
    }

    /** Streams pushed out so far. */
    long forgotten() {
        return forgotten;
    }

    private void insert(StreamState stream) {
        int mask = table.length - 1;
        int slot = slot(stream.ssrc, mask);
        while (table[slot] != null) {
            slot = (slot + 1) & mask;
        }
        table[slot] = stream;
    }

    private int oldest() {
        int oldest = -1;
        for (int slot = 0; slot < table.length; slot++) {
            if (table[slot] != null && (oldest < 0 || table[slot].lastUse < table[oldest].lastUse)) {
                oldest = slot;
            }
        }
        return oldest;
    }

    private void remove(int hole) {
        int mask = table.length - 1;
        if (table[hole] == last) {
            last = null;
        }
        table[hole] = null;
        size--;
        for (int slot = (hole + 1) & mask; table[slot] != null; slot = (slot + 1) & mask) {
            StreamState moved = table[slot];
            table[slot] = null;
            insert(moved);
        }
    }

    private static int slot(int ssrc, int mask) {
        return ((ssrc * 0x9E37_79B9) >>> 15) & mask;
    }
}
