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
    /** What costs that part more or less is not written down anew. */
    static final int MEASURED = 8;

    /** Whether the receiver is to get anything of the source. */
    public boolean isSent() {
        return !target.isNone();
    }

    /** Whether the receiver wants it and it is among the first lastN, be there bandwidth for it or not. */
    public boolean isWanted() {
        return reason != Reason.LAST_N && reason != Reason.NOT_WANTED && reason != Reason.MUTED;
    }

    /** Whether there was a fall, long ago. */
    boolean isForgiven(long now) {
        return falls > 0 && now - loweredAt >= Candidate.FORGIVEN_NANOS;
    }

    /** The same without any fall. */
    SourceDecision forgiven() {
        return new SourceDecision(name, target, height, framesPerSecond, bitsPerSecond, reason, 0, raisedAt, 0);
    }

    /** Whether the layer differs from what was decided by no more than measuring does. */
    boolean isAt(OfferedLayer layer) {
        return height == layer.height()
                && Math.abs(layer.framesPerSecond() - framesPerSecond) <= SourceOffer.FRAMES
                && Math.abs(layer.bitsPerSecond() - bitsPerSecond) <= bitsPerSecond / MEASURED;
    }

    /** The same layer as it arrives now. */
    SourceDecision at(OfferedLayer layer) {
        return of(name, target, layer, reason, loweredAt, raisedAt, falls);
    }

    /** A layer of the source is sent, as it arrives now. */
    static SourceDecision of(
            String name,
            LayerTarget target,
            OfferedLayer layer,
            Reason reason,
            long loweredAt,
            long raisedAt,
            int falls) {
        return new SourceDecision(
                name,
                target,
                layer.height(),
                layer.framesPerSecond(),
                layer.bitsPerSecond(),
                reason,
                loweredAt,
                raisedAt,
                falls);
    }

    /** Nothing of the source is sent. */
    static SourceDecision nothing(String name, Reason reason) {
        return new SourceDecision(name, LayerTarget.NONE, 0, 0, 0, reason, 0, 0, 0);
    }
}
