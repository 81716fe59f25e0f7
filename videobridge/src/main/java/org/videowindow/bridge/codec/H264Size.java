package org.videowindow.bridge.codec;

/**
 * Takes the size of the picture from a sequence parameter set (H.264 section 7.3.2.1.1). What it cannot read tells no
 * size. One thread, reused.
 */
final class H264Size {
    private static final int MOST_BYTES = 64;
    private static final int LARGEST_SIDE = 16_384;

    private final byte[] plain = new byte[MOST_BYTES];
    private final BitReader bits = new BitReader();

    void read(byte[] buffer, int at, int length, PacketLayers into) {
        bits.wrap(plain, 0, unescape(buffer, at, length));
        int profile = bits.bits(8);
        bits.bits(16);
        bits.golomb();
        int chroma = 1;
        if (hasChroma(profile)) {
            chroma = bits.golomb();
            if (chroma == 3 && bits.bit()) {
                chroma = 0;
            }
            bits.golomb();
            bits.golomb();
            bits.bit();
            if (bits.bit()) {
                // Scaling lists are not sent by real-time encoders.
                return;
            }
        }
        bits.golomb();
        if (!skipOrder()) {
            return;
        }
        bits.golomb();
        bits.bit();
        int wide = bits.golomb() + 1;
        int units = bits.golomb() + 1;
        int fields = bits.bit() ? 1 : 2;
        if (fields == 2) {
            bits.bit();
        }
        bits.bit();
        if (wide > LARGEST_SIDE / 16 || units > LARGEST_SIDE / 16) {
            return;
        }
        int width = wide * 16;
        int height = units * 16 * fields;
        if (bits.bit()) {
            int cropX = chroma == 1 || chroma == 2 ? 2 : 1;
            int cropY = (chroma == 1 ? 2 : 1) * fields;
            width -= cropX * (side() + side());
            height -= cropY * (side() + side());
        }
        if (!bits.overrun() && width > 0 && height > 0) {
            into.size(0, width, height);
        }
    }

    /** Skips pic_order_cnt_type and what belongs to it. */
    private boolean skipOrder() {
        int type = bits.golomb();
        if (type == 0) {
            bits.golomb();
        } else if (type == 1) {
            bits.bit();
            bits.golomb();
            bits.golomb();
            int cycle = bits.golomb();
            for (int i = 0; i < cycle && !bits.overrun(); i++) {
                bits.golomb();
            }
        }
        return !bits.overrun();
    }

    private int side() {
        return Math.min(bits.golomb(), LARGEST_SIDE);
    }

    private static boolean hasChroma(int profile) {
        return switch (profile) {
            case 44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244 -> true;
            default -> false;
        };
    }

    /** Takes out the bytes that keep start codes out of the unit (7.4.1). */
    private int unescape(byte[] buffer, int at, int length) {
        int zeros = 0;
        int written = 0;
        for (int i = at; i < at + length && written < MOST_BYTES; i++) {
            if (zeros >= 2 && buffer[i] == 3) {
                zeros = 0;
            } else {
                zeros = buffer[i] == 0 ? zeros + 1 : 0;
                plain[written++] = buffer[i];
            }
        }
        return written;
    }
}
