package org.videowindow.loadtest.media;

import org.videowindow.loadtest.rtp.Bytes;

/**
 * What every synthetic payload ends with: which layer it belongs to and when it was sent. A receiver that decrypts a packet
 * learns how long it took and what it got.
 *
 * <pre>
 * magic (4) | encoding (1) | spatial (1) | temporal (1) | key frame (1) | sent at, wall clock ns (8)
 * </pre>
 */
public final class Stamp {
    /** Its length in bytes. */
    public static final int BYTES = 16;

    private static final int MAGIC = 0x56_57_4C_54;

    private Stamp() {}

    /** Writes a stamp. */
    public static void write(
            byte[] out, int at, int encoding, int spatial, int temporal, boolean keyFrame, long sentAt) {
        Bytes.put32(out, at, MAGIC);
        Bytes.put8(out, at + 4, encoding);
        Bytes.put8(out, at + 5, spatial);
        Bytes.put8(out, at + 6, temporal);
        Bytes.put8(out, at + 7, keyFrame ? 1 : 0);
        Bytes.put64(out, at + 8, sentAt);
    }

    /** Whether a payload that ends before {@code end} carries a stamp. */
    public static boolean isBefore(byte[] packet, int end) {
        return end >= BYTES && Bytes.i32(packet, end - BYTES) == MAGIC;
    }

    /** The layer, as one number that differs between layers that differ in size. */
    public static int layer(byte[] packet, int end) {
        return Bytes.u8(packet, end - 12) << 4 | Bytes.u8(packet, end - 11);
    }

    public static boolean isKeyFrame(byte[] packet, int end) {
        return packet[end - 9] == 1;
    }

    /** When it was sent, nanoseconds of the wall clock. */
    public static long sentAt(byte[] packet, int end) {
        return Bytes.i64(packet, end - 8);
    }
}
