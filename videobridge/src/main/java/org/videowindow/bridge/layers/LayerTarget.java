package org.videowindow.bridge.layers;

/**
 * Up to which layer a source is to be sent to a receiver.
 *
 * @param encoding simulcast encoding, from 0, the smallest; -1 for nothing
 * @param spatial highest spatial layer within the encoding, from 0
 * @param temporal highest temporal layer, from 0
 */
public record LayerTarget(int encoding, int spatial, int temporal) {
    /** Nothing is sent. */
    public static final LayerTarget NONE = new LayerTarget(-1, -1, -1);

    /** Whether nothing is to be sent. */
    public boolean isNone() {
        return encoding < 0;
    }
}
