package org.videowindow.loadtest.srtp;

/** Master keys and salts of both directions for AEAD_AES_128_GCM. Compared nowhere, so arrays do no harm. */
@SuppressWarnings("ArrayRecordComponent")
public record SrtpKeys(byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {
    /** Bytes of a master key. */
    public static final int KEY_BYTES = 16;

    /** Bytes of a master salt. */
    public static final int SALT_BYTES = 12;
}
