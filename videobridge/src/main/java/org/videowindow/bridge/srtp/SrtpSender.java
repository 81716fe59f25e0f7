package org.videowindow.bridge.srtp;

import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * Seals what the bridge sends to one endpoint.
 *
 * <p>An index is never used twice: a second packet with the same SSRC and sequence number is refused, because two
 * different packets under one counter would reveal both, and for GCM the authentication key as well. For the same reason
 * streams are never forgotten; when {@link #MAX_STREAMS} are in use a new one is refused. A repetition needs the
 * retransmission format, which has its own stream.
 *
 * <p>Owned by the worker thread of the endpoint's conference.
 */
public final class SrtpSender {
    /** SSRCs that may be sent under one key. */
    public static final int MAX_STREAMS = 8192;

    private static final long LAST_RTP_INDEX = (1L << 48) - 1;

    private final SrtpProfile profile;
    private final PacketCipher cipher;
    private final StreamStates streams = new StreamStates(MAX_STREAMS, false);
    private final long[] failures = new long[SrtpStatus.COUNT + 1];
    private int nextRtcpIndex;

    /**
     * A sender with fresh keys.
     *
     * @param masterKey from the handshake; not kept
     * @param masterSalt from the handshake; not kept
     */
    public SrtpSender(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        this(profile, PacketCipher.of(profile, SessionKeys.derive(profile, masterKey, masterSalt)));
    }

    SrtpSender(SrtpProfile profile, PacketCipher cipher) {
        this.profile = profile;
        this.cipher = cipher;
    }

    /** The profile in use. */
    public SrtpProfile profile() {
        return profile;
    }

    /** Bytes that {@link #protect} adds. */
    public int rtpOverhead() {
        return cipher.rtpOverhead();
    }

    /** Bytes that {@link #protectRtcp} adds. */
    public int rtcpOverhead() {
        return cipher.rtcpOverhead();
    }

    /**
     * Seals an RTP packet. Works from one place to another, or in place.
     *
     * @param in array with the packet
     * @param offset where it begins
     * @param length its bytes
     * @param out array to write to; {@code length + rtpOverhead()} bytes must fit
     * @param outOffset where to write
     * @return bytes written, or a negative {@link SrtpStatus}
     */
    public int protect(byte[] in, int offset, int length, byte[] out, int outOffset) {
        int header = RtpPacket.headerLength(in, offset, length);
        if (header < 0) {
            return failed(SrtpStatus.MALFORMED);
        }
        int ssrc = RtpPacket.ssrc(in, offset);
        StreamState stream = streams.find(ssrc);
        if (stream == null) {
            stream = new StreamState(ssrc);
            if (!streams.add(stream)) {
                return failed(SrtpStatus.TOO_MANY_STREAMS);
            }
        }
        long index = stream.index(RtpPacket.sequenceNumber(in, offset));
        if (index > LAST_RTP_INDEX) {
            return failed(SrtpStatus.KEY_EXHAUSTED);
        }
        int status = stream.check(index);
        if (status < 0) {
            return failed(status);
        }
        stream.accept(index);
        return cipher.sealRtp(in, offset, header, length, out, outOffset, ssrc, index);
    }

    /**
     * Seals a compound RTCP packet. Works from one place to another, or in place.
     *
     * @return bytes written (at most {@code length + rtcpOverhead()}), or a negative {@link SrtpStatus}
     */
    public int protectRtcp(byte[] in, int offset, int length, byte[] out, int outOffset) {
        if (length < 8) {
            return failed(SrtpStatus.MALFORMED);
        }
        if (nextRtcpIndex < 0) {
            return failed(SrtpStatus.KEY_EXHAUSTED);
        }
        int ssrc = BigEndian.i32(in, offset + 4);
        return cipher.sealRtcp(in, offset, length, out, outOffset, ssrc, nextRtcpIndex++);
    }

    /** How often the answer was that negative {@link SrtpStatus}. */
    public long failures(int status) {
        return failures[-status];
    }

    private int failed(int status) {
        failures[-status]++;
        return status;
    }
}
