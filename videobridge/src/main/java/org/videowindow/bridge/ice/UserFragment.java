package org.videowindow.bridge.ice;

import java.security.SecureRandom;

/**
 * User fragments and passwords of the bridge (RFC 8445 section 5.3). Its fragments always have 8 characters, so that
 * they fit a {@code long} and an arriving one is looked up without making a string of it.
 */
public final class UserFragment {
    /** Characters of a fragment the bridge makes: 48 bits of randomness, double of what the RFC asks. */
    public static final int LENGTH = 8;

    /** Packed form of no fragment. */
    public static final long NONE = 0;

    private static final int PASSWORD_LENGTH = 26;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private UserFragment() {}

    /** A new fragment. */
    public static String newFragment(SecureRandom random) {
        return newString(random, LENGTH);
    }

    /** A new password: 156 bits of randomness. */
    public static String newPassword(SecureRandom random) {
        return newString(random, PASSWORD_LENGTH);
    }

    private static String newString(SecureRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Packed form of a fragment of the bridge. */
    public static long pack(String fragment) {
        long packed = 0;
        for (int i = 0; i < LENGTH; i++) {
            packed = (packed << 8) | fragment.charAt(i);
        }
        return packed;
    }

    static long pack(byte[] bytes, int at) {
        long packed = 0;
        for (int i = 0; i < LENGTH; i++) {
            packed = (packed << 8) | (bytes[at + i] & 0xff);
        }
        return packed;
    }
}
