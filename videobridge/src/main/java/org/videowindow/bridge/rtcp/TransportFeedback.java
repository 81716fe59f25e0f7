package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.SequenceNumbers;

/**
 * A movable view that walks over the packets a transport-wide feedback reports on
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1).
 *
 * <pre>
 * | feedback header, format 15, with both SSRCs                   |
 * |      base sequence number     |      packet status count      |
 * |                 reference time (24)           | fb pkt. count |
 * |          packet chunk         |          packet chunk         |  ...
 * |           receive deltas: 1 or 2 bytes per received packet    |  ...
 * </pre>
 *
 * A chunk is a run ({@code 0 SS LLLLLLLLLLLLL}: one symbol many times) or a vector ({@code 10} and 14 one-bit symbols,
 * {@code 11} and 7 two-bit symbols). Symbols: 0 not received, 1 received with a one-byte delta, 2 received with a signed
 * two-byte delta. {@link #wrap} checks that chunks and deltas are all there. Owned by one thread, reused.
 */
public final class TransportFeedback {
    /** Feedback format within transport-layer feedback. */
    public static final int FORMAT = 15;

    /** Bytes before the first chunk. */
    public static final int FIXED_BYTES = 20;

    /** Nanoseconds of one step of a receive delta. */
    public static final long TICK_NANOS = 250_000;

    /** Ticks of one step of the reference time, 64 ms. */
    public static final int TICKS_PER_REFERENCE = 256;

    static final int NOT_RECEIVED = 0;
    static final int SMALL_DELTA = 1;
    static final int LARGE_DELTA = 2;

    private byte[] buffer = {};
    private int offset;
    private int end;
    private int deltaStart;

    private int remaining;
    private int chunkAt;
    private int chunk;
    private int chunkSymbol;
    private int chunkSymbols;
    private int deltaAt;
    private int sequence;
    private int symbol;
    private long ticks;

    /**
     * Looks at the packet a compound view stands on.
     *
     * @return false when the packet lies: a reserved symbol, chunks or deltas missing, nothing reported
     */
    public boolean wrap(RtcpCompound compound) {
        return wrap(compound.buffer(), compound.offset(), compound.length());
    }

    /** {@link #wrap(RtcpCompound)} for a packet without padding at {@code at}. */
    public boolean wrap(byte[] bytes, int at, int byteCount) {
        if (byteCount < FIXED_BYTES || statusCount(bytes, at) == 0) {
            return false;
        }
        buffer = bytes;
        offset = at;
        end = at + byteCount;
        int deltaBytes = measure();
        if (deltaBytes < 0 || deltaStart + deltaBytes > end) {
            return false;
        }
        rewind();
        return true;
    }

    /** Walks over the chunks: finds where deltas begin and answers how many bytes of them there must be, or -1. */
    private int measure() {
        int deltas = 0;
        int left = statusCount(buffer, offset);
        int at = offset + FIXED_BYTES;
        while (left > 0) {
            if (at + 2 > end) {
                return -1;
            }
            int word = BigEndian.u16(buffer, at);
            at += 2;
            int symbols = Math.min(left, symbols(word));
            if ((word & 0x8000) == 0) {
                int run = word >>> 13 & 3;
                if (run > LARGE_DELTA) {
                    return -1;
                }
                deltas += run * symbols;
            } else {
                for (int i = 0; i < symbols; i++) {
                    int each = symbol(word, i);
                    if (each > LARGE_DELTA) {
                        return -1;
                    }
                    deltas += each;
                }
            }
            left -= symbols;
            if (symbols == 0) {
                return -1;
            }
        }
        deltaStart = at;
        return deltas;
    }

    /** Stands before the first reported packet again. */
    public void rewind() {
        remaining = statusCount(buffer, offset);
        sequence = SequenceNumbers.plus(baseSequence(), -1);
        chunkAt = offset + FIXED_BYTES;
        chunkSymbol = 0;
        chunkSymbols = 0;
        deltaAt = deltaStart;
        ticks = (long) referenceTime() * TICKS_PER_REFERENCE;
    }

    /** Moves to the next packet reported on; false after the last. */
    public boolean next() {
        if (remaining == 0) {
            return false;
        }
        if (chunkSymbol == chunkSymbols) {
            chunk = BigEndian.u16(buffer, chunkAt);
            chunkAt += 2;
            chunkSymbol = 0;
            chunkSymbols = symbols(chunk);
        }
        symbol = symbol(chunk, chunkSymbol++);
        remaining--;
        sequence = SequenceNumbers.plus(sequence, 1);
        if (symbol == SMALL_DELTA) {
            ticks += BigEndian.u8(buffer, deltaAt);
            deltaAt++;
        } else if (symbol == LARGE_DELTA) {
            ticks += (short) BigEndian.u16(buffer, deltaAt);
            deltaAt += 2;
        }
        return true;
    }

    /** Transport-wide sequence number of the packet under the view. */
    public int sequence() {
        return sequence;
    }

    /** Whether it arrived. */
    public boolean received() {
        return symbol != NOT_RECEIVED;
    }

    /** When it arrived, in ticks of {@link #TICK_NANOS} of the peer's clock; wraps with {@link #referenceTime}. */
    public long arrivalTicks() {
        return ticks;
    }

    /** Sequence number of the first packet reported on. */
    public int baseSequence() {
        return BigEndian.u16(buffer, offset + 12);
    }

    /** Packets reported on. */
    public int packets() {
        return statusCount(buffer, offset);
    }

    /** The peer's clock in steps of 64 ms, 24 bits signed. */
    public int referenceTime() {
        return BigEndian.u24(buffer, offset + 16) << 8 >> 8;
    }

    /** Counts the feedback packets of the peer, 8 bits. */
    public int feedbackCount() {
        return BigEndian.u8(buffer, offset + 19);
    }

    private static int statusCount(byte[] bytes, int at) {
        return BigEndian.u16(bytes, at + 14);
    }

    private static int symbols(int chunk) {
        if ((chunk & 0x8000) == 0) {
            return chunk & 0x1FFF;
        }
        return (chunk & 0x4000) == 0 ? 14 : 7;
    }

    private static int symbol(int chunk, int index) {
        if ((chunk & 0x8000) == 0) {
            return chunk >>> 13 & 3;
        }
        return (chunk & 0x4000) == 0 ? chunk >>> (13 - index) & 1 : chunk >>> (12 - 2 * index) & 3;
    }
}
