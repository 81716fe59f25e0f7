package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * Sender report (RFC 3550 section 6.4.1): ties a source's timestamps to wall-clock time.
 *
 * <pre>
 * | header with count of report blocks | SSRC of sender |
 * |      NTP timestamp, 64 bits        |
 * | RTP timestamp | sender's packet count | sender's octet count |
 * | report blocks ...
 * </pre>
 *
 * Readers take the array and where the packet begins; {@link RtcpCompound} has checked its length.
 */
public final class SenderReport {
    /** Bytes without report blocks. */
    public static final int BYTES = 28;

    private SenderReport() {}

    /** The NTP timestamp: seconds since 1900 above, fraction below. */
    public static long ntp(byte[] buffer, int at) {
        return BigEndian.i64(buffer, at + 8);
    }

    /** The middle 32 bits of an NTP timestamp, as report blocks carry it. */
    public static int compactNtp(long ntp) {
        return (int) (ntp >>> 16);
    }

    /** The same moment on the source's timestamp clock. */
    public static int rtpTimestamp(byte[] buffer, int at) {
        return BigEndian.i32(buffer, at + 16);
    }

    /** Packets the source has sent, unsigned 32 bits. */
    public static int packetCount(byte[] buffer, int at) {
        return BigEndian.i32(buffer, at + 20);
    }

    /** Octets of payload the source has sent, unsigned 32 bits. */
    public static int octetCount(byte[] buffer, int at) {
        return BigEndian.i32(buffer, at + 24);
    }

    /** Where report block {@code index} begins. */
    public static int blockOffset(int at, int index) {
        return at + BYTES + index * ReportBlock.BYTES;
    }

    /** Milliseconds since 1970 as an NTP timestamp. */
    public static long toNtp(long epochMillis) {
        long seconds = Math.floorDiv(epochMillis, 1000L) + 2_208_988_800L;
        long fraction = (Math.floorMod(epochMillis, 1000L) << 32) / 1000;
        return seconds << 32 | fraction;
    }

    /**
     * Writes a report without blocks.
     *
     * @return {@link #BYTES}
     */
    public static int write(
            byte[] out, int offset, int ssrc, long ntp, int rtpTimestamp, int packetCount, int octetCount) {
        RtcpHeader.write(out, offset, 0, RtcpHeader.SENDER_REPORT, BYTES);
        BigEndian.putI32(out, offset + 4, ssrc);
        BigEndian.putI64(out, offset + 8, ntp);
        BigEndian.putI32(out, offset + 16, rtpTimestamp);
        BigEndian.putI32(out, offset + 20, packetCount);
        BigEndian.putI32(out, offset + 24, octetCount);
        return BYTES;
    }
}
