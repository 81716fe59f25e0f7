package org.videowindow.bridge.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.videowindow.bridge.rtp.BigEndian;

/**
 * AEAD_AES_128_GCM (RFC 7714) by the JDK's cipher on heap arrays.
 *
 * <pre>
 * IV (12 bytes) = salt xor ( 00 00 | SSRC | 48-bit index )
 * SRTP  = header | ciphertext | tag(16)                       authenticated: header
 * SRTCP = header(8) | ciphertext | tag(16) | E, index (4)     authenticated: header, E and index
 * </pre>
 */
final class GcmCipher implements PacketCipher {
    private static final int TAG_BYTES = 16;
    private static final int WORD_BYTES = 4;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int ENCRYPTED_BIT = 0x8000_0000;

    private final Cipher rtp;
    private final Cipher rtcp;
    private final SecretKeySpec rtpKey;
    private final SecretKeySpec rtcpKey;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;
    private final byte[] iv = new byte[12];
    private final byte[] word = new byte[WORD_BYTES];

    GcmCipher(SessionKeys keys) {
        try {
            rtp = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
            rtcp = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's AES-GCM is missing", e);
        }
        rtpKey = new SecretKeySpec(keys.rtpKey, "AES");
        rtcpKey = new SecretKeySpec(keys.rtcpKey, "AES");
        rtpSalt = keys.rtpSalt;
        rtcpSalt = keys.rtcpSalt;
    }

    @Override
    public int sealRtp(byte[] in, int offset, int header, int length, byte[] out, int outOffset, int ssrc, long index) {
        try {
            init(rtp, Cipher.ENCRYPT_MODE, rtpKey, rtpSalt, ssrc, index);
            copyClear(in, offset, header, out, outOffset);
            rtp.updateAAD(in, offset, header);
            return header + rtp.doFinal(in, offset + header, length - header, out, outOffset + header);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to encrypt", e);
        }
    }

    @Override
    public int openRtp(byte[] in, int offset, int header, int length, byte[] out, int outOffset, int ssrc, long index) {
        if (length < header + TAG_BYTES) {
            return SrtpStatus.MALFORMED;
        }
        try {
            init(rtp, Cipher.DECRYPT_MODE, rtpKey, rtpSalt, ssrc, index);
            rtp.updateAAD(in, offset, header);
            int payload = rtp.doFinal(in, offset + header, length - header, out, outOffset + header);
            copyClear(in, offset, header, out, outOffset);
            return header + payload;
        } catch (GeneralSecurityException e) {
            return SrtpStatus.NOT_AUTHENTIC;
        }
    }

    @Override
    public int sealRtcp(byte[] in, int offset, int length, byte[] out, int outOffset, int ssrc, int index) {
        try {
            init(rtcp, Cipher.ENCRYPT_MODE, rtcpKey, rtcpSalt, ssrc, index);
            int indexWord = ENCRYPTED_BIT | index;
            BigEndian.putI32(word, 0, indexWord);
            rtcp.updateAAD(in, offset, RTCP_HEADER_BYTES);
            rtcp.updateAAD(word);
            copyClear(in, offset, RTCP_HEADER_BYTES, out, outOffset);
            int body = rtcp.doFinal(
                    in, offset + RTCP_HEADER_BYTES, length - RTCP_HEADER_BYTES, out, outOffset + RTCP_HEADER_BYTES);
            BigEndian.putI32(out, outOffset + RTCP_HEADER_BYTES + body, indexWord);
            return RTCP_HEADER_BYTES + body + WORD_BYTES;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to encrypt", e);
        }
    }

    @Override
    public int openRtcp(byte[] in, int offset, int length, byte[] out, int outOffset, int ssrc) {
        if (length < RTCP_HEADER_BYTES + TAG_BYTES + WORD_BYTES) {
            return SrtpStatus.MALFORMED;
        }
        int indexWord = rtcpIndexWord(in, offset, length);
        boolean encrypted = indexWord < 0;
        BigEndian.putI32(word, 0, indexWord);
        // Without encryption all of the packet is only authenticated, and the ciphertext is empty (section 17.2).
        int clear = encrypted ? RTCP_HEADER_BYTES : length - TAG_BYTES - WORD_BYTES;
        try {
            init(rtcp, Cipher.DECRYPT_MODE, rtcpKey, rtcpSalt, ssrc, indexWord & ~ENCRYPTED_BIT);
            rtcp.updateAAD(in, offset, clear);
            rtcp.updateAAD(word);
            int body = rtcp.doFinal(in, offset + clear, length - WORD_BYTES - clear, out, outOffset + clear);
            copyClear(in, offset, clear, out, outOffset);
            return clear + body;
        } catch (GeneralSecurityException e) {
            return SrtpStatus.NOT_AUTHENTIC;
        }
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

    private void init(Cipher cipher, int mode, SecretKeySpec key, byte[] salt, int ssrc, long index)
            throws GeneralSecurityException {
        BigEndian.putU16(iv, 0, 0);
        BigEndian.putI32(iv, 2, ssrc);
        BigEndian.putU16(iv, 6, (int) (index >>> 32));
        BigEndian.putI32(iv, 8, (int) index);
        for (int i = 0; i < iv.length; i++) {
            iv[i] ^= salt[i];
        }
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, iv));
    }

    private static void copyClear(byte[] in, int offset, int bytes, byte[] out, int outOffset) {
        if (in != out || offset != outOffset) {
            System.arraycopy(in, offset, out, outOffset, bytes);
        }
    }
}
