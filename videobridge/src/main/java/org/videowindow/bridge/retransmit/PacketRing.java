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
 * {@link #commit} makes it known and answers its entry, a small number. An entry is valid until the ring overwrites it;
 * within one batch of received packets that cannot happen when the bound is at least a batch's bytes.
 */
public final class PacketRing {
    /** Answer of {@link #find} when the packet is not, or no longer, there. */
    public static final int NONE = -1;

    /** Bytes the array begins with. */
    public static final int INITIAL_BYTES = 16 * 1024;

    private static final int ENTRIES = 1024;

    private final int maxBytes;
    private final long wantedAge;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();

    private byte[] buffer = new byte[INITIAL_BYTES];
    /** Bytes ever laid down, skipped ends included: a packet is there while it begins within a buffer's length of it. */
    private long written;

    private long reserved = -1;
    private final long[] entrySequence = new long[ENTRIES];
    private final long[] entryPosition = new long[ENTRIES];
    private final int[] entryLength = new int[ENTRIES];
    private final long[] entryTime = new long[ENTRIES];

    /** Entries in order of arrival, so that growing and ageing go from the oldest. */
    private final int[] order = new int[ENTRIES];

    private long orderHead;
    private long orderTail;

    /**
     * A ring.
     *
     * @param maxBytes bound of the array
     * @param wantedAgeNanos how long packets are kept at least, within the bound
     */
    public PacketRing(int maxBytes, long wantedAgeNanos) {
        this.maxBytes = Math.max(maxBytes, INITIAL_BYTES);
        this.wantedAge = wantedAgeNanos;
        java.util.Arrays.fill(entrySequence, NONE);
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
        if (orderTail == orderHead) {
            return false;
        }
        int oldest = order[(int) orderTail & (ENTRIES - 1)];
        return entryPosition[oldest] < end - buffer.length && now - entryTime[oldest] < wantedAge;
    }

    private void dropOverwritten(long end) {
        while (orderTail < orderHead) {
            int oldest = order[(int) orderTail & (ENTRIES - 1)];
            if (entryPosition[oldest] >= end - buffer.length) {
                return;
            }
            forgetOldest();
        }
    }

    private void forgetOldest() {
        int oldest = order[(int) orderTail++ & (ENTRIES - 1)];
        entrySequence[oldest] = NONE;
    }

    /** Doubles the array and lays the packets down anew, oldest first. */
    private void grow() {
        byte[] bigger = new byte[Math.min(buffer.length * 2, maxBytes)];
        int at = 0;
        for (long i = orderTail; i < orderHead; i++) {
            int entry = order[(int) i & (ENTRIES - 1)];
            System.arraycopy(buffer, offset(entry), bigger, at, entryLength[entry]);
            entryPosition[entry] = at;
            at += entryLength[entry];
        }
        buffer = bigger;
        written = at;
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
        long full = unwrapper.unwrap(sequence);
        int entry = (int) full & (ENTRIES - 1);
        if (entrySequence[entry] != NONE) {
            // The entry of a packet 1024 numbers ago, or a second copy: it and all that arrived before it must go,
            // since
            // entries leave in order of arrival.
            while (entrySequence[entry] != NONE) {
                forgetOldest();
            }
        }
        entrySequence[entry] = full;
        entryPosition[entry] = reserved;
        entryLength[entry] = length;
        entryTime[entry] = now;
        order[(int) orderHead++ & (ENTRIES - 1)] = entry;
        written = reserved + length;
        reserved = -1;
        return entry;
    }

    /** The entry of a packet by its sequence number when it is there and not older than {@code maxAge}, else NONE. */
    public int find(int sequence, long now, long maxAge) {
        if (unwrapper.newest() < 0) {
            return NONE;
        }
        long full = unwrapper.peek(sequence);
        int entry = (int) full & (ENTRIES - 1);
        return full >= 0 && entrySequence[entry] == full && now - entryTime[entry] <= maxAge ? entry : NONE;
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
        return (int) (entryPosition[entry] % buffer.length);
    }

    /** Bytes of an entry's packet. */
    public int length(int entry) {
        return entryLength[entry];
    }

    /** When an entry's packet was entered. */
    public long time(int entry) {
        return entryTime[entry];
    }

    /** Sequence number of an entry's packet. */
    public int sequence(int entry) {
        return (int) entrySequence[entry] & 0xFFFF;
    }

    /** Packets in the ring. */
    public int size() {
        return (int) (orderHead - orderTail);
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
