package org.videowindow.bridge.rtp;

/**
 * An RTP packet without payload (RFC 3550 allows it; browsers send such packets to probe): it takes a sequence number, so
 * that its receiver does not miss one.
 */
public final class EmptyPacket {
    private EmptyPacket() {}

    /**
     * Writes one at the beginning of an array.
     *
     * @return bytes written
     */
    public static int write(byte[] out, int payloadType, int sequence, int timestamp, int ssrc) {
        out[0] = (byte) 0x80;
        out[1] = (byte) (payloadType & 0x7F);
        BigEndian.putU16(out, 2, sequence);
        BigEndian.putI32(out, 4, timestamp);
        BigEndian.putI32(out, 8, ssrc);
        return RtpPacket.FIXED_HEADER_BYTES;
    }
}
