package org.videowindow.bridge.conference;

/**
 * Of how many frames a part waits to be sent while the rest is likely to arrive at once. Sent together they cost little
 * more than one packet per receiver. Owned by the worker.
 */
final class OpenFrames {
    /** Receivers from which on a frame that is sent in parts costs more than waiting for the rest of it. */
    private static final int FEWEST_TAKERS = 4;

    /** Number of the collection of packets that are sent together. */
    private long collection = 1;

    private int open;

    /**
     * A packet of a picture goes to the takers of its stream.
     *
     * @param last whether it is the last one of its frame
     */
    void packet(ReceivedStream stream, boolean last) {
        if (stream.takers().length < FEWEST_TAKERS) {
            return;
        }
        boolean known = stream.openFrame() == collection;
        if (last && known) {
            stream.openFrame(0);
            open--;
        } else if (!last && !known) {
            stream.openFrame(collection);
            open++;
        }
    }

    /** Whether there are any. */
    boolean any() {
        return open > 0;
    }

    /** What waited was sent. */
    void sent() {
        collection++;
        open = 0;
    }
}
