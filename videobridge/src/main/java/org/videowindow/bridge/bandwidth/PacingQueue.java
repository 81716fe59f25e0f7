package org.videowindow.bridge.bandwidth;

/**
 * Packets of pictures to one constrained receiver that wait for their slot, in the order in which they leave. They are
 * kept as they are before sealing, so that they are numbered and sealed when they leave. A token bucket says how much may
 * leave; what has waited long enough leaves regardless, and what does not fit lets the oldest leave.
 *
 * <p>Owned by the worker of the receiver's conference; made when a receiver is constrained for the first time.
 */
public final class PacingQueue {
    /** Room for what waits: a key frame of 500 kbit/s several times. */
    static final int BYTES = 64 * 1024;

    static final int PACKETS = 128;

    /** Longer spreads better, shorter delays less. */
    static final long LONGEST_WAIT_NANOS = 100_000_000L;

    /** Leaves at once, from quiet: about a frame of a small picture. */
    private static final double BURST_BYTES = 6_000;

    /** Times the estimate: faster would be no pacing, slower would delay frames. */
    private static final double SPEED = 2.5;

    /** The same while a queue stands before the link: what comes faster than it empties is lost. */
    private static final double STRAINED_SPEED = 1.1;

    private static final double STRAINED_BURST_BYTES = 1_500;

    /** Time for a key frame of a small picture. */
    static final long STRAINED_WAIT_NANOS = 600_000_000L;

    /** Empty until something waits: most who are constrained for a moment are sent nothing that has to. */
    private byte[] buffer = {};

    private int[] lengths = {};
    private int[] marks = {};
    private long[] since = {};
    private int[] offsets = {};
    private int first;
    private int count;
    private int writeAt;
    private boolean strained;
    private double credit = BURST_BYTES;
    private long creditAt;
    private boolean started;

    /**
     * Whether a packet may leave now; then it counts as sent.
     *
     * @param ahead whether it may overtake those that wait: a repetition is late already
     */
    public boolean passes(int bytes, boolean ahead, long estimateBps, long now) {
        refill(estimateBps, now);
        if ((count > 0 && !ahead) || credit <= 0) {
            return false;
        }
        credit -= bytes;
        return true;
    }

    private void refill(long estimateBps, long now) {
        if (!started) {
            started = true;
            creditAt = now;
        }
        double speed = strained ? STRAINED_SPEED : SPEED;
        double earned = Math.min(1_000_000_000L, now - creditAt) / 8e9 * speed * estimateBps;
        creditAt = now;
        credit = Math.min(strained ? STRAINED_BURST_BYTES : BURST_BYTES, credit + earned);
    }

    /** Whether a queue stands before the link already: then nothing leaves faster than the link empties it. */
    public void strain(boolean on) {
        strained = on;
    }

    /** Whether a packet of so many bytes fits behind the others; else the oldest must leave first. */
    public boolean fits(int bytes) {
        return count < PACKETS && place(bytes) >= 0;
    }

    private int place(int bytes) {
        if (count == 0) {
            return bytes <= BYTES ? 0 : -1;
        }
        int head = offsets[first];
        if (writeAt > head) {
            if (writeAt + bytes <= BYTES) {
                return writeAt;
            }
            return bytes < head ? 0 : -1;
        }
        return writeAt + bytes < head ? writeAt : -1;
    }

    /**
     * Puts a packet that {@link #fits} behind the others.
     *
     * @param mark what the owner must know of it when it leaves
     */
    public void add(byte[] bytes, int offset, int length, int mark, long now) {
        int at = place(length);
        if (count == PACKETS || at < 0) {
            throw new IllegalStateException("no room for " + length + " bytes");
        }
        if (buffer.length == 0) {
            buffer = new byte[BYTES];
            lengths = new int[PACKETS];
            marks = new int[PACKETS];
            since = new long[PACKETS];
            offsets = new int[PACKETS];
        }
        System.arraycopy(bytes, offset, buffer, at, length);
        int slot = (first + count) % PACKETS;
        offsets[slot] = at;
        lengths[slot] = length;
        marks[slot] = mark;
        since[slot] = now;
        count++;
        writeAt = at + length;
    }

    /** Whether the oldest packet may leave now. */
    public boolean due(long estimateBps, long now) {
        refill(estimateBps, now);
        return count > 0 && (credit > 0 || now - since[first] >= (strained ? STRAINED_WAIT_NANOS : LONGEST_WAIT_NANOS));
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Packets that wait. */
    public int size() {
        return count;
    }

    /** The array in which the oldest packet lies. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the oldest packet begins. */
    public int offset() {
        return offsets[first];
    }

    /** Bytes of the oldest packet. */
    public int length() {
        return lengths[first];
    }

    /** What was given with the oldest packet. */
    public int mark() {
        return marks[first];
    }

    /** The oldest packet leaves. */
    public void remove() {
        credit -= lengths[first];
        first = (first + 1) % PACKETS;
        count--;
    }

    /** Forgets everything. */
    public void clear() {
        count = 0;
    }
}
