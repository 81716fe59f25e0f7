package org.videowindow.bridge.srtp;

/** Protection profiles (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
public enum SrtpProfile {
    /** AES-GCM with a 128-bit key and a 16-byte tag. Half the cost of the other; preferred. */
    AEAD_AES_128_GCM(0x0007, 16, 12, 16),
    /** AES counter mode with a 128-bit key, HMAC-SHA1 cut to 80 bits. Every WebRTC peer has it. */
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10);

    private final int number;
    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int number, int keyBytes, int saltBytes, int tagBytes) {
        this.number = number;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    /** The profile with that number in the DTLS {@code use_srtp} extension, or null. */
    public static SrtpProfile ofNumber(int number) {
        for (SrtpProfile profile : values()) {
            if (profile.number == number) {
                return profile;
            }
        }
        return null;
    }

    /** Number in the DTLS {@code use_srtp} extension. */
    public int number() {
        return number;
    }

    /** Bytes of the master key. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Bytes of the master salt. */
    public int saltBytes() {
        return saltBytes;
    }

    /** Bytes of the authentication tag: what a packet grows by. */
    public int tagBytes() {
        return tagBytes;
    }
}
