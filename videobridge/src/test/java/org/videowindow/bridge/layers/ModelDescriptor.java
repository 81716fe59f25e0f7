package org.videowindow.bridge.layers;

import java.util.Arrays;

/**
 * Writes dependency descriptors of model frames (AV1 RTP specification, appendix A): one template per layer, and each frame
 * tells its own references and targets.
 */
final class ModelDescriptor {
    private final int spatialLayers;
    private final int temporalLayers;
    private byte[] out = {};
    private int bit;

    ModelDescriptor(int spatialLayers, int temporalLayers) {
        this.spatialLayers = spatialLayers;
        this.temporalLayers = temporalLayers;
    }

    /** @param differences how many frames before it those lie that it refers to */
    byte[] of(ModelFrame frame, int index, int frameNumber, int[] differences) {
        out = new byte[200];
        bit = 0;
        put(index == 0 ? 1 : 0, 1);
        put(index == frame.packets() - 1 ? 1 : 0, 1);
        put(frame.spatial() * temporalLayers + frame.temporal(), 6);
        put(frameNumber & 0xffff, 16);
        boolean structure = frame.key() && frame.spatial() == 0;
        put(structure ? 1 : 0, 1);
        put(0, 1);
        put(1, 1);
        put(1, 1);
        put(0, 1);
        if (structure) {
            structure();
        }
        indications(frame.spatial(), frame.temporal(), frame.key());
        for (int difference : differences) {
            put(3, 2);
            put(difference - 1, 12);
        }
        put(0, 2);
        return Arrays.copyOf(out, (bit + 7) / 8);
    }

    private void structure() {
        put(0, 6);
        put(spatialLayers * temporalLayers - 1, 5);
        for (int s = 0; s < spatialLayers; s++) {
            for (int t = 0; t < temporalLayers; t++) {
                boolean last = s == spatialLayers - 1 && t == temporalLayers - 1;
                put(last ? 3 : t < temporalLayers - 1 ? 1 : 2, 2);
            }
        }
        for (int s = 0; s < spatialLayers; s++) {
            for (int t = 0; t < temporalLayers; t++) {
                indications(s, t, false);
            }
        }
        put(0, spatialLayers * temporalLayers);
        chains();
        put(0, 1);
    }

    /** Bits of a structure. */
    static int structureBits(int spatialLayers, int temporalLayers) {
        int targets = spatialLayers * temporalLayers;
        return 6 + 5 + 2 * targets + 2 * targets * targets + targets + chainBits(targets) + 1;
    }

    /** No chains: a number below targets + 1 in the shortest code of that range. */
    private void chains() {
        put(0, chainBits(spatialLayers * temporalLayers));
    }

    private static int chainBits(int targets) {
        int bound = targets + 1;
        int width = 32 - Integer.numberOfLeadingZeros(bound);
        return (1 << width) - bound > 0 ? width - 1 : width;
    }

    private void indications(int spatial, int temporal, boolean key) {
        for (int s = 0; s < spatialLayers; s++) {
            for (int t = 0; t < temporalLayers; t++) {
                int indication =
                        t < temporal || s < spatial ? 0 : key ? 2 : s > spatial ? 3 : t == temporal && t > 0 ? 1 : 2;
                put(indication, 2);
            }
        }
    }

    private void put(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            out[bit >> 3] |= (byte) ((value >> i & 1) << (7 - (bit & 7)));
            bit++;
        }
    }
}
