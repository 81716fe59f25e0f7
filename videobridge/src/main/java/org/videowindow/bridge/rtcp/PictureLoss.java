package org.videowindow.bridge.rtcp;

/** Picture loss indication (RFC 4585 section 6.3.1): a feedback header and nothing else. Asks for a key frame. */
public final class PictureLoss {
    /** Feedback format within payload-specific feedback. */
    public static final int FORMAT = 1;

    /** Bytes of the packet. */
    public static final int BYTES = RtcpHeader.FEEDBACK_BYTES;

    private PictureLoss() {}

    /**
     * Writes an indication.
     *
     * @return {@link #BYTES}
     */
    public static int write(byte[] out, int offset, int senderSsrc, int mediaSsrc) {
        RtcpHeader.writeFeedback(out, offset, FORMAT, RtcpHeader.PAYLOAD_FEEDBACK, BYTES, senderSsrc, mediaSsrc);
        return BYTES;
    }
}
