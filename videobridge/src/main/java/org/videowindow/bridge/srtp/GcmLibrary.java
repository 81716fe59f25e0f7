package org.videowindow.bridge.srtp;

/**
 * AES-GCM with 128-bit keys and 16-byte tags by a native library. All addresses are of native memory; a pointer is a
 * {@code long}, so that no segment object is made per call. Without state of its own; what a key needs is behind its
 * handle, which one thread uses at a time.
 */
interface GcmLibrary {
    /** Bytes that {@code work} must have. */
    int WORK_BYTES = 128;

    /** Name and version for the log. */
    String describe();

    /** Prepares a key and returns its handle, which takes native memory until {@link #freeKey}. */
    long newKey(byte[] key);

    /** Wipes and frees what {@link #newKey} took. Any thread. */
    void freeKey(long key);

    /**
     * Encrypts in place.
     *
     * @param work memory that the library may use during the call
     * @param iv 12 bytes
     * @param clear what is authenticated only
     * @param data what is encrypted; may be empty
     * @param tag where 16 bytes go
     */
    void seal(long key, long work, long iv, long clear, int clearLength, long data, int length, long tag);

    /**
     * Decrypts in place.
     *
     * @return whether the tag was right; if not, {@code data} holds nothing of meaning
     */
    boolean open(long key, long work, long iv, long clear, int clearLength, long data, int length, long tag);
}
