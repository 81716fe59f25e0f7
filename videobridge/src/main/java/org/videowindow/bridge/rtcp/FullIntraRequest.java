package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * Full intra request (RFC 5104 section 4.3.1): entries of an SSRC and a sequence number that changes with every new
 * request. The header's media SSRC is unused.
 *
 * <pre>
 * |                            SSRC                               |
 * | seq. number   |                  reserved                     |
 * </pre>
 */
public final class FullIntraRequest {
    /** Feedback format within payload-specific feedback. */
    public static final int FORMAT = 4;

    /** Bytes of a request for one source. */
    public static final int BYTES = RtcpHeader.FEEDBACK_BYTES + 8;

    private FullIntraRequest() {}

    /** Entries in a packet of that many bytes. */
    public static int entries(int packetBytes) {
        return Math.max(0, packetBytes - RtcpHeader.FEEDBACK_BYTES) / 8;
    }

    /** The source that entry {@code index} asks. */
    public static int ssrc(byte[] buffer, int at, int index) {
        return BigEndian.i32(buffer, at + RtcpHeader.FEEDBACK_BYTES + index * 8);
    }

    /** The number of the request in entry {@code index}, 0 to 255. */
    public static int number(byte[] buffer, int at, int index) {
        return BigEndian.u8(buffer, at + RtcpHeader.FEEDBACK_BYTES + index * 8 + 4);
    }

    /**
     * Writes a request to one source.
     *
     * @param number one more than in the last request to it, 8 bits
     * @return {@link #BYTES}
     */
    public static int write(byte[] out, int offset, int senderSsrc, int mediaSsrc, int number) {
        RtcpHeader.writeFeedback(out, offset, FORMAT, RtcpHeader.PAYLOAD_FEEDBACK, BYTES, senderSsrc, 0);
        BigEndian.putI32(out, offset + RtcpHeader.FEEDBACK_BYTES, mediaSsrc);
        BigEndian.putI32(out, offset + RtcpHeader.FEEDBACK_BYTES + 4, number << 24);
        return BYTES;
    }
}
