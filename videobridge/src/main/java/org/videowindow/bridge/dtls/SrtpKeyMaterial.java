package org.videowindow.bridge.dtls;

import org.videowindow.bridge.srtp.SrtpProfile;

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
public record SrtpKeyMaterial(
        SrtpProfile profile, byte[] remoteKey, byte[] remoteSalt, byte[] localKey, byte[] localSalt) {
    @Override
    public String toString() {
        return "SrtpKeyMaterial[" + profile + "]";
    }
}
