package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * The common header (RFC 3550 section 6.4.1, RFC 4585 section 6.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|count/FMT|  packet type  |     length in words - 1       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of the packet's sender                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |               SSRC of the media source (feedback)             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RtcpHeader {
    /** Bytes of the header without any SSRC. */
    public static final int BYTES = 4;

    /** Bytes of a feedback packet's header with both SSRCs. */
    public static final int FEEDBACK_BYTES = 12;

    /** Sender report. */
    public static final int SENDER_REPORT = 200;

    /** Receiver report. */
    public static final int RECEIVER_REPORT = 201;

    /** Source description. */
    public static final int SOURCE_DESCRIPTION = 202;

    /** Goodbye. */
    public static final int BYE = 203;

    /** Transport-layer feedback (RFC 4585): format 1 NACK, 15 transport-wide feedback. */
    public static final int TRANSPORT_FEEDBACK = 205;

    /** Payload-specific feedback (RFC 4585): format 1 PLI, 4 FIR, 15 REMB. */
    public static final int PAYLOAD_FEEDBACK = 206;

    /** Extended report (RFC 3611). */
    public static final int EXTENDED_REPORT = 207;

    private RtcpHeader() {}

    /**
     * Whether a datagram that starts like RTP or RTCP is RTCP (RFC 5761 section 4): by its second byte, 192 to 223.
     */
    public static boolean isRtcp(byte[] buffer, int offset, int length) {
        return length >= 2 && (buffer[offset + 1] & 0xE0) == 0xC0;
    }

    /** Writes a header; {@code bytes} is the whole packet's length, a multiple of four. */
    static void write(byte[] out, int offset, int countOrFormat, int type, int bytes) {
        out[offset] = (byte) (0x80 | countOrFormat);
        out[offset + 1] = (byte) type;
        BigEndian.putU16(out, offset + 2, bytes / 4 - 1);
    }

    /** Writes a feedback header with both SSRCs. */
    static void writeFeedback(byte[] out, int offset, int format, int type, int bytes, int senderSsrc, int mediaSsrc) {
        write(out, offset, format, type, bytes);
        BigEndian.putI32(out, offset + 4, senderSsrc);
        BigEndian.putI32(out, offset + 8, mediaSsrc);
    }
}
