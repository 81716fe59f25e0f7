package org.videowindow.bridge.allocation;

import org.videowindow.bridge.layers.LayerTarget;

/**
 * One way of sending a source, as it arrives now: everything up to this layer.
 *
 * @param encoding which simulcast encoding, from 0, the smallest
 * @param spatial highest spatial layer within the encoding, from 0
 * @param temporal highest temporal layer, from 0
 * @param height of the picture in pixels; 0 while unknown
 * @param framesPerSecond with all temporal layers up to this one; 0 while unknown
 * @param bitsPerSecond what it costs to send, including the layers that it needs
 */
public record OfferedLayer(
        int encoding, int spatial, int temporal, int height, double framesPerSecond, long bitsPerSecond) {
    /** The same layer as a target for what forwards. */
    public LayerTarget target() {
        return new LayerTarget(encoding, spatial, temporal);
    }
}
