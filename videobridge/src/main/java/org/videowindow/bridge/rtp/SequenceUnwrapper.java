package org.videowindow.bridge.rtp;

/**
 * Turns 16-bit numbers that wrap into 64-bit ones that do not: each is taken as the nearest to the newest seen. The first
 * lands in the first cycle above zero, so that what was sent shortly before it stays positive.
 *
 * <p>Owned by whoever owns the stream.
 */
public final class SequenceUnwrapper {
    private static final long FIRST_CYCLE = 0x1_0000;

    private long newest = -1;

    /** The number in full; remembered as newest when it is. */
    public long unwrap(int number) {
        long full = peek(number);
        if (full > newest) {
            newest = full;
        }
        return full;
    }

    /** The number in full, without remembering it. */
    public long peek(int number) {
        if (newest < 0) {
            return FIRST_CYCLE + number;
        }
        return newest + SequenceNumbers.distance((int) newest & 0xFFFF, number);
    }

    /** The newest number in full, or -1 before the first. */
    public long newest() {
        return newest;
    }

    /** Forgets everything. */
    public void reset() {
        newest = -1;
    }
}
