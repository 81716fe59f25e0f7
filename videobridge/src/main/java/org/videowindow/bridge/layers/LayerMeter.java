package org.videowindow.bridge.layers;

import java.util.Arrays;
import java.util.List;
import org.videowindow.bridge.allocation.OfferedLayer;
import org.videowindow.bridge.codec.PacketLayers;

/**
 * What arrives of one encoding, by spatial and temporal layer, over the last second: bits, frames, heights. Counted once
 * per packet. Owned by the worker, one per received video.
 */
public final class LayerMeter {
    private static final int SPATIAL = 4;
    private static final int TEMPORAL = 4;
    private static final int CELLS = SPATIAL * TEMPORAL;
    private static final int SLICES = 4;
    private static final long SLICE_NANOS = 250_000_000L;

    /** What has just begun is counted as if it took so long: it begins with a key frame, worth some frames of its rate. */
    private static final long SHORTEST_NANOS = SLICE_NANOS / 2;

    /** Bytes per slice and layer: of all frames, and of those that higher spatial layers refer to. */
    private final int[] bytes = new int[SLICES * CELLS];

    private final int[] usedBytes = new int[SLICES * CELLS];
    private final short[] frames = new short[SLICES * CELLS];
    private final int[] height = new int[SPATIAL];
    private int slice;
    private int filled;
    private long sliceBegan;
    private boolean begun;

    /** A packet of the encoding. */
    public void count(PacketLayers layers, int length, boolean newPicture, long now) {
        turn(now);
        int spatial = Math.min(layers.spatial, SPATIAL - 1);
        int cell = slice * CELLS + spatial * TEMPORAL + Math.min(layers.temporal, TEMPORAL - 1);
        bytes[cell] += length;
        if (layers.usedByHigherSpatial) {
            usedBytes[cell] += length;
        }
        if (layers.known ? layers.frameStart : newPicture) {
            frames[cell]++;
        }
        for (int i = 0; i < layers.sizes && i < SPATIAL; i++) {
            height[i] = Math.min(layers.width(i), layers.height(i));
        }
    }

    private void turn(long now) {
        if (!begun) {
            begun = true;
            sliceBegan = now;
            return;
        }
        if (now - sliceBegan < SLICE_NANOS) {
            return;
        }
        long passed = Math.min((now - sliceBegan) / SLICE_NANOS, SLICES);
        for (int i = 0; i < passed; i++) {
            slice = (slice + 1) % SLICES;
            Arrays.fill(bytes, slice * CELLS, (slice + 1) * CELLS, 0);
            Arrays.fill(usedBytes, slice * CELLS, (slice + 1) * CELLS, 0);
            Arrays.fill(frames, slice * CELLS, (slice + 1) * CELLS, (short) 0);
            filled = Math.min(filled + 1, SLICES - 1);
        }
        sliceBegan += (now - sliceBegan) / SLICE_NANOS * SLICE_NANOS;
    }

    /**
     * Adds the layers that arrive now, by rising cost.
     *
     * @param guessedHeight in pixels, where the encoding does not tell; 0 for unknown
     */
    public void offer(int encoding, int guessedHeight, long now, List<OfferedLayer> into) {
        turn(now);
        long counted = filled * SLICE_NANOS + now - sliceBegan;
        double seconds = Math.max(SHORTEST_NANOS, counted) / 1e9;
        for (int spatial = 0; spatial < SPATIAL; spatial++) {
            double rate = 0;
            long before = -1;
            for (int temporal = 0; temporal < TEMPORAL; temporal++) {
                long count = sum(frames, spatial, temporal);
                long total = cost(spatial, temporal);
                rate += count;
                if (total == 0 || sum(bytes, spatial, temporal) == 0) {
                    continue;
                }
                if (total > before) {
                    into.add(new OfferedLayer(
                            encoding,
                            spatial,
                            temporal,
                            height[spatial] != 0 ? height[spatial] : guessedHeight,
                            rate / seconds,
                            (long) (total * 8 / seconds)));
                    before = total;
                }
            }
        }
    }

    /** Bytes of everything somebody needs who gets these layers. */
    private long cost(int spatialTarget, int temporalTarget) {
        long total = 0;
        for (int temporal = 0; temporal <= temporalTarget; temporal++) {
            total += sum(bytes, spatialTarget, temporal);
            for (int spatial = 0; spatial < spatialTarget; spatial++) {
                total += sum(usedBytes, spatial, temporal);
            }
        }
        return total;
    }

    private static long sum(int[] of, int spatial, int temporal) {
        long total = 0;
        for (int i = 0; i < SLICES; i++) {
            total += of[i * CELLS + spatial * TEMPORAL + temporal];
        }
        return total;
    }

    private static long sum(short[] of, int spatial, int temporal) {
        long total = 0;
        for (int i = 0; i < SLICES; i++) {
            total += of[i * CELLS + spatial * TEMPORAL + temporal];
        }
        return total;
    }
}
