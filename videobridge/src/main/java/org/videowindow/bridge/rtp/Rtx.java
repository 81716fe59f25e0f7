package org.videowindow.bridge.rtp;

/**
 * The retransmission payload format (RFC 4588 section 4): the original packet with another SSRC, payload type and
 * sequence number, and its original sequence number (OSN) as the first two bytes of the payload.
 *
 * <pre>
 * | RTP header (CSRC, extension) | OSN | original payload |
 * </pre>
 */
public final class Rtx {
    /** Bytes a retransmission is longer than the original. */
    public static final int OVERHEAD = 2;

    /** {@link #unwrap}: the packet carries no original (an empty one, sent to probe bandwidth). */
    public static final int EMPTY = 0;

    /** {@link #unwrap}: these bytes are no retransmission. */
    public static final int MALFORMED = -1;

    private Rtx() {}

    /**
     * Writes {@code original} as a retransmission. Padding is left out.
     *
     * @param original a wrapped packet; not changed
     * @param out where to write; must not overlap the original
     * @param outOffset where in {@code out}; the original's length plus {@link #OVERHEAD} must fit
     * @return bytes written
     */
    public static int wrap(
            RtpPacket original, byte[] out, int outOffset, int rtxSsrc, int rtxPayloadType, int rtxSequence) {
        byte[] in = original.buffer();
        int header = original.headerLength();
        int payload = original.payloadLength();
        System.arraycopy(in, original.offset(), out, outOffset, header);
        BigEndian.putU16(out, outOffset + header, original.sequenceNumber());
        System.arraycopy(in, original.payloadOffset(), out, outOffset + header + OVERHEAD, payload);
        out[outOffset] &= (byte) ~0x20;
        out[outOffset + 1] = (byte) ((out[outOffset + 1] & 0x80) | (rtxPayloadType & 0x7F));
        BigEndian.putU16(out, outOffset + 2, rtxSequence);
        BigEndian.putI32(out, outOffset + 8, rtxSsrc);
        return header + OVERHEAD + payload;
    }

    /**
     * Restores the original packet of a retransmission. Padding is left out.
     *
     * @param rtx a wrapped retransmission; not changed
     * @param out where to write; must not overlap
     * @param outOffset where in {@code out}
     * @return bytes written, {@link #EMPTY} or {@link #MALFORMED}
     */
    public static int unwrap(RtpPacket rtx, byte[] out, int outOffset, int originalSsrc, int originalPayloadType) {
        int payload = rtx.payloadLength();
        if (payload == 0) {
            return EMPTY;
        }
        if (payload <= OVERHEAD) {
            return MALFORMED;
        }
        byte[] in = rtx.buffer();
        int header = rtx.headerLength();
        System.arraycopy(in, rtx.offset(), out, outOffset, header);
        System.arraycopy(in, rtx.payloadOffset() + OVERHEAD, out, outOffset + header, payload - OVERHEAD);
        out[outOffset] &= (byte) ~0x20;
        out[outOffset + 1] = (byte) ((out[outOffset + 1] & 0x80) | (originalPayloadType & 0x7F));
        BigEndian.putU16(out, outOffset + 2, BigEndian.u16(in, rtx.payloadOffset()));
        BigEndian.putI32(out, outOffset + 8, originalSsrc);
        return header + payload - OVERHEAD;
    }

    /** The original sequence number of a wrapped retransmission, or {@link #MALFORMED} when it carries no original. */
    public static int originalSequence(RtpPacket rtx) {
        return rtx.payloadLength() > OVERHEAD ? BigEndian.u16(rtx.buffer(), rtx.payloadOffset()) : MALFORMED;
    }
}
