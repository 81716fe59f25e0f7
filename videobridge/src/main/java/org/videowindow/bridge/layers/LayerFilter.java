package org.videowindow.bridge.layers;

import org.videowindow.bridge.codec.PacketLayers;

/**
 * Which spatial and temporal layers of one encoding a receiver gets: moves towards what is wanted where the stream allows
 * it. Asked once per packet; moves at the beginning of frames only. Owned by the worker, one per forwarded source.
 */
final class LayerFilter {
    private int spatialTarget = PacketLayers.MOST_LAYERS - 1;
    private int temporalTarget = PacketLayers.MOST_LAYERS - 1;
    private int spatial;
    private int temporal;
    private boolean behind;

    /** What is wanted. */
    void target(int spatialLayer, int temporalLayer) {
        spatialTarget = clamp(spatialLayer);
        temporalTarget = clamp(temporalLayer);
    }

    private static int clamp(int layer) {
        return Math.max(0, Math.min(layer, PacketLayers.MOST_LAYERS - 1));
    }

    /** Highest spatial layer that is sent. */
    int spatial() {
        return spatial;
    }

    /** Highest temporal layer that is sent. */
    int temporal() {
        return temporal;
    }

    /** Whether the receiver may begin with a packet that {@link VideoPacket#begins begins} something. */
    boolean canBegin(PacketLayers layers) {
        return !layers.known || layers.canBegin(reach(layers));
    }

    /** The receiver begins with this packet: nothing before it matters. */
    void begin(PacketLayers layers) {
        spatial = reach(layers);
        temporal = temporalTarget;
        behind = false;
    }

    private int reach(PacketLayers layers) {
        return Math.min(spatialTarget, layers.spatialLayers - 1);
    }

    /** At the first packet of a frame: moves as far as this frame allows. */
    void move(PacketLayers layers, boolean newPicture) {
        int wanted = reach(layers);
        if (wanted == spatial && temporalTarget == temporal) {
            behind = false;
            return;
        }
        if ((newPicture || temporalTarget == temporal) && layers.canMove(spatial, temporal, wanted, temporalTarget)) {
            spatial = wanted;
            temporal = temporalTarget;
            behind = false;
            return;
        }
        if (newPicture) {
            if (temporalTarget < temporal) {
                temporal = temporalTarget;
            } else if (temporal < temporalTarget && layers.canMove(spatial, temporal, spatial, temporal + 1)) {
                temporal++;
            }
        }
        if (wanted > spatial && layers.canMove(spatial, temporal, spatial + 1, temporal)) {
            spatial++;
        } else if (wanted < spatial && layers.canMove(spatial, temporal, wanted, temporal)) {
            spatial = wanted;
        }
        behind = spatial != wanted;
    }

    /** Whether the wanted spatial layer has not been reached: a key picture would help. */
    boolean isBehind() {
        return behind;
    }

    /** Whether the receiver gets a packet. */
    boolean wants(PacketLayers layers) {
        return !layers.known || layers.neededFor(spatial, temporal);
    }
}
