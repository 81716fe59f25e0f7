package org.videowindow.bridge.ice;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** HMAC-SHA1 (RFC 2104) without allocation. One per worker; keys are shared. */
public final class HmacSha1 {
    /** Bytes of a result. */
    public static final int LENGTH = 20;

    private static final int BLOCK = 64;

    private final MessageDigest digest = newDigest();
    private final byte[] inner = new byte[LENGTH];

    /** A key, ready for use. Immutable. */
    public static final class Key {
        private final byte[] innerPad = new byte[BLOCK];
        private final byte[] outerPad = new byte[BLOCK];

        /** The short-term key of a password (RFC 8489 section 9.1.1); ICE passwords are ASCII. */
        public Key(String password) {
            byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > BLOCK) {
                bytes = newDigest().digest(bytes);
            }
            for (int i = 0; i < BLOCK; i++) {
                byte keyByte = i < bytes.length ? bytes[i] : 0;
                innerPad[i] = (byte) (keyByte ^ 0x36);
                outerPad[i] = (byte) (keyByte ^ 0x5c);
            }
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1.", e);
        }
    }

    /** Begins a message. */
    void begin(Key key) {
        digest.reset();
        digest.update(key.innerPad);
    }

    void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** Ends the message begun with the same key and writes 20 bytes. */
    void end(Key key, byte[] out, int offset) {
        try {
            digest.digest(inner, 0, LENGTH);
            digest.update(key.outerPad);
            digest.update(inner);
            digest.digest(out, offset, LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("The buffer holds 20 bytes.", e);
        }
    }
}
