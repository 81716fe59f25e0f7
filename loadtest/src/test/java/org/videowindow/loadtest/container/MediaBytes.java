package org.videowindow.loadtest.container;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes small files of the three kinds. */
final class MediaBytes {
    private MediaBytes() {}

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // --- IVF ---

    static byte[] ivf(String fourCc, int rate, int scale, byte[]... frames) {
        ByteBuffer header = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("DKIF")).putShort((short) 0).putShort((short) 32).put(ascii(fourCc));
        header.putShort((short) 640)
                .putShort((short) 360)
                .putInt(rate)
                .putInt(scale)
                .putInt(frames.length);
        List<byte[]> parts = new ArrayList<>(List.of(header.array()));
        for (int i = 0; i < frames.length; i++) {
            parts.add(ByteBuffer.allocate(12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(frames[i].length)
                    .putLong(i)
                    .array());
            parts.add(frames[i]);
        }
        return join(parts.toArray(byte[][]::new));
    }

    // --- Ogg ---

    /** A page with these segments; a packet ends with a segment of fewer than 255 bytes. */
    static byte[] page(int stream, boolean continued, byte[]... segments) {
        ByteBuffer header = ByteBuffer.allocate(27 + segments.length).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("OggS")).put((byte) 0).put((byte) (continued ? 1 : 0)).putLong(0);
        header.putInt(stream).putInt(0).putInt(0).put((byte) segments.length);
        for (byte[] segment : segments) {
            header.put((byte) segment.length);
        }
        return join(header.array(), join(segments));
    }

    static byte[] opusHead() {
        return join(ascii("OpusHead"), new byte[11]);
    }

    static byte[] opusTags() {
        return join(ascii("OpusTags"), new byte[8]);
    }

    // --- WebM ---

    /** An element with its size in eight bytes, or unknown when {@code open}. */
    static byte[] element(long id, boolean open, byte[]... content) {
        byte[] all = join(content);
        ByteBuffer head = ByteBuffer.allocate(12);
        int idLength = (64 - Long.numberOfLeadingZeros(id) + 7) / 8;
        for (int i = idLength - 1; i >= 0; i--) {
            head.put((byte) (id >>> (8 * i)));
        }
        if (open) {
            head.put((byte) 0xff);
        } else {
            head.putLong(0x0100_0000_0000_0000L | all.length);
        }
        return join(java.util.Arrays.copyOf(head.array(), head.position()), all);
    }

    static byte[] element(long id, byte[]... content) {
        return element(id, false, content);
    }

    static byte[] number(long id, int value) {
        return element(id, new byte[] {(byte) (value >>> 16), (byte) (value >>> 8), (byte) value});
    }

    static byte[] track(int number, String codec) {
        return element(0xae, number(0xd7, number), element(0xe0, number(0xb0, 640)), element(0x86, ascii(codec)));
    }

    static byte[] block(int track, int time, byte... frame) {
        return join(new byte[] {(byte) (0x80 | track), (byte) (time >>> 8), (byte) time, 0}, frame);
    }

    static byte[] webm(boolean open, byte[]... clusters) {
        return join(
                element(0x1a45dfa3L, element(0x4282, ascii("webm"))),
                element(
                        0x18538067L,
                        open,
                        element(0x1549a966L, number(0x2ad7b1, 1_000_000), element(0x4d80, ascii("test"))),
                        element(0x1654ae6bL, track(1, "V_VP8"), track(2, "A_OPUS"), track(3, "S_TEXT/WEBVTT")),
                        join(clusters)));
    }
}
