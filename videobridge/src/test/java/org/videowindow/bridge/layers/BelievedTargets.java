package org.videowindow.bridge.layers;

import static org.assertj.core.api.Assertions.assertThat;

import org.videowindow.bridge.rtp.RtpPacket;

/**
 * Which decode targets of a model stream a receiver believes to get, by the descriptors of its packets in order (AV1 RTP
 * specification, appendix A.4.2): all of them with each structure, unless a mask says otherwise.
 */
final class BelievedTargets {
    private final int spatialLayers;
    private final int temporalLayers;
    private int active;
    private byte[] bytes = {};
    private int bit;

    BelievedTargets(int spatialLayers, int temporalLayers) {
        this.spatialLayers = spatialLayers;
        this.temporalLayers = temporalLayers;
    }

    /** The next packet; one without descriptor changes nothing. */
    void read(RtpPacket packet) {
        if (!packet.findExtension(ModelEncoding.DESCRIPTOR_ID)) {
            return;
        }
        bytes = packet.buffer();
        bit = (packet.elementOffset() + 3) * 8;
        boolean structure = next(1) == 1;
        boolean told = next(1) == 1;
        bit += 3;
        if (structure) {
            bit += ModelDescriptor.structureBits(spatialLayers, temporalLayers);
            active = (1 << (spatialLayers * temporalLayers)) - 1;
        }
        if (told) {
            active = next(spatialLayers * temporalLayers);
            assertThat(bit)
                    .as("within the element")
                    .isLessThanOrEqualTo((packet.elementOffset() + packet.elementLength()) * 8);
        }
    }

    private int next(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value = value << 1 | (bytes[bit >> 3] >> (7 - (bit & 7)) & 1);
        }
        return value;
    }

    /** Whether the receiver expects everything up to these layers, and no more. */
    boolean areUpTo(int spatial, int temporal) {
        for (int s = 0; s < spatialLayers; s++) {
            for (int t = 0; t < temporalLayers; t++) {
                boolean expected = (active >> (s * temporalLayers + t) & 1) != 0;
                if (expected != (s <= spatial && t <= temporal)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether a frame is part of anything that the receiver expects. */
    boolean include(ModelFrame frame) {
        for (int s = frame.spatial(); s < spatialLayers; s++) {
            for (int t = frame.temporal(); t < temporalLayers; t++) {
                if ((active >> (s * temporalLayers + t) & 1) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return Integer.toBinaryString(active);
    }
}
