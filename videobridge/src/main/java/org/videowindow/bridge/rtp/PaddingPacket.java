package org.videowindow.bridge.rtp;

/**
 * An RTP packet of nothing but padding (RFC 3550 section 5.1), sent on a retransmission stream to find out how much a
 * link carries. It has a one-byte header extension (RFC 8285 section 4.2) with the transport-wide sequence number.
 *
 * <pre>
 * |V=2|1|1| CC=0 |0| PT | sequence number | timestamp | SSRC |
 * |  0xBEDE  |  length 1  |  ID | L=1 |  transport sequence  | 0 |
 * | zeros ...                                  | padding count |
 * </pre>
 */
public final class PaddingPacket {
    /** Bytes of a packet. */
    public static final int BYTES = 244;

    /** Where the transport-wide sequence number lies. */
    public static final int TRANSPORT_AT = 17;

    /** Largest id that a one-byte extension can have. */
    public static final int LARGEST_ID = 14;

    private static final int HEADER_BYTES = 20;

    private PaddingPacket() {}

    /**
     * Writes a packet of {@link #BYTES} at the array's start.
     *
     * @param transportId id of the transport-wide sequence number, 1 to {@link #LARGEST_ID}
     */
    public static void write(byte[] out, int payloadType, int sequence, int timestamp, int ssrc, int transportId) {
        java.util.Arrays.fill(out, 0, BYTES, (byte) 0);
        out[0] = (byte) 0xB0;
        out[1] = (byte) payloadType;
        BigEndian.putU16(out, 2, sequence);
        BigEndian.putI32(out, 4, timestamp);
        BigEndian.putI32(out, 8, ssrc);
        BigEndian.putU16(out, 12, 0xBEDE);
        BigEndian.putU16(out, 14, 1);
        out[16] = (byte) (transportId << 4 | 1);
        out[BYTES - 1] = (byte) (BYTES - HEADER_BYTES);
    }
}
