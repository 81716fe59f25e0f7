package org.videowindow.bridge.srtp;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Proves a library before it is trusted with a call: the packets printed in RFC 7714 sections 16 and 17, damaged ones, and
 * packets of every length up to a few blocks and beyond against the JDK's cipher.
 */
final class GcmSelfTest {
    private static final byte[] KEY = hex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] SALT = hex("517569642070726f2071756f");
    private static final byte[] RTP = hex("8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669"
            + "736120696e207061727465732074726573");
    private static final byte[] SRTP = hex("8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d"
            + "294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce");
    private static final byte[] RTCP = hex("81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61de"
            + "adbeefdeadbeefdeadbeefdeadbeefdeadbeef");
    private static final byte[] SRTCP = hex("81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32d"
            + "c676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4");
    private static final int RTP_SSRC = 0x5501a0b2;
    private static final int RTP_INDEX = 0xf17b;
    private static final int RTCP_SSRC = 0x4d617273;
    private static final int RTCP_INDEX = 0x5d4;
    private static final int HEADER = 12;

    private GcmSelfTest() {}

    /** What is wrong with a library, or {@code null}. */
    static String fault(GcmLibrary library) {
        byte[] unused = new byte[20];
        SessionKeys keys = new SessionKeys(KEY, unused, SALT, KEY, unused, SALT);
        try (PacketCipher cipher = new NativeGcmCipher(library, new NativeScratch(), keys)) {
            if (!rtp(cipher) || !rtcp(cipher) || !agrees(cipher, new GcmCipher(keys))) {
                return library.describe() + " computes wrong";
            }
            return null;
        } catch (RuntimeException e) {
            return library.describe() + " does not work: " + e.getMessage();
        }
    }

    private static boolean rtp(PacketCipher cipher) {
        byte[] out = new byte[SRTP.length];
        if (cipher.sealRtp(RTP, 0, HEADER, RTP.length, out, 0, RTP_SSRC, RTP_INDEX) != SRTP.length
                || !Arrays.equals(out, SRTP)) {
            return false;
        }
        byte[] opened = new byte[RTP.length];
        if (cipher.openRtp(out, 0, HEADER, out.length, opened, 0, RTP_SSRC, RTP_INDEX) != RTP.length
                || !Arrays.equals(opened, RTP)) {
            return false;
        }
        for (int at = 0; at < out.length; at++) {
            out[at] ^= 1;
            if (cipher.openRtp(out, 0, HEADER, out.length, opened, 0, RTP_SSRC, RTP_INDEX)
                    != SrtpStatus.NOT_AUTHENTIC) {
                return false;
            }
            out[at] ^= 1;
        }
        return true;
    }

    private static boolean rtcp(PacketCipher cipher) {
        byte[] out = new byte[SRTCP.length];
        if (cipher.sealRtcp(RTCP, 0, RTCP.length, out, 0, RTCP_SSRC, RTCP_INDEX) != SRTCP.length
                || !Arrays.equals(out, SRTCP)) {
            return false;
        }
        byte[] opened = new byte[RTCP.length];
        return cipher.openRtcp(out, 0, out.length, opened, 0, RTCP_SSRC) == RTCP.length && Arrays.equals(opened, RTCP);
    }

    private static boolean agrees(PacketCipher cipher, PacketCipher reference) {
        SplittableRandom random = new SplittableRandom(7714);
        byte[] packet = new byte[1500];
        byte[] out = new byte[packet.length + 16];
        byte[] expected = new byte[packet.length + 16];
        byte[] opened = new byte[packet.length];
        for (int length = HEADER; length <= packet.length; length += length < 300 ? 1 : 61) {
            random.nextBytes(packet);
            int ssrc = random.nextInt();
            long index = random.nextLong(1L << 48);
            int header = Math.min(length, HEADER + 4 * random.nextInt(8));
            int sealed = cipher.sealRtp(packet, 0, header, length, out, 0, ssrc, index);
            if (sealed != reference.sealRtp(packet, 0, header, length, expected, 0, ssrc, index)
                    || !Arrays.equals(out, 0, sealed, expected, 0, sealed)
                    || cipher.openRtp(expected, 0, header, sealed, opened, 0, ssrc, index) != length
                    || !Arrays.equals(opened, 0, length, packet, 0, length)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
