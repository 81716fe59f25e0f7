package org.videowindow.bridge.srtp;

import java.security.GeneralSecurityException;
import org.videowindow.bridge.rtp.BigEndian;

/**
 * AES128_CM_HMAC_SHA1_80 (RFC 3711 sections 3.3, 4.1.1, 4.2.1).
 *
 * <pre>
 * counter start (16 bytes) = ( salt | 00 00 ) xor ( 00000000 | SSRC | 48-bit index | 00 00 )
 * SRTP  = header | ciphertext | tag(10)                       authenticated: all before the tag, roll-over counter
 * SRTCP = header(8) | ciphertext | E, index (4) | tag(10)     authenticated: all before the tag
 * </pre>
 */
final class CounterModeCipher implements PacketCipher {
    private static final int TAG_BYTES = 10;
    private static final int WORD_BYTES = 4;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int ENCRYPTED_BIT = 0x8000_0000;

    private final KeyStream rtpStream;
    private final KeyStream rtcpStream;
    private final HmacSha1 rtpMac;
    private final HmacSha1 rtcpMac;
    private final byte[] rollOver = new byte[WORD_BYTES];

    CounterModeCipher(SessionKeys keys) {
        try {
            rtpStream = new KeyStream(keys.rtpKey, keys.rtpSalt);
            rtcpStream = new KeyStream(keys.rtcpKey, keys.rtcpSalt);
            rtpMac = new HmacSha1(keys.rtpAuthentication);
            rtcpMac = new HmacSha1(keys.rtcpAuthentication);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's AES or SHA-1 is missing", e);
        }
    }

    @Override
    public int sealRtp(byte[] in, int offset, int header, int length, byte[] out, int outOffset, int ssrc, long index) {
        copyClear(in, offset, header, out, outOffset);
        rtpStream.apply(in, offset + header, length - header, out, outOffset + header, ssrc, index);
        BigEndian.putI32(rollOver, 0, (int) (index >>> 16));
        rtpMac.begin();
        rtpMac.update(out, outOffset, length);
        rtpMac.update(rollOver, 0, WORD_BYTES);
        rtpMac.end(out, outOffset + length, TAG_BYTES);
        return length + TAG_BYTES;
    }

    @Override
    public int openRtp(byte[] in, int offset, int header, int length, byte[] out, int outOffset, int ssrc, long index) {
        int body = length - TAG_BYTES;
        if (body < header) {
            return SrtpStatus.MALFORMED;
        }
        BigEndian.putI32(rollOver, 0, (int) (index >>> 16));
        rtpMac.begin();
        rtpMac.update(in, offset, body);
        rtpMac.update(rollOver, 0, WORD_BYTES);
        if (!rtpMac.endsWith(in, offset + body, TAG_BYTES)) {
            return SrtpStatus.NOT_AUTHENTIC;
        }
        copyClear(in, offset, header, out, outOffset);
        rtpStream.apply(in, offset + header, body - header, out, outOffset + header, ssrc, index);
        return body;
    }

    @Override
    public int sealRtcp(byte[] in, int offset, int length, byte[] out, int outOffset, int ssrc, int index) {
        copyClear(in, offset, RTCP_HEADER_BYTES, out, outOffset);
        rtcpStream.apply(
                in,
                offset + RTCP_HEADER_BYTES,
                length - RTCP_HEADER_BYTES,
                out,
                outOffset + RTCP_HEADER_BYTES,
                ssrc,
                index);
        BigEndian.putI32(out, outOffset + length, ENCRYPTED_BIT | index);
        rtcpMac.begin();
        rtcpMac.update(out, outOffset, length + WORD_BYTES);
        rtcpMac.end(out, outOffset + length + WORD_BYTES, TAG_BYTES);
        return length + WORD_BYTES + TAG_BYTES;
    }

    @Override
    public int openRtcp(byte[] in, int offset, int length, byte[] out, int outOffset, int ssrc) {
        int body = length - TAG_BYTES - WORD_BYTES;
        if (body < RTCP_HEADER_BYTES) {
            return SrtpStatus.MALFORMED;
        }
        rtcpMac.begin();
        rtcpMac.update(in, offset, body + WORD_BYTES);
        if (!rtcpMac.endsWith(in, offset + body + WORD_BYTES, TAG_BYTES)) {
            return SrtpStatus.NOT_AUTHENTIC;
        }
        int indexWord = BigEndian.i32(in, offset + body);
        if (indexWord >= 0) {
            copyClear(in, offset, body, out, outOffset);
            return body;
        }
        copyClear(in, offset, RTCP_HEADER_BYTES, out, outOffset);
        rtcpStream.apply(
                in,
                offset + RTCP_HEADER_BYTES,
                body - RTCP_HEADER_BYTES,
                out,
                outOffset + RTCP_HEADER_BYTES,
                ssrc,
                indexWord & ~ENCRYPTED_BIT);
        return body;
    }

    @Override
    public int rtcpIndexWord(byte[] in, int offset, int length) {
        return BigEndian.i32(in, offset + length - TAG_BYTES - WORD_BYTES);
    }

    @Override
    public int rtpOverhead() {
        return TAG_BYTES;
    }

    @Override
    public int rtcpOverhead() {
        return TAG_BYTES + WORD_BYTES;
    }

    private static void copyClear(byte[] in, int offset, int bytes, byte[] out, int outOffset) {
        if (in != out || offset != outOffset) {
            System.arraycopy(in, offset, out, outOffset, bytes);
        }
    }
}
