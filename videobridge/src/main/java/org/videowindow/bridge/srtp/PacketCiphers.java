package org.videowindow.bridge.srtp;

/**
 * Makes the ciphers of one worker's sessions, which share its memory: all of them belong to the thread that owns this.
 */
public final class PacketCiphers {
    private final CryptoProvider provider;
    private final NativeScratch scratch;
    private byte[] room;

    /**
     * @param provider who computes AES-GCM
     * @throws IllegalStateException when it does not work here
     */
    public PacketCiphers(CryptoProvider provider) {
        this.provider = provider.resolve();
        this.scratch = this.provider == CryptoProvider.JAVA ? null : new NativeScratch();
    }

    /** Who computes AES-GCM; never {@link CryptoProvider#AUTO}. */
    public CryptoProvider provider() {
        return provider;
    }

    PacketCipher create(SrtpProfile profile, SessionKeys keys) {
        return switch (profile) {
            case AEAD_AES_128_GCM ->
                provider == CryptoProvider.JAVA
                        ? new GcmCipher(keys)
                        : new NativeGcmCipher(provider.library(), scratch, keys);
            case AES128_CM_HMAC_SHA1_80 -> new CounterModeCipher(keys);
        };
    }

    /** Room for a sealed packet of a cipher that cannot write to native memory. */
    byte[] room() {
        if (room == null) {
            room = new byte[NativeScratch.PACKET_BYTES];
        }
        return room;
    }
}
