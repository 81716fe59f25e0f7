package org.videowindow.loadtest.rtp;

import java.util.Arrays;

/**
 * Collects when packets arrived by their transport-wide sequence numbers and reports it as a browser does
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01). Owned by one participant.
 */
public final class ArrivalReport {
    private static final int WINDOW = 4096;
    private static final int MOST = 400;
    private static final int NEVER = 0;
    private static final long TICK = 250_000L;
    private static final long REFERENCE = 64_000_000L;

    private final long[] arrival = new long[WINDOW];
    private final int[] symbols = new int[MOST];
    private long next = -1;
    private long newest = -1;
    private int pending;
    private int feedbacks;

    /**
     * A packet came.
     *
     * @param at nanoseconds of any clock, not 0
     */
    public void arrived(int sequence, long at) {
        if (newest < 0) {
            newest = sequence;
            next = sequence;
        }
        long full = newest + (short) (sequence - (int) newest);
        if (full > newest) {
            for (long skipped = Math.max(newest + 1, full - WINDOW + 1); skipped < full; skipped++) {
                arrival[slot(skipped)] = NEVER;
            }
            newest = full;
        } else if (full < next || full <= newest - WINDOW) {
            return;
        }
        arrival[slot(full)] = at;
        pending++;
    }

    /** Whether there is something to report. */
    public boolean isPending() {
        return pending > 0;
    }

    /** Forgets everything; for a new transport. */
    public void clear() {
        Arrays.fill(arrival, NEVER);
        next = -1;
        newest = -1;
        pending = 0;
    }

    /** Writes a report on what came since the last one; answers its end. */
    public int write(byte[] out, int at, int ssrc, int media) {
        next = Math.max(next, newest - WINDOW + 1);
        int count = (int) Math.min(newest - next + 1, MOST);
        long base = 0;
        for (int i = 0; i < count && base == 0; i++) {
            base = arrival[slot(next + i)];
        }
        long reference = base / REFERENCE;
        long previous = reference * REFERENCE / TICK;
        for (int i = 0; i < count; i++) {
            long when = arrival[slot(next + i)];
            symbols[i] = 0;
            if (when != NEVER) {
                long delta = when / TICK - previous;
                symbols[i] = delta >= 0 && delta <= 255 ? 1 : 2;
                previous = when / TICK;
            }
        }
        int end = at + 20;
        for (int i = 0; i < count; i += 7) {
            int chunk = 3 << 14;
            for (int k = 0; k < 7 && i + k < count; k++) {
                chunk |= symbols[i + k] << (12 - 2 * k);
            }
            Bytes.put16(out, end, chunk);
            end += 2;
        }
        previous = reference * REFERENCE / TICK;
        for (int i = 0; i < count; i++) {
            if (symbols[i] != 0) {
                long ticks = arrival[slot(next + i)] / TICK;
                long delta = Math.clamp(ticks - previous, Short.MIN_VALUE, Short.MAX_VALUE);
                previous = ticks;
                if (symbols[i] == 1) {
                    Bytes.put8(out, end++, (int) delta);
                } else {
                    Bytes.put16(out, end, (int) delta);
                    end += 2;
                }
            }
        }
        while ((end - at) % 4 != 0) {
            out[end++] = 0;
        }
        Bytes.put32(out, at + 4, ssrc);
        Bytes.put32(out, at + 8, media);
        Bytes.put16(out, at + 12, (int) next);
        Bytes.put16(out, at + 14, count);
        Bytes.put24(out, at + 16, (int) reference);
        Bytes.put8(out, at + 19, feedbacks++);
        Rtcp.header(out, at, Rtcp.TRANSPORT_WIDE, Rtcp.TRANSPORT_FEEDBACK, end);
        next += count;
        pending = next > newest ? 0 : pending;
        return end;
    }

    private static int slot(long full) {
        return (int) full & (WINDOW - 1);
    }
}
