package org.videowindow.bridge.srtp;

import java.lang.foreign.MemorySegment;

/**
 * The transform of one direction: seals and opens single packets when SSRC and index are known. Replay, roll-over and
 * limits are the caller's. Works from one array into another, or in place when offsets are equal too; other overlaps are
 * not allowed. Owned by one thread.
 */
interface PacketCipher extends AutoCloseable {
    /**
     * Seals an RTP packet.
     *
     * @param header bytes of header, which stay in the clear
     * @param length bytes of the whole packet
     * @param index 48 bits: roll-over counter and sequence number
     * @return bytes written
     */
    int sealRtp(byte[] in, int offset, int header, int length, byte[] out, int outOffset, int ssrc, long index);

    /**
     * Seals an RTP packet into native memory.
     *
     * @param outOffset where in {@code out}; {@code length + rtpOverhead()} bytes must fit
     * @return bytes written, a {@link SrtpStatus}, or 0: this cipher works on arrays only
     */
    default int sealRtpToMemory(
            byte[] in, int offset, int header, int length, MemorySegment out, long outOffset, int ssrc, long index) {
        return 0;
    }

    /**
     * Opens an RTP packet.
     *
     * @return bytes written, or a {@link SrtpStatus}
     */
    int openRtp(byte[] in, int offset, int header, int length, byte[] out, int outOffset, int ssrc, long index);

    /**
     * Seals a compound RTCP packet; always encrypts.
     *
     * @param index 31 bits
     * @return bytes written
     */
    int sealRtcp(byte[] in, int offset, int length, byte[] out, int outOffset, int ssrc, int index);

    /**
     * Opens a compound RTCP packet, encrypted or only authenticated.
     *
     * @return bytes written, or a {@link SrtpStatus}
     */
    int openRtcp(byte[] in, int offset, int length, byte[] out, int outOffset, int ssrc);

    /** The word of encryption bit and index of a protected RTCP packet that is long enough to have one. */
    int rtcpIndexWord(byte[] in, int offset, int length);

    /** Bytes that sealing adds to an RTP packet. */
    int rtpOverhead();

    /** Bytes that sealing adds to an RTCP packet. */
    int rtcpOverhead();

    /** Frees native memory; afterwards every packet is refused with {@link SrtpStatus#KEY_EXHAUSTED}. */
    @Override
    default void close() {}
}
