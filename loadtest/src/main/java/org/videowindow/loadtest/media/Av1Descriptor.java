package org.videowindow.loadtest.media;

import java.util.Arrays;

/**
 * Writes the dependency descriptor of one spatial and three temporal layers (AV1 RTP specification, appendix A): the
 * structure with key frames, three bytes with others. Without resolutions, so that it fits a one-byte extension.
 */
final class Av1Descriptor {
    private static final int SAME_LAYER = 0;
    private static final int NEXT_TEMPORAL = 1;
    private static final int NO_MORE = 3;
    /** Per template: how its layer differs from the previous one's, seen from that one. */
    private static final int[] NEXT = {SAME_LAYER, NEXT_TEMPORAL, NEXT_TEMPORAL, SAME_LAYER, NO_MORE};
    /** Per template and decode target: 0 absent, 1 discardable, 2 switch. */
    private static final int[][] INDICATIONS = {{2, 2, 2}, {2, 2, 2}, {0, 1, 2}, {0, 0, 1}, {0, 0, 1}};

    private static final int[] FRAME_DIFFERENCE = {0, 4, 2, 1, 1};
    private static final int[] CHAIN_DIFFERENCE = {0, 4, 2, 1, 3};

    private final byte[] bytes = new byte[16];
    private int bits;

    byte[] bytes() {
        return bytes;
    }

    /** Writes the descriptor of a packet; answers its length. */
    int write(Frame frame, boolean first, boolean last) {
        Arrays.fill(bytes, (byte) 0);
        bits = 0;
        put(1, first ? 1 : 0);
        put(1, last ? 1 : 0);
        put(6, template(frame));
        put(16, frame.number);
        if (first && frame.keyFrame) {
            structure();
        }
        return (bits + 7) / 8;
    }

    private static int template(Frame frame) {
        return switch (frame.position) {
            case 0 -> frame.keyFrame ? 0 : 1;
            case 1 -> 3;
            case 2 -> 2;
            default -> 4;
        };
    }

    private void structure() {
        put(5, 0b10000);
        put(6, 0);
        put(5, INDICATIONS[0].length - 1);
        for (int next : NEXT) {
            put(2, next);
        }
        for (int[] template : INDICATIONS) {
            for (int indication : template) {
                put(2, indication);
            }
        }
        for (int difference : FRAME_DIFFERENCE) {
            if (difference > 0) {
                put(1, 1);
                put(4, difference - 1);
            }
            put(1, 0);
        }
        // One chain, which needs no bits to say that it protects all decode targets.
        put(2, 1);
        for (int difference : CHAIN_DIFFERENCE) {
            put(4, difference);
        }
        put(1, 0);
    }

    private void put(int width, int value) {
        for (int bit = width - 1; bit >= 0; bit--) {
            if ((value >> bit & 1) != 0) {
                bytes[bits >> 3] |= (byte) (0x80 >> (bits & 7));
            }
            bits++;
        }
    }
}
