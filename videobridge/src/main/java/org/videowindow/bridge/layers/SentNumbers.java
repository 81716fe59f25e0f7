package org.videowindow.bridge.layers;

/**
 * Under which sequence numbers a receiver got, or may yet get, which packets of the sender: a ring of the last
 * {@link #REMEMBERED} numbers sent, a word each. Numbers of packets that are still missing when later ones leave are
 * <em>reserved</em>, so that they can be sent late.
 *
 * <p>A <em>run</em> is a stretch of one stream that is moved by constants; the last {@link #RUNS} are remembered, so that
 * what a receiver asks for again is found, and rewritten as it was the first time. Numbers here do not wrap. Owned by the
 * worker, one per forwarded video.
 *
 * @param <S> what a run's packets come from
 */
final class SentNumbers<S> {
    /** Numbers remembered: 1.5 s of 8 Mbit/s. */
    static final int REMEMBERED = 1024;

    /** Runs remembered. */
    static final int RUNS = 16;

    /** No such number. */
    static final int NONE = -1;

    /** The packet had not arrived when later ones were sent. */
    static final int RESERVED = 1;

    /** The packet was sent. */
    static final int SENT = 2;

    /** The packet turned out not to be wanted: an empty one took its place. */
    static final int FILLED = 3;

    private static final int PICTURE_SHIFT = 32;
    private static final int SPATIAL_SHIFT = 48;
    private static final int TEMPORAL_SHIFT = 51;
    private static final int MARKER_SHIFT = 54;
    private static final int STATE_SHIFT = 55;
    private static final int LIMITED_SHIFT = 57;

    private final long[] entries = new long[REMEMBERED];
    private final int[] runFirst = new int[RUNS];
    private final OutgoingNumbers[] runNumbers = new OutgoingNumbers[RUNS];
    private final Object[] runOrigin = new Object[RUNS];
    private int run;
    private int runs;
    private int newest = NONE;

    /** A run begins with this number, moved by the constants of these numbers. */
    void begin(int first, S origin, OutgoingNumbers moved) {
        run = (run + 1) % RUNS;
        runs = Math.min(runs + 1, RUNS);
        runFirst[run] = first;
        runOrigin[run] = origin;
        OutgoingNumbers kept = runNumbers[run];
        if (kept == null) {
            kept = new OutgoingNumbers();
            runNumbers[run] = kept;
        }
        kept.timestampShift = moved.timestampShift;
        kept.tl0Shift = moved.tl0Shift;
        kept.frameShift = moved.frameShift;
    }

    /** The same stream goes on after a jump. */
    @SuppressWarnings("unchecked")
    void continueAt(int first) {
        begin(first, (S) runOrigin[run], runNumbers[run]);
    }

    /** Enters the number after the newest one. */
    void add(int out, int in, int pictureShift, int spatial, int temporal, boolean limited, boolean marker, int state) {
        entries[out & (REMEMBERED - 1)] = (in & 0xffff_ffffL)
                | (pictureShift & 0xffffL) << PICTURE_SHIFT
                | (long) spatial << SPATIAL_SHIFT
                | (long) temporal << TEMPORAL_SHIFT
                | (marker ? 1L : 0L) << MARKER_SHIFT
                | (long) state << STATE_SHIFT
                | (limited ? 1L : 0L) << LIMITED_SHIFT;
        newest = out;
    }

    /** Changes what became of a number. */
    void state(int out, int state, boolean marker) {
        int slot = out & (REMEMBERED - 1);
        entries[slot] = (entries[slot] & ~(3L << STATE_SHIFT | 1L << MARKER_SHIFT))
                | (long) state << STATE_SHIFT
                | (marker ? 1L : 0L) << MARKER_SHIFT;
    }

    /** The number, in full, under which the receiver knows a packet by these 16 bits; {@link #NONE} if forgotten. */
    int lookUp(int sequence) {
        int out = newest + (short) (sequence - newest);
        return newest != NONE && out <= newest && out > newest - REMEMBERED && state(out) != 0 && runOf(out) != NONE
                ? out
                : NONE;
    }

    private int runOf(int out) {
        for (int back = 0; back < runs; back++) {
            int at = (run - back) & (RUNS - 1);
            if (out - runFirst[at] >= 0) {
                return at;
            }
        }
        return NONE;
    }

    /** Where a number that is remembered came from. */
    @SuppressWarnings("unchecked")
    S origin(int out) {
        return (S) runOrigin[runOf(out)];
    }

    /** The numbers that a packet that is remembered got. */
    void read(int out, OutgoingNumbers into) {
        OutgoingNumbers constants = runNumbers[runOf(out)];
        into.sequence = out;
        into.timestampShift = constants.timestampShift;
        into.tl0Shift = constants.tl0Shift;
        into.frameShift = constants.frameShift;
        into.pictureShift = pictureShift(out);
        into.marker = marker(out);
        readLimit(out, into);
    }

    /** What a packet that is remembered told of the targets. */
    void readLimit(int out, OutgoingNumbers into) {
        into.limited = (entries[out & (REMEMBERED - 1)] >>> LIMITED_SHIFT & 1) != 0;
        into.spatial = spatial(out);
        into.temporal = temporal(out);
    }

    /** Our number for a packet of the sender within the present run, or {@link #NONE}. The sender's rise with ours. */
    int find(int in) {
        int low = Math.max(runFirst[run], newest - REMEMBERED + 1);
        int high = newest;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int there = in(middle);
            if (there == in) {
                return middle;
            }
            if (there < in) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NONE;
    }

    int in(int out) {
        return (int) entries[out & (REMEMBERED - 1)];
    }

    /** What its picture id was moved by; 16 bits count. */
    int pictureShift(int out) {
        return (short) (entries[out & (REMEMBERED - 1)] >>> PICTURE_SHIFT);
    }

    /** Highest spatial layer that the receiver got then. */
    int spatial(int out) {
        return (int) (entries[out & (REMEMBERED - 1)] >>> SPATIAL_SHIFT) & 7;
    }

    /** Highest temporal layer that the receiver got then. */
    int temporal(int out) {
        return (int) (entries[out & (REMEMBERED - 1)] >>> TEMPORAL_SHIFT) & 7;
    }

    boolean marker(int out) {
        return (entries[out & (REMEMBERED - 1)] >>> MARKER_SHIFT & 1) != 0;
    }

    int state(int out) {
        return (int) (entries[out & (REMEMBERED - 1)] >>> STATE_SHIFT) & 3;
    }
}
