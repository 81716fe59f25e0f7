package org.videowindow.bridge.conference;

/**
 * How much of a video source an endpoint wants at most.
 *
 * @param maxHeight pixels; 0 means do not send
 * @param maxFrameRate frames per second
 */
public record VideoConstraint(int maxHeight, double maxFrameRate) {
    /** Everything there is. */
    public static final VideoConstraint UNLIMITED = new VideoConstraint(Integer.MAX_VALUE, Double.POSITIVE_INFINITY);

    public VideoConstraint {
        if (maxHeight < 0 || !(maxFrameRate >= 0)) {
            throw new IllegalArgumentException("A constraint is not negative: " + maxHeight + ", " + maxFrameRate);
        }
    }

    /** Up to a height, with all frames. */
    public static VideoConstraint height(int maxHeight) {
        return new VideoConstraint(maxHeight, Double.POSITIVE_INFINITY);
    }
}
