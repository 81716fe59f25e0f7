package org.videowindow.bridge.conference;

import java.nio.ByteBuffer;

/** Writes RTP packets as a browser does. */
final class MediaPackets {
    private MediaPackets() {}

    /** A packet with mid, transport sequence and, for sound, level; {@code payload} follows. */
    static byte[] rtp(
            MediaKind kind, int payloadType, int ssrc, int sequence, int timestamp, int transport, byte[] payload) {
        byte[] extension = kind == MediaKind.AUDIO ? audioExtension(transport) : videoExtension(transport);
        ByteBuffer packet = ByteBuffer.allocate(12 + 4 + extension.length + payload.length);
        packet.put((byte) 0x90).put((byte) payloadType).putShort((short) sequence);
        packet.putInt(timestamp).putInt(ssrc);
        packet.putShort((short) 0xBEDE).putShort((short) (extension.length / 4));
        return packet.put(extension).put(payload).array();
    }

    private static byte[] audioExtension(int transport) {
        return ByteBuffer.allocate(8)
                .put((byte) (Offers.AUDIO_LEVEL << 4))
                .put((byte) 127)
                .put((byte) (Offers.MID << 4))
                .put((byte) '0')
                .put((byte) ((Offers.TRANSPORT << 4) | 1))
                .putShort((short) transport)
                .array();
    }

    private static byte[] videoExtension(int transport) {
        return ByteBuffer.allocate(12)
                .put((byte) (Offers.MID << 4))
                .put((byte) '1')
                .put((byte) ((Offers.SEND_TIME << 4) | 2))
                .put(new byte[] {1, 2, 3})
                .put((byte) ((Offers.TRANSPORT << 4) | 1))
                .putShort((short) transport)
                .array();
    }

    /** Sets the level of a packet of {@link #rtp} for sound. */
    static byte[] withLevel(byte[] packet, int level) {
        packet[17] = (byte) level;
        return packet;
    }

    /** A VP8 payload: descriptor, and the frame header of a key frame if it is one. */
    static byte[] vp8(boolean keyFrame, boolean startOfFrame, int length) {
        byte[] payload = new byte[Math.max(length, 12)];
        payload[0] = (byte) (startOfFrame ? 0x10 : 0);
        payload[1] = (byte) (keyFrame ? 0 : 1);
        if (keyFrame) {
            payload[4] = (byte) 0x9d;
            payload[5] = 0x01;
            payload[6] = 0x2a;
            payload[7] = 64;
            payload[9] = 64;
        }
        return payload;
    }
}
