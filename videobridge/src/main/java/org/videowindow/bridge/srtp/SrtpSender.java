package org.videowindow.bridge.srtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
public final class SrtpSender implements AutoCloseable {
    /** SSRCs that may be sent under one key. */
    public static final int MAX_STREAMS = 8192;

    private static final long LAST_RTP_INDEX = (1L << 48) - 1;

    private final SrtpProfile profile;
    private final PacketCiphers ciphers;
    private final PacketCipher cipher;
    private final StreamStates streams = new StreamStates(MAX_STREAMS, false);
    private final long[] failures = new long[SrtpStatus.COUNT + 1];
    private int nextRtcpIndex;

    /**
     * A sender with fresh keys and the JDK's ciphers.
     *
     * @param masterKey from the handshake; not kept
     * @param masterSalt from the handshake; not kept
     */
    public SrtpSender(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        this(profile, masterKey, masterSalt, new PacketCiphers(CryptoProvider.JAVA));
    }

    /**
     * A sender with fresh keys.
     *
     * @param masterKey from the handshake; not kept
     * @param masterSalt from the handshake; not kept
     * @param ciphers of the worker
     */
    public SrtpSender(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, PacketCiphers ciphers) {
        this.profile = profile;
        this.ciphers = ciphers;
        this.cipher = ciphers.create(profile, SessionKeys.derive(profile, masterKey, masterSalt));
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
        long index = takeIndex(in, offset, header);
        if (index < 0) {
            return failed((int) index);
        }
        int ssrc = RtpPacket.ssrc(in, offset);
        return counted(cipher.sealRtp(in, offset, header, length, out, outOffset, ssrc, index));
    }

    /**
     * Seals an RTP packet straight into native memory, the transmit arena for instance.
     *
     * @param out memory to write to
     * @param outOffset where to write; {@code length + rtpOverhead()} bytes must fit
     * @return bytes written, or a negative {@link SrtpStatus}
     */
    public int protect(byte[] in, int offset, int length, MemorySegment out, long outOffset) {
        int header = RtpPacket.headerLength(in, offset, length);
        long index = takeIndex(in, offset, header);
        if (index < 0) {
            return failed((int) index);
        }
        int ssrc = RtpPacket.ssrc(in, offset);
        int sealed = cipher.sealRtpToMemory(in, offset, header, length, out, outOffset, ssrc, index);
        if (sealed == 0) {
            byte[] room = ciphers.room();
            sealed = cipher.sealRtp(in, offset, header, length, room, 0, ssrc, index);
            MemorySegment.copy(room, 0, out, ValueLayout.JAVA_BYTE, outOffset, sealed);
        }
        return counted(sealed);
    }

    /** Uses up the index of a packet; a negative {@link SrtpStatus} when it must not be sent. */
    private long takeIndex(byte[] in, int offset, int header) {
        if (header < 0) {
            return SrtpStatus.MALFORMED;
        }
        int ssrc = RtpPacket.ssrc(in, offset);
        StreamState stream = streams.find(ssrc);
        if (stream == null) {
            stream = new StreamState(ssrc);
            if (!streams.add(stream)) {
                return SrtpStatus.TOO_MANY_STREAMS;
            }
        }
        long index = stream.index(RtpPacket.sequenceNumber(in, offset));
        if (index > LAST_RTP_INDEX) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        int status = stream.check(index);
        if (status < 0) {
            return status;
        }
        stream.accept(index);
        return index;
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
        return counted(cipher.sealRtcp(in, offset, length, out, outOffset, ssrc, nextRtcpIndex++));
    }

    /** Wipes and frees the keys; afterwards every packet is refused. */
    @Override
    public void close() {
        cipher.close();
    }

    /** How often the answer was that negative {@link SrtpStatus}. */
    public long failures(int status) {
        return failures[-status];
    }

    private int counted(int sealed) {
        return sealed < 0 ? failed(sealed) : sealed;
    }

    private int failed(int status) {
        failures[-status]++;
        return status;
    }
}
