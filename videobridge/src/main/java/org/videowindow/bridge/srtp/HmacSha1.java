package org.videowindow.bridge.srtp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * HMAC-SHA1 (RFC 2104) that allocates nothing per message: the JDK's {@code Mac} makes arrays for every result, its
 * digest does not. Costs two more blocks of SHA-1 per packet than a saved state would.
 */
final class HmacSha1 {
    private static final int BLOCK = 64;
    private static final int DIGEST = 20;

    private final MessageDigest sha1;
    private final byte[] innerKey = new byte[BLOCK];
    private final byte[] outerKey = new byte[BLOCK];
    private final byte[] digest = new byte[DIGEST];

    /** For a key of at most 64 bytes. */
    HmacSha1(byte[] key) throws NoSuchAlgorithmException {
        sha1 = MessageDigest.getInstance("SHA-1");
        System.arraycopy(key, 0, innerKey, 0, key.length);
        System.arraycopy(key, 0, outerKey, 0, key.length);
        for (int i = 0; i < BLOCK; i++) {
            innerKey[i] ^= 0x36;
            outerKey[i] ^= 0x5C;
        }
    }

    void begin() {
        sha1.update(innerKey, 0, BLOCK);
    }

    void update(byte[] bytes, int offset, int length) {
        sha1.update(bytes, offset, length);
    }

    /** Ends the message and writes the first {@code tagBytes} of the result. */
    void end(byte[] out, int offset, int tagBytes) {
        finish();
        System.arraycopy(digest, 0, out, offset, tagBytes);
    }

    /** Ends the message and compares with a tag, in a time that does not tell where they differ. */
    boolean endsWith(byte[] tag, int offset, int tagBytes) {
        finish();
        int difference = 0;
        for (int i = 0; i < tagBytes; i++) {
            difference |= digest[i] ^ tag[offset + i];
        }
        return difference == 0;
    }

    private void finish() {
        try {
            sha1.digest(digest, 0, DIGEST);
            sha1.update(outerKey, 0, BLOCK);
            sha1.update(digest, 0, DIGEST);
            sha1.digest(digest, 0, DIGEST);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-1 failed", e);
        }
    }
}
