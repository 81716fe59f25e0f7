package org.videowindow.bridge.srtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import org.videowindow.bridge.rtp.BigEndian;

/**
 * AEAD_AES_128_GCM (RFC 7714) by a native library; see {@link GcmCipher} for the layouts. A packet is copied into native
 * memory (16 ns for 1200 bytes), worked on in place, and copied back, or stays there when it was sealed for the transmit
 * arena. Allocates nothing.
 */
final class NativeGcmCipher implements PacketCipher {
    private static final int TAG_BYTES = 16;
    private static final int WORD_BYTES = 4;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int ENCRYPTED_BIT = 0x8000_0000;
    private static final int MAX_PACKET = NativeScratch.PACKET_BYTES - TAG_BYTES - WORD_BYTES;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG_WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final GcmLibrary library;
    private final NativeScratch scratch;
    private final NativeKey rtp;
    private final NativeKey rtcp;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;

    NativeGcmCipher(GcmLibrary library, NativeScratch scratch, SessionKeys keys) {
        this.library = library;
        this.scratch = scratch;
        rtp = new NativeKey(library, keys.rtpKey);
        rtcp = new NativeKey(library, keys.rtcpKey);
        rtpSalt = keys.rtpSalt;
        rtcpSalt = keys.rtcpSalt;
    }

    @Override
    public int sealRtp(byte[] in, int offset, int header, int length, byte[] out, int outOffset, int ssrc, long index) {
        if (length > MAX_PACKET) {
            return SrtpStatus.MALFORMED;
        }
        int sealed =
                sealRtp(in, offset, header, length, scratch.memory, NativeScratch.PACKET, scratch.packet, ssrc, index);
        if (sealed > 0) {
            copyOut(sealed, out, outOffset);
        }
        return sealed;
    }

    @Override
    public int sealRtpToMemory(
            byte[] in, int offset, int header, int length, MemorySegment out, long outOffset, int ssrc, long index) {
        return sealRtp(in, offset, header, length, out, outOffset, out.address() + outOffset, ssrc, index);
    }

    private int sealRtp(
            byte[] in,
            int offset,
            int header,
            int length,
            MemorySegment out,
            long outOffset,
            long address,
            int ssrc,
            long index) {
        long key = rtp.handle();
        if (key == 0) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        // Checks the bounds of the target including the tag, which the library will not.
        out.set(BYTE, outOffset + length + TAG_BYTES - 1, (byte) 0);
        MemorySegment.copy(in, offset, out, BYTE, outOffset, length);
        setIv(rtpSalt, ssrc, index);
        seal(rtp, key, address, header, address + header, length - header, address + length);
        return length + TAG_BYTES;
    }

    @Override
    public int openRtp(byte[] in, int offset, int header, int length, byte[] out, int outOffset, int ssrc, long index) {
        int end = length - TAG_BYTES;
        if (end < header || length > MAX_PACKET) {
            return SrtpStatus.MALFORMED;
        }
        long key = rtp.handle();
        if (key == 0) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        copyIn(in, offset, length);
        setIv(rtpSalt, ssrc, index);
        long packet = scratch.packet;
        boolean authentic = open(rtp, key, packet, header, packet + header, end - header, packet + end);
        if (!authentic) {
            return SrtpStatus.NOT_AUTHENTIC;
        }
        copyOut(end, out, outOffset);
        return end;
    }

    @Override
    public int sealRtcp(byte[] in, int offset, int length, byte[] out, int outOffset, int ssrc, int index) {
        if (length > MAX_PACKET) {
            return SrtpStatus.MALFORMED;
        }
        long key = rtcp.handle();
        if (key == 0) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        int indexWord = ENCRYPTED_BIT | index;
        copyIn(in, offset, length);
        setIv(rtcpSalt, ssrc, index);
        setClear(in, offset, RTCP_HEADER_BYTES, indexWord);
        long packet = scratch.packet;
        seal(
                rtcp,
                key,
                scratch.clear,
                RTCP_HEADER_BYTES + WORD_BYTES,
                packet + RTCP_HEADER_BYTES,
                length - RTCP_HEADER_BYTES,
                packet + length);
        scratch.memory.set(WORD, NativeScratch.PACKET + length + TAG_BYTES, indexWord);
        copyOut(length + TAG_BYTES + WORD_BYTES, out, outOffset);
        return length + TAG_BYTES + WORD_BYTES;
    }

    @Override
    public int openRtcp(byte[] in, int offset, int length, byte[] out, int outOffset, int ssrc) {
        int end = length - TAG_BYTES - WORD_BYTES;
        if (end < RTCP_HEADER_BYTES || length > MAX_PACKET) {
            return SrtpStatus.MALFORMED;
        }
        long key = rtcp.handle();
        if (key == 0) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        int indexWord = rtcpIndexWord(in, offset, length);
        // Without encryption all of the packet is only authenticated, and the ciphertext is empty (section 17.2).
        int clear = indexWord < 0 ? RTCP_HEADER_BYTES : end;
        copyIn(in, offset, length);
        setIv(rtcpSalt, ssrc, indexWord & ~ENCRYPTED_BIT);
        setClear(in, offset, clear, indexWord);
        long packet = scratch.packet;
        boolean authentic =
                open(rtcp, key, scratch.clear, clear + WORD_BYTES, packet + clear, end - clear, packet + end);
        if (!authentic) {
            return SrtpStatus.NOT_AUTHENTIC;
        }
        copyOut(end, out, outOffset);
        return end;
    }

    @Override
    public int rtcpIndexWord(byte[] in, int offset, int length) {
        return BigEndian.i32(in, offset + length - WORD_BYTES);
    }

    @Override
    public int rtpOverhead() {
        return TAG_BYTES;
    }

    @Override
    public int rtcpOverhead() {
        return TAG_BYTES + WORD_BYTES;
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }

    private void seal(NativeKey owner, long key, long clear, int clearLength, long data, int length, long tag) {
        try {
            library.seal(key, scratch.work, scratch.iv, clear, clearLength, data, length, tag);
        } finally {
            Reference.reachabilityFence(owner);
        }
    }

    private boolean open(NativeKey owner, long key, long clear, int clearLength, long data, int length, long tag) {
        try {
            return library.open(key, scratch.work, scratch.iv, clear, clearLength, data, length, tag);
        } finally {
            Reference.reachabilityFence(owner);
        }
    }

    private void setIv(byte[] salt, int ssrc, long index) {
        long high = (ssrc & 0xFFFF_FFFFL) << 16 | (index >>> 32 & 0xFFFF);
        scratch.memory.set(LONG_WORD, NativeScratch.IV, BigEndian.i64(salt, 0) ^ high);
        scratch.memory.set(WORD, NativeScratch.IV + 8, BigEndian.i32(salt, 8) ^ (int) index);
    }

    private void setClear(byte[] in, int offset, int bytes, int word) {
        MemorySegment.copy(in, offset, scratch.memory, BYTE, NativeScratch.CLEAR, bytes);
        scratch.memory.set(WORD, NativeScratch.CLEAR + bytes, word);
    }

    private void copyIn(byte[] in, int offset, int length) {
        MemorySegment.copy(in, offset, scratch.memory, BYTE, NativeScratch.PACKET, length);
    }

    private void copyOut(int length, byte[] out, int outOffset) {
        MemorySegment.copy(scratch.memory, BYTE, NativeScratch.PACKET, out, outOffset, length);
    }
}
