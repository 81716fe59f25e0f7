package org.videowindow.bridge.allocation;

import org.videowindow.bridge.layers.LayerTarget;

/**
 * What one receiver is sent of one source.
 *
 * @param name of the source
 * @param target up to which layer
 * @param height of the picture, 0 for nothing or while unknown
 * @param framesPerSecond of the picture, 0 for nothing or while unknown
 * @param bitsPerSecond what it costs
 * @param reason why not more
 * @param loweredAt when bandwidth last took something away, or when a {@link Reason#TRIAL} began; means nothing else
 * @param raisedAt when it was last given more than before; means nothing when nothing is sent
 * @param falls how often that happened in a row, each time soon after the time before
 */
public record SourceDecision(
        String name,
        LayerTarget target,
        int height,
        double framesPerSecond,
        long bitsPerSecond,
        Reason reason,
        long loweredAt,
        long raisedAt,
        int falls) {
    /** Whether the receiver is to get anything of the source. */
    public boolean isSent() {
        return !target.isNone();
    }

    /** Whether the receiver wants it and it is among the first lastN, be there bandwidth for it or not. */
    public boolean isWanted() {
        return reason != Reason.LAST_N && reason != Reason.NOT_WANTED && reason != Reason.MUTED;
    }

    /** Nothing of the source is sent. */
    static SourceDecision nothing(String name, Reason reason) {
        return new SourceDecision(name, LayerTarget.NONE, 0, 0, 0, reason, 0, 0, 0);
    }
}
