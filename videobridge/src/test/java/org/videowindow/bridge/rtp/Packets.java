package org.videowindow.bridge.rtp;

import java.util.HexFormat;
import java.util.Random;

/** Packets for tests, always at a non-zero offset so that a view that forgets its offset is found out. */
public final class Packets {
    /** Where test packets begin in their arrays. */
    public static final int OFFSET = 7;

    private Packets() {}

    /** Bytes of a hex string; blanks are skipped. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", "").replace("\n", ""));
    }

    /** Hex of a region. */
    public static String hex(byte[] bytes, int offset, int length) {
        return HexFormat.of().formatHex(bytes, offset, offset + length);
    }

    /** The bytes at {@link #OFFSET} of an array with 64 bytes of room behind them. */
    public static byte[] shifted(byte[] bytes) {
        byte[] out = new byte[OFFSET + bytes.length + 64];
        System.arraycopy(bytes, 0, out, OFFSET, bytes.length);
        return out;
    }

    /** An RTP packet without extension whose payload is random, at {@link #OFFSET}; length is 12 + payload. */
    public static byte[] rtp(int ssrc, int sequence, int payload, Random random) {
        byte[] packet = new byte[12 + payload];
        random.nextBytes(packet);
        packet[0] = (byte) 0x80;
        packet[1] = 111;
        BigEndian.putU16(packet, 2, sequence);
        BigEndian.putI32(packet, 8, ssrc);
        return shifted(packet);
    }

    /** An RTP packet with a one-byte-header extension: 1 audio level, 5 transport-wide number, 10 mid. */
    public static byte[] rtpWithExtensions(int ssrc, int sequence, int payload, Random random) {
        byte[] extension = hex("bede0003 10 8a 51 0000 a1 3035 00000000");
        byte[] packet = new byte[12 + extension.length + payload];
        random.nextBytes(packet);
        packet[0] = (byte) 0x90;
        packet[1] = 100;
        BigEndian.putU16(packet, 2, sequence);
        BigEndian.putI32(packet, 8, ssrc);
        System.arraycopy(extension, 0, packet, 12, extension.length);
        return shifted(packet);
    }
}
