package org.videowindow.bridge.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session keys of one direction (RFC 3711 section 4.3; for GCM RFC 7714 section 11): AES in counter mode under the master
 * key, with a label per key in the counter's start value. The key derivation rate is zero, so this happens once.
 */
final class SessionKeys {
    private static final int RTP_KEY = 0;
    private static final int RTP_AUTHENTICATION = 1;
    private static final int RTP_SALT = 2;
    private static final int RTCP_KEY = 3;
    private static final int RTCP_AUTHENTICATION = 4;
    private static final int RTCP_SALT = 5;
    private static final int AUTHENTICATION_BYTES = 20;

    final byte[] rtpKey;
    final byte[] rtpAuthentication;
    final byte[] rtpSalt;
    final byte[] rtcpKey;
    final byte[] rtcpAuthentication;
    final byte[] rtcpSalt;

    SessionKeys(
            byte[] rtpKey,
            byte[] rtpAuthentication,
            byte[] rtpSalt,
            byte[] rtcpKey,
            byte[] rtcpAuthentication,
            byte[] rtcpSalt) {
        this.rtpKey = rtpKey;
        this.rtpAuthentication = rtpAuthentication;
        this.rtpSalt = rtpSalt;
        this.rtcpKey = rtcpKey;
        this.rtcpAuthentication = rtcpAuthentication;
        this.rtcpSalt = rtcpSalt;
    }

    /**
     * Derives all session keys.
     *
     * @throws IllegalArgumentException when key or salt have another length than the profile's
     */
    static SessionKeys derive(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != profile.keyBytes() || masterSalt.length != profile.saltBytes()) {
            throw new IllegalArgumentException("master key or salt of the wrong length for " + profile);
        }
        try {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"));
            int key = profile.keyBytes();
            int salt = profile.saltBytes();
            return new SessionKeys(
                    expand(aes, masterSalt, RTP_KEY, key),
                    expand(aes, masterSalt, RTP_AUTHENTICATION, AUTHENTICATION_BYTES),
                    expand(aes, masterSalt, RTP_SALT, salt),
                    expand(aes, masterSalt, RTCP_KEY, key),
                    expand(aes, masterSalt, RTCP_AUTHENTICATION, AUTHENTICATION_BYTES),
                    expand(aes, masterSalt, RTCP_SALT, salt));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's AES is missing", e);
        }
    }

    /** {@code length} bytes of the pseudo-random function for a label: salt (112 bits, filled up on the right) xor label. */
    private static byte[] expand(Cipher aes, byte[] masterSalt, int label, int length) throws GeneralSecurityException {
        byte[] counter = Arrays.copyOf(masterSalt, 16);
        counter[7] ^= (byte) label;
        byte[] out = new byte[(length + 15) / 16 * 16];
        for (int block = 0; block * 16 < length; block++) {
            counter[15] = (byte) block;
            aes.doFinal(counter, 0, 16, out, block * 16);
        }
        return Arrays.copyOf(out, length);
    }
}
