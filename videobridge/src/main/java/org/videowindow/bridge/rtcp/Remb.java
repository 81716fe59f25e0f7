package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * Receiver estimated maximum bit rate (draft-alvestrand-rmcat-remb section 2.2). Only read: the bridge uses
 * transport-wide feedback itself.
 *
 * <pre>
 * | 'R' 'E' 'M' 'B' | Num SSRC (8) | exponent (6) | mantissa (18) | SSRCs ...
 * </pre>
 */
public final class Remb {
    /** Feedback format within payload-specific feedback. */
    public static final int FORMAT = 15;

    /** Bytes without the list of SSRCs. */
    public static final int FIXED_BYTES = 20;

    private Remb() {}

    /** Bit/s; what does not fit a {@code long} is its largest value. */
    public static long bitsPerSecond(byte[] buffer, int at) {
        int word = BigEndian.u24(buffer, at + 17);
        int exponent = word >>> 18;
        long mantissa = word & 0x3_FFFF;
        return mantissa != 0 && exponent > Long.numberOfLeadingZeros(mantissa) - 1
                ? Long.MAX_VALUE
                : mantissa << exponent;
    }

    /** Sources the estimate is for. */
    public static int sources(byte[] buffer, int at) {
        return BigEndian.u8(buffer, at + 16);
    }

    /** Source {@code index} the estimate is for. */
    public static int ssrc(byte[] buffer, int at, int index) {
        return BigEndian.i32(buffer, at + FIXED_BYTES + index * 4);
    }
}
