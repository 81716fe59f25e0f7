package org.videowindow.bridge.dtls;

/**
 * What a handshake yields (RFC 5764 section 4.2).
 *
 * @param profile the protection profile both agreed on
 * @param remoteKey master key of what the peer sends
 * @param remoteSalt master salt of what the peer sends
 * @param localKey master key of what the bridge sends
 * @param localSalt master salt of what the bridge sends
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record SrtpKeyMaterial(Profile profile, byte[] remoteKey, byte[] remoteSalt, byte[] localKey, byte[] localSalt) {
    /** Protection profiles the bridge accepts, the preferred one first (RFC 7714, RFC 5764 section 4.1.2). */
    public enum Profile {
        AEAD_AES_128_GCM(0x0007, 16, 12),
        AES128_CM_HMAC_SHA1_80(0x0001, 16, 14);

        private final int number;
        private final int keyLength;
        private final int saltLength;

        Profile(int number, int keyLength, int saltLength) {
            this.number = number;
            this.keyLength = keyLength;
            this.saltLength = saltLength;
        }

        /** Number on the wire. */
        int number() {
            return number;
        }

        int keyLength() {
            return keyLength;
        }

        int saltLength() {
            return saltLength;
        }
    }

    @Override
    public String toString() {
        return "SrtpKeyMaterial[" + profile + "]";
    }
}
