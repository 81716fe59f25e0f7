package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * Goodbye (RFC 3550 section 6.6): a header with the count of sources, then their SSRCs; a reason may follow.
 */
public final class Bye {
    private Bye() {}

    /** Source {@code index} of those that leave; the compound's {@code countOrFormat()} tells how many there are. */
    public static int ssrc(byte[] buffer, int at, int index) {
        return BigEndian.i32(buffer, at + RtcpHeader.BYTES + index * 4);
    }

    /**
     * Writes a goodbye of one source.
     *
     * @return 8
     */
    public static int write(byte[] out, int offset, int ssrc) {
        RtcpHeader.write(out, offset, 1, RtcpHeader.BYE, 8);
        BigEndian.putI32(out, offset + 4, ssrc);
        return 8;
    }
}
