package org.videowindow.bridge.layers;

import org.videowindow.bridge.codec.PacketLayers;

/**
 * Whether an encoding, and which of its spatial layers, arrives. An encoding has stopped when it is silent while pictures
 * of another encoding of the same source arrive: a source that sends nothing, or a picture now and then, has not.
 *
 * <p>Owned by the worker, one per received video.
 */
public final class Presence {
    /** Shortest silence that means anything. */
    private static final long SILENCE_NANOS = 100_000_000L;

    /** Pictures that others have sent meanwhile. */
    private static final int PICTURES = 3;

    private final long[] layerAt = new long[PacketLayers.MOST_LAYERS];
    private final int[] layerPicture = new int[PacketLayers.MOST_LAYERS];
    private boolean there;
    private boolean seen;
    private int timestamp;
    private int pictures;
    private int missed;
    private long lastAt;
    private int topSpatial;

    /** Whether a packet with that timestamp begins another picture than the packet before. */
    public boolean isNewPicture(int packetTimestamp) {
        if (seen && timestamp == packetTimestamp) {
            return false;
        }
        seen = true;
        timestamp = packetTimestamp;
        pictures++;
        return true;
    }

    /**
     * A packet of the encoding.
     *
     * @return whether the encoding, or this spatial layer, was not there before
     */
    public boolean arrived(PacketLayers layers, long now) {
        lastAt = now;
        missed = 0;
        boolean changed = !there;
        there = true;
        // A key picture tells which layers follow.
        int spatial = layers.keyFrame ? Math.max(layers.spatial, layers.spatialLayers - 1) : layers.spatial;
        for (int i = layers.spatial; i <= spatial; i++) {
            layerAt[i] = now;
            layerPicture[i] = pictures;
        }
        if (spatial > topSpatial) {
            topSpatial = spatial;
            changed = true;
        }
        return changed;
    }

    /** Another encoding of the source began a picture. */
    public void missedPicture() {
        missed++;
    }

    /** Whether the encoding arrives. */
    public boolean isThere() {
        return there;
    }

    /** Highest spatial layer that arrives. */
    public int topSpatial() {
        return topSpatial;
    }

    /** Whether the encoding or a spatial layer has stopped since the last question. */
    public boolean hasStopped(long now) {
        if (!there) {
            return false;
        }
        if (missed >= PICTURES && now - lastAt >= SILENCE_NANOS) {
            there = false;
            return true;
        }
        int top = topSpatial;
        while (top > 0 && pictures - layerPicture[top] > PICTURES && now - layerAt[top] >= SILENCE_NANOS) {
            top--;
        }
        boolean stopped = top != topSpatial;
        topSpatial = top;
        return stopped;
    }
}
