package org.videowindow.bridge.conference;

/**
 * Whether what is to be sent waits a moment for the rest of a frame: sent together, a frame costs a receiver hardly more
 * than one packet. Only pictures wait, only for streams whose frames arrive back to back, and only where there are
 * receivers enough. Owned by the worker.
 */
final class FrameGathering {
    /**
     * How long a packet waits at most. Packets that were sent back to back arrive within it; higher only adds delay where
     * the end of a frame was lost.
     */
    static final long LONGEST_NANOS = 300_000;

    /** Receivers from which on a frame that is sent in parts costs more than looking for the rest of it. */
    static final int FEWEST_TAKERS = 4;

    /** Number of the collection of packets that are sent together. */
    private long collection = 1;

    private int open;
    private long since;
    private boolean begun;

    /**
     * A packet of a picture arrived, which goes to others.
     *
     * @param arrivals of its stream
     * @param takers how many get it
     * @param last whether it is marked as the last one of its frame
     */
    void packet(FrameArrivals arrivals, int takers, int timestamp, boolean last, long now) {
        arrivals.packet(timestamp, last, now);
        boolean known = arrivals.collection == collection;
        if (last && known) {
            arrivals.collection = 0;
            open--;
        } else if (!last && !known && takers >= FEWEST_TAKERS && arrivals.areBackToBack()) {
            arrivals.collection = collection;
            open++;
        }
    }

    /** At the end of a turn: whether what is to be sent waits for another one. */
    boolean waits(long now) {
        if (open == 0) {
            return false;
        }
        if (!begun) {
            begun = true;
            since = now;
        }
        return now - since < LONGEST_NANOS;
    }

    /** Nanoseconds until what waits is to be sent, {@link Long#MAX_VALUE} when nothing waits. */
    long untilEnd(long now) {
        return begun ? Math.max(0, since + LONGEST_NANOS - now) : Long.MAX_VALUE;
    }

    /** What waited was sent. */
    void sent() {
        collection++;
        open = 0;
        begun = false;
    }
}
