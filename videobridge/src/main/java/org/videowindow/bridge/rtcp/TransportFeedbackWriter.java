package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * Writes one transport-wide feedback packet (see {@link TransportFeedback}): begin, then every packet from the base
 * sequence number on, received or not, then finish. Owned by one thread, reused.
 */
public final class TransportFeedbackWriter {
    /** Packets that one feedback can report on. */
    public static final int MAX_PACKETS = 1024;

    private static final int MAX_RUN = 0x1FFF;

    /** Empty until the first packet begins: who only receives is told nothing. */
    private byte[] symbols = {};

    private short[] deltas = {};
    private int packets;
    private int received;
    private int deltaBytes;
    private int maxBytes;
    private int baseSequence;
    private int referenceTime;
    private long ticks;

    /**
     * Begins a packet.
     *
     * @param base sequence number of the first packet to report on
     * @param firstArrivalTicks arrival of the first received packet, in {@link TransportFeedback#TICK_NANOS}
     * @param room bytes the packet may have, at least 64
     */
    public void begin(int base, long firstArrivalTicks, int room) {
        if (symbols.length == 0) {
            symbols = new byte[MAX_PACKETS];
            deltas = new short[MAX_PACKETS];
        }
        packets = 0;
        received = 0;
        deltaBytes = 0;
        maxBytes = room;
        baseSequence = base;
        long reference = Math.floorDiv(firstArrivalTicks, (long) TransportFeedback.TICKS_PER_REFERENCE);
        referenceTime = (int) reference & 0xFF_FFFF;
        ticks = reference * TransportFeedback.TICKS_PER_REFERENCE;
    }

    /**
     * Reports the next packet as received.
     *
     * @return false when it does not fit this packet: finish, begin another with it
     */
    public boolean received(long arrivalTicks) {
        long delta = arrivalTicks - ticks;
        boolean small = delta >= 0 && delta <= 0xFF;
        if (!hasRoom(small ? 1 : 2) || delta > Short.MAX_VALUE || delta < Short.MIN_VALUE) {
            return false;
        }
        symbols[packets++] = (byte) (small ? TransportFeedback.SMALL_DELTA : TransportFeedback.LARGE_DELTA);
        deltas[received++] = (short) delta;
        deltaBytes += small ? 1 : 2;
        ticks = arrivalTicks;
        return true;
    }

    /**
     * Reports the next packet as not received.
     *
     * @return false when it does not fit this packet
     */
    public boolean missing() {
        if (!hasRoom(0)) {
            return false;
        }
        symbols[packets++] = TransportFeedback.NOT_RECEIVED;
        return true;
    }

    /** Packets reported on so far. */
    public int packets() {
        return packets;
    }

    /** Counts the worst case: a chunk of two bytes per seven packets. */
    private boolean hasRoom(int moreDeltaBytes) {
        int chunks = packets / 7 + 1;
        return packets < MAX_PACKETS
                && TransportFeedback.FIXED_BYTES + chunks * 2 + deltaBytes + moreDeltaBytes + 3 <= maxBytes;
    }

    /**
     * Writes the packet.
     *
     * @param feedbackCount one more than in the last, 8 bits
     * @return bytes written
     */
    public int finish(byte[] out, int offset, int senderSsrc, int mediaSsrc, int feedbackCount) {
        BigEndian.putU16(out, offset + 12, baseSequence);
        BigEndian.putU16(out, offset + 14, packets);
        BigEndian.putU24(out, offset + 16, referenceTime);
        BigEndian.putU8(out, offset + 19, feedbackCount);
        int at = writeChunks(out, offset + TransportFeedback.FIXED_BYTES);
        int delta = 0;
        for (int i = 0; i < packets; i++) {
            if (symbols[i] == TransportFeedback.SMALL_DELTA) {
                out[at++] = (byte) deltas[delta++];
            } else if (symbols[i] == TransportFeedback.LARGE_DELTA) {
                BigEndian.putU16(out, at, deltas[delta++]);
                at += 2;
            }
        }
        int unpadded = at - offset;
        int bytes = (unpadded + 3) & ~3;
        int padding = bytes - unpadded;
        RtcpHeader.writeFeedback(
                out, offset, TransportFeedback.FORMAT, RtcpHeader.TRANSPORT_FEEDBACK, bytes, senderSsrc, mediaSsrc);
        // Zeros fill the last word without the padding bit: the counts inside say where the deltas end, and padding of
        // less than a word is not allowed in a compound packet.
        for (int i = 0; i < padding; i++) {
            out[at++] = 0;
        }
        return bytes;
    }

    private int writeChunks(byte[] out, int from) {
        int at = from;
        int i = 0;
        while (i < packets) {
            int run = run(i);
            int chunk;
            if (run >= 14 || i + run == packets) {
                chunk = symbols[i] << 13 | run;
                i += run;
            } else if (onlyOneBit(i)) {
                chunk = vector(i, 14, 1);
                i += 14;
            } else if (run >= 7) {
                chunk = symbols[i] << 13 | run;
                i += run;
            } else {
                chunk = vector(i, 7, 2);
                i += 7;
            }
            BigEndian.putU16(out, at, chunk);
            at += 2;
        }
        return at;
    }

    private int run(int from) {
        int to = from + 1;
        while (to < packets && symbols[to] == symbols[from] && to - from < MAX_RUN) {
            to++;
        }
        return to - from;
    }

    private boolean onlyOneBit(int from) {
        for (int i = from; i < Math.min(from + 14, packets); i++) {
            if (symbols[i] > TransportFeedback.SMALL_DELTA) {
                return false;
            }
        }
        return true;
    }

    private int vector(int from, int count, int bits) {
        int chunk = bits == 1 ? 0x8000 : 0xC000;
        for (int i = 0; i < count && from + i < packets; i++) {
            chunk |= symbols[from + i] << ((count - 1 - i) * bits);
        }
        return chunk;
    }
}
