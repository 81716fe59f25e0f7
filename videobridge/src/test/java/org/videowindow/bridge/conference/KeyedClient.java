package org.videowindow.bridge.conference;

import java.util.Arrays;
import org.videowindow.bridge.dtls.SrtpKeyMaterial;
import org.videowindow.bridge.srtp.SrtpProfile;
import org.videowindow.bridge.srtp.SrtpReceiver;
import org.videowindow.bridge.srtp.SrtpSender;

/** Who a simulated client is, and the keys that it shares with the bridge. */
abstract class KeyedClient {
    private final String id;
    private final int audioSsrc;
    private final byte[] sendKey = new byte[16];
    private final byte[] receiveKey = new byte[16];
    private final SrtpSender sender;
    private final SrtpReceiver receiver;

    KeyedClient(String id, int audioSsrc) {
        this.id = id;
        this.audioSsrc = audioSsrc;
        Arrays.fill(sendKey, (byte) audioSsrc);
        Arrays.fill(receiveKey, (byte) ~audioSsrc);
        sender = new SrtpSender(SrtpProfile.AEAD_AES_128_GCM, sendKey, new byte[12]);
        receiver = new SrtpReceiver(SrtpProfile.AEAD_AES_128_GCM, receiveKey, new byte[12]);
    }

    String id() {
        return id;
    }

    int audioSsrc() {
        return audioSsrc;
    }

    int videoSsrc() {
        return audioSsrc + 1;
    }

    /** Keys as the bridge's handshake yields them. */
    SrtpKeyMaterial bridgeKeys() {
        return new SrtpKeyMaterial(
                SrtpProfile.AEAD_AES_128_GCM, sendKey.clone(), new byte[12], receiveKey.clone(), new byte[12]);
    }

    SrtpReceiver opener() {
        return receiver;
    }

    byte[] seal(byte[] packet) {
        byte[] sealed = new byte[packet.length + 64];
        return Arrays.copyOf(sealed, sender.protect(packet, 0, packet.length, sealed, 0));
    }

    /** As {@link #seal}; {@code null} for what is no packet. */
    byte[] trySeal(byte[] packet) {
        byte[] sealed = new byte[packet.length + 64];
        int length = sender.protect(packet, 0, packet.length, sealed, 0);
        return length < 0 ? null : Arrays.copyOf(sealed, length);
    }

    byte[] sealRtcp(byte[] packet) {
        byte[] sealed = new byte[packet.length + 64];
        return Arrays.copyOf(sealed, sender.protectRtcp(packet, 0, packet.length, sealed, 0));
    }
}
