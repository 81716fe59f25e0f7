package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * Receiver report (RFC 3550 section 6.4.2): a header, the reporter's SSRC, then {@link ReportBlock}s.
 */
public final class ReceiverReport {
    /** Bytes without report blocks. */
    public static final int BYTES = 8;

    /** Blocks a report can carry. */
    public static final int MAX_BLOCKS = 31;

    private ReceiverReport() {}

    /** Where report block {@code index} begins. */
    public static int blockOffset(int at, int index) {
        return at + BYTES + index * ReportBlock.BYTES;
    }

    /**
     * Writes the head of a report whose blocks the caller has written, or will write, at {@link #blockOffset}.
     *
     * @param blocks 0 to {@link #MAX_BLOCKS}
     * @return bytes of the report with its blocks
     */
    public static int write(byte[] out, int offset, int ssrc, int blocks) {
        int bytes = BYTES + blocks * ReportBlock.BYTES;
        RtcpHeader.write(out, offset, blocks, RtcpHeader.RECEIVER_REPORT, bytes);
        BigEndian.putI32(out, offset + 4, ssrc);
        return bytes;
    }
}
