package org.videowindow.bridge.retransmit;

import org.videowindow.bridge.rtp.SequenceNumbers;
import org.videowindow.bridge.rtp.SequenceUnwrapper;

/**
 * The latest packets of one source, decrypted, in one byte array: fan-out reads them there, and so do retransmissions.
 * There is one copy per source, none per subscriber.
 *
 * <p>Packets lie one after another; the newest overwrites the oldest. The array begins small and doubles, up to its
 * bound, whenever a packet younger than the wanted age would be overwritten; so audio stays at {@link #INITIAL_BYTES} and
 * a video takes what its bit rate needs.
 *
 * <p>A packet is entered in two steps, because decryption writes it: {@link #reserve} gives the place,
 * {@link #commit} makes it known and answers a number for it, its entry. An entry is valid, also when the array grows,
 * until the ring overwrites it; within one batch of received packets that cannot happen when the bound is at least a
 * batch's bytes.
 */
public final class PacketRing {
    /** Answer of {@link #find} when the packet is not, or no longer, there. */
    public static final int NONE = -1;

    /** Bytes the array begins with. */
    public static final int INITIAL_BYTES = 16 * 1024;

    /** There is an entry for so many bytes of the array: audio packets are about as long, video packets longer. */
    private static final int BYTES_PER_ENTRY = 256;

    private final int maxBytes;
    private final long wantedAge;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();

    /** Empty until the first packet comes: most encodings that are signalled are not sent all the time. */
    private byte[] buffer = {};

    /** Bytes ever laid down, skipped ends included: a packet is there while it begins within a buffer's length of it. */
    private long written;

    private long reserved = -1;

    /** Packets are counted as they arrive; those from tail on are in the ring. */
    private long head;

    private long tail;

    /** Of the packet that arrived as n-th, at n modulo the arrays' length. */
    private long[] entrySequence;

    private long[] entryPosition;
    private int[] entryLength;
    private long[] entryTime;

    /** Which arrival brought a sequence number last, by the number's low bits. */
    private long[] arrivalOf;

    private int mask;

    /**
     * A ring.
     *
     * @param maxBytes bound of the array; the power of two at or below it counts
     * @param wantedAgeNanos how long packets are kept at least, within the bound
     */
    public PacketRing(int maxBytes, long wantedAgeNanos) {
        this.maxBytes = Integer.highestOneBit(Math.max(maxBytes, INITIAL_BYTES));
        this.wantedAge = wantedAgeNanos;
    }

    /**
     * A place for the next packet. Nothing else may be reserved before it is committed; what is not committed is given
     * out again.
     *
     * @param length bytes the packet may need
     * @return offset in {@link #buffer()}, which may be another array than before
     */
    public int reserve(int length, long now) {
        if (length > INITIAL_BYTES / 2) {
            throw new IllegalArgumentException("packet of " + length + " bytes");
        }
        if (buffer.length == 0) {
            buffer = new byte[INITIAL_BYTES];
            allocateEntries();
        }
        long position = place(length);
        while (buffer.length < maxBytes && wouldOverwriteYoung(position + length, now)) {
            grow();
            position = place(length);
        }
        dropOverwritten(position + length);
        reserved = position;
        return (int) (position % buffer.length);
    }

    /** Where a packet of that length would begin: at the end, or at the array's start when the rest is too short. */
    private long place(int length) {
        int within = (int) (written % buffer.length);
        return within + length <= buffer.length ? written : written + (buffer.length - within);
    }

    private boolean wouldOverwriteYoung(long end, long now) {
        if (tail == head || now - entryTime[(int) tail & mask] >= wantedAge) {
            return false;
        }
        return head - tail > mask || entryPosition[(int) tail & mask] < end - buffer.length;
    }

    private void dropOverwritten(long end) {
        while (tail < head && entryPosition[(int) tail & mask] < end - buffer.length) {
            tail++;
        }
    }

    /** Doubles the arrays and lays the packets down anew, oldest first. */
    private void grow() {
        final byte[] oldBuffer = buffer;
        final long[] oldSequence = entrySequence;
        final long[] oldPosition = entryPosition;
        final int[] oldLength = entryLength;
        final long[] oldTime = entryTime;
        final int oldMask = mask;
        buffer = new byte[oldBuffer.length * 2];
        allocateEntries();
        int at = 0;
        for (long arrival = tail; arrival < head; arrival++) {
            int from = (int) arrival & oldMask;
            int to = (int) arrival & mask;
            System.arraycopy(oldBuffer, (int) (oldPosition[from] % oldBuffer.length), buffer, at, oldLength[from]);
            entryPosition[to] = at;
            entryLength[to] = oldLength[from];
            entryTime[to] = oldTime[from];
            entrySequence[to] = oldSequence[from];
            arrivalOf[(int) oldSequence[from] & mask] = arrival;
            at += oldLength[from];
        }
        written = at;
    }

    private void allocateEntries() {
        int entries = buffer.length / BYTES_PER_ENTRY;
        mask = entries - 1;
        entrySequence = new long[entries];
        entryPosition = new long[entries];
        entryLength = new int[entries];
        entryTime = new long[entries];
        arrivalOf = new long[entries];
        java.util.Arrays.fill(arrivalOf, NONE);
    }

    /**
     * Enters the packet written at the place reserved last.
     *
     * @param sequence its sequence number
     * @param length its bytes
     * @return its entry
     */
    public int commit(int sequence, int length, long now) {
        if (reserved < 0) {
            throw new IllegalStateException("nothing reserved");
        }
        if (head - tail > mask) {
            tail++;
        }
        long full = unwrapper.unwrap(sequence);
        int entry = (int) head & mask;
        entrySequence[entry] = full;
        entryPosition[entry] = reserved;
        entryLength[entry] = length;
        entryTime[entry] = now;
        arrivalOf[(int) full & mask] = head;
        written = reserved + length;
        reserved = -1;
        return (int) head++ & Integer.MAX_VALUE;
    }

    /** The entry of a packet by its sequence number when it is there and not older than {@code maxAge}, else NONE. */
    public int find(int sequence, long now, long maxAge) {
        if (head == 0) {
            return NONE;
        }
        long full = unwrapper.peek(sequence);
        long arrival = arrivalOf[(int) full & mask];
        int entry = (int) arrival & mask;
        return arrival >= tail && entrySequence[entry] == full && now - entryTime[entry] <= maxAge
                ? (int) arrival & Integer.MAX_VALUE
                : NONE;
    }

    /** Whether a packet is there, however old. */
    public boolean contains(int sequence) {
        return find(sequence, 0, Long.MAX_VALUE) != NONE;
    }

    /** The array packets lie in. {@link #reserve} may replace it. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where an entry's packet begins. */
    public int offset(int entry) {
        return (int) (entryPosition[entry & mask] % buffer.length);
    }

    /** Bytes of an entry's packet. */
    public int length(int entry) {
        return entryLength[entry & mask];
    }

    /** When an entry's packet was entered. */
    public long time(int entry) {
        return entryTime[entry & mask];
    }

    /** Sequence number of an entry's packet. */
    public int sequence(int entry) {
        return (int) entrySequence[entry & mask] & 0xFFFF;
    }

    /** Packets in the ring. */
    public int size() {
        return (int) (head - tail);
    }

    /** Newest sequence number entered, or NONE. */
    public int newestSequence() {
        return unwrapper.newest() < 0 ? NONE : (int) unwrapper.newest() & 0xFFFF;
    }

    /** How far {@code sequence} is ahead of the newest entered; negative when behind. */
    public int ahead(int sequence) {
        return unwrapper.newest() < 0 ? 0 : SequenceNumbers.distance(newestSequence(), sequence);
    }
}
