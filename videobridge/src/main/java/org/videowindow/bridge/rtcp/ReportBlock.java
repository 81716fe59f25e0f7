package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * A report block of a sender or receiver report (RFC 3550 section 6.4.1): what a receiver says about one source.
 *
 * <pre>
 * |                     SSRC of the source                        |
 * | fraction lost |       cumulative number of packets lost       |
 * |           extended highest sequence number received           |
 * |                      interarrival jitter                      |
 * |                         last SR (LSR)                         |
 * |                   delay since last SR (DLSR)                  |
 * </pre>
 *
 * All methods take the array and where the block begins.
 */
public final class ReportBlock {
    /** Bytes of a block. */
    public static final int BYTES = 24;

    private ReportBlock() {}

    /** The source reported on. */
    public static int ssrc(byte[] buffer, int at) {
        return BigEndian.i32(buffer, at);
    }

    /** Share of packets lost since the last report, in 1/256. */
    public static int fractionLost(byte[] buffer, int at) {
        return BigEndian.u8(buffer, at + 4);
    }

    /** Packets lost since the beginning; negative when duplicates outnumber losses. */
    public static int cumulativeLost(byte[] buffer, int at) {
        return BigEndian.u24(buffer, at + 5) << 8 >> 8;
    }

    /** Newest sequence number with the number of its cycles above, unsigned. */
    public static int highestSequence(byte[] buffer, int at) {
        return BigEndian.i32(buffer, at + 8);
    }

    /** Jitter in units of the source's timestamp clock, unsigned. */
    public static long jitter(byte[] buffer, int at) {
        return BigEndian.u32(buffer, at + 12);
    }

    /** Middle 32 bits of the NTP time in the last sender report received; 0 when there was none. */
    public static int lastSenderReport(byte[] buffer, int at) {
        return BigEndian.i32(buffer, at + 16);
    }

    /** Time since then, in 1/65536 s, unsigned. */
    public static long delaySinceLastSenderReport(byte[] buffer, int at) {
        return BigEndian.u32(buffer, at + 20);
    }

    /**
     * Round-trip time from a block about a stream of ours (RFC 3550 section 6.4.1).
     *
     * @param nowCompactNtp middle 32 bits of the NTP time now, of the clock that stamped our sender reports
     * @return 1/65536 s, or -1 when the block answers no report or the times make no sense
     */
    public static long roundTrip(byte[] buffer, int at, int nowCompactNtp) {
        int sent = lastSenderReport(buffer, at);
        if (sent == 0) {
            return -1;
        }
        long passed = (nowCompactNtp - sent) & 0xFFFF_FFFFL;
        long held = delaySinceLastSenderReport(buffer, at);
        long trip = passed - held;
        return trip < 0 || trip > 60L << 16 ? -1 : trip;
    }

    /** Writes a block of {@link #BYTES}. */
    public static void write(
            byte[] out,
            int at,
            int ssrc,
            int fractionLost,
            int cumulativeLost,
            int highestSequence,
            int jitter,
            int lastSenderReport,
            int delaySinceLastSenderReport) {
        BigEndian.putI32(out, at, ssrc);
        BigEndian.putU8(out, at + 4, fractionLost);
        BigEndian.putU24(out, at + 5, Math.max(-0x80_0000, Math.min(0x7F_FFFF, cumulativeLost)));
        BigEndian.putI32(out, at + 8, highestSequence);
        BigEndian.putI32(out, at + 12, jitter);
        BigEndian.putI32(out, at + 16, lastSenderReport);
        BigEndian.putI32(out, at + 20, delaySinceLastSenderReport);
    }
}
