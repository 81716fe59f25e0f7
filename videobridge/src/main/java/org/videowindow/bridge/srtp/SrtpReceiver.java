package org.videowindow.bridge.srtp;

import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * Opens what one endpoint sends: estimates the roll-over counter, refuses repetitions, checks the tag, decrypts.
 *
 * <p>A stream's state is made and moved only by packets whose tag is right. At most {@link #MAX_STREAMS} SSRCs are
 * remembered; a further one pushes out the one used longest ago.
 *
 * <p>Owned by the worker thread of the endpoint's conference.
 */
public final class SrtpReceiver implements AutoCloseable {
    /** SSRCs remembered per endpoint, for RTP and RTCP each. */
    public static final int MAX_STREAMS = 64;

    private final SrtpProfile profile;
    private final PacketCipher cipher;
    private final StreamStates streams = new StreamStates(MAX_STREAMS, true);
    private final StreamStates rtcpStreams = new StreamStates(MAX_STREAMS, true);
    private final long[] failures = new long[SrtpStatus.COUNT + 1];

    /**
     * A receiver with fresh keys and the JDK's ciphers.
     *
     * @param masterKey from the handshake; not kept
     * @param masterSalt from the handshake; not kept
     */
    public SrtpReceiver(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        this(profile, masterKey, masterSalt, new PacketCiphers(CryptoProvider.JAVA));
    }

    /**
     * A receiver with fresh keys.
     *
     * @param masterKey from the handshake; not kept
     * @param masterSalt from the handshake; not kept
     * @param ciphers of the worker
     */
    public SrtpReceiver(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, PacketCiphers ciphers) {
        this.profile = profile;
        this.cipher = ciphers.create(profile, SessionKeys.derive(profile, masterKey, masterSalt));
    }

    /** The profile in use. */
    public SrtpProfile profile() {
        return profile;
    }

    /**
     * Opens an RTP packet. Decrypt into another array where there is a choice: in place the JDK's GCM copies.
     *
     * @param in array with the protected packet
     * @param offset where it begins
     * @param length its bytes
     * @param out array to write the packet to; {@code length} bytes must fit; contents are undefined on failure
     * @param outOffset where to write
     * @return bytes of the packet in the clear, or a negative {@link SrtpStatus}
     */
    public int unprotect(byte[] in, int offset, int length, byte[] out, int outOffset) {
        int header = RtpPacket.headerLength(in, offset, length);
        if (header < 0) {
            return failed(SrtpStatus.MALFORMED);
        }
        int ssrc = RtpPacket.ssrc(in, offset);
        int sequence = RtpPacket.sequenceNumber(in, offset);
        StreamState stream = streams.find(ssrc);
        long index = sequence;
        if (stream != null) {
            index = stream.index(sequence);
            int status = stream.check(index);
            if (status < 0) {
                return failed(status);
            }
        }
        int opened = cipher.openRtp(in, offset, header, length, out, outOffset, ssrc, index);
        if (opened < 0) {
            return failed(opened);
        }
        accept(streams, stream, ssrc, index);
        return opened;
    }

    /**
     * Opens a compound RTCP packet, as {@link #unprotect} does for RTP.
     *
     * @return bytes of the packet in the clear, or a negative {@link SrtpStatus}
     */
    public int unprotectRtcp(byte[] in, int offset, int length, byte[] out, int outOffset) {
        if (length < 8 + cipher.rtcpOverhead() || (in[offset] & 0xC0) != 0x80) {
            return failed(SrtpStatus.MALFORMED);
        }
        int ssrc = BigEndian.i32(in, offset + 4);
        long index = cipher.rtcpIndexWord(in, offset, length) & 0x7FFF_FFFF;
        StreamState stream = rtcpStreams.find(ssrc);
        if (stream != null) {
            int status = stream.check(index);
            if (status < 0) {
                return failed(status);
            }
        }
        int opened = cipher.openRtcp(in, offset, length, out, outOffset, ssrc);
        if (opened < 0) {
            return failed(opened);
        }
        accept(rtcpStreams, stream, ssrc, index);
        return opened;
    }

    private static void accept(StreamStates states, StreamState known, int ssrc, long index) {
        StreamState stream = known;
        if (stream == null) {
            stream = new StreamState(ssrc);
            states.add(stream);
        }
        stream.accept(index);
    }

    /** SSRCs remembered for RTP. */
    public int streams() {
        return streams.size();
    }

    /** SSRCs pushed out because there were too many. */
    public long forgottenStreams() {
        return streams.forgotten() + rtcpStreams.forgotten();
    }

    /** How often the answer was that negative {@link SrtpStatus}. */
    public long failures(int status) {
        return failures[-status];
    }

    /** Wipes and frees the keys; afterwards every packet is refused. */
    @Override
    public void close() {
        cipher.close();
    }

    private int failed(int status) {
        failures[-status]++;
        return status;
    }
}
