package org.videowindow.bridge.codec;

/** What must hold of the description of any packet, whatever its bytes were. */
final class AnyLayers {
    private AnyLayers() {}

    static void unknown(PacketLayers layers) {
        if (layers.known || layers.canBegin(0) || layers.canMove(0, 0, 0, 1) || !layers.neededFor(0, 0)) {
            throw new AssertionError("a refused packet says something");
        }
    }

    static void known(PacketLayers layers) {
        int most = PacketLayers.MOST_LAYERS;
        if (!layers.known
                || layers.spatial < 0
                || layers.spatial >= layers.spatialLayers
                || layers.temporal < 0
                || layers.temporal >= layers.temporalLayers
                || layers.spatialLayers > most
                || layers.temporalLayers > most
                || layers.sizes > most) {
            throw new AssertionError("layers out of range");
        }
        for (int s = 0; s < most; s++) {
            if (layers.width(s) < 0 || layers.height(s) < 0) {
                throw new AssertionError("a negative size");
            }
            if (layers.canBegin(s) && !layers.neededFor(s, most - 1)) {
                throw new AssertionError("begins with what is not sent");
            }
            for (int t = 0; t < most; t++) {
                layers.neededFor(s, t);
                layers.canMove(s, t, most - 1 - s, most - 1 - t);
            }
        }
    }
}
