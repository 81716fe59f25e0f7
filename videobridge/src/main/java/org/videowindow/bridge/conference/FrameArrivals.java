package org.videowindow.bridge.conference;

/**
 * How the packets of one stream's frames arrive: back to back, or one by one from a sender or link that spreads them.
 * Held by its {@link ReceivedStream}. Owned by the worker.
 */
final class FrameArrivals {
    private int timestamp;
    private long firstAt;
    private boolean open;
    private boolean several;
    private boolean backToBack;

    /** In which collection of {@link FrameGathering} a frame lacks its end; 0 for none. */
    long collection;

    /**
     * A packet of a frame arrived.
     *
     * @param last whether it is marked as the last one
     */
    void packet(int frameTimestamp, boolean last, long now) {
        if (!open || frameTimestamp != timestamp) {
            // A frame whose end did not come says that waiting for it would have been in vain.
            backToBack &= !open;
            timestamp = frameTimestamp;
            firstAt = now;
            several = false;
        } else {
            several = true;
        }
        open = !last;
        if (last && several) {
            backToBack = now - firstAt <= FrameGathering.LONGEST_NANOS;
        }
    }

    /** Whether all of the last frame that had several packets arrived within the time that others would wait for it. */
    boolean areBackToBack() {
        return backToBack;
    }
}
