package org.videowindow.bridge.conference;

/**
 * Which share of the video that receivers would get they may be sent while a lane is given more than its thread can do. A
 * lane that has not emptied its socket for a while is full; then the share is lowered twice a second, down to nothing at
 * all, so that sound and handshakes survive. A lane that has been less busy for a while may send a little more, and waits
 * longer with the next attempt when that led straight back. A pure function of what it is told. Owned by its {@link Lane}.
 */
final class LoadLimit {
    /** A lane that finds more than it takes for this long is full: a burst of key frames is over by then. */
    static final long FULL_NANOS = 300_000_000L;

    /** How often the share is lowered: what was decided before is done by then, and the queue begins to shrink. */
    static final long LOWERING_NANOS = 500_000_000L;

    private static final double LOWER = 0.7;

    /** With less, no picture is worth its sending. */
    static final double LEAST = 0.05;

    /** A lane that is busier than that gets no more to do. Between it and full lies more than one step. */
    static final double BUSY = 0.8;

    private static final long WINDOW_NANOS = 500_000_000L;

    /** How long a lane is not busy before the share is raised, and after it was. */
    static final long CALM_NANOS = 5_000_000_000L;

    static final long LONGEST_CALM_NANOS = 60_000_000_000L;

    /** A lane that is full so soon after the share was raised is so because of that. */
    static final long STRAIGHT_BACK_NANOS = 20_000_000_000L;

    private static final double SMALLEST_STEP = 0.05;
    private static final double STEP = 0.1;

    private double share = 1;
    private double least = 1;
    private long since;
    private boolean crowded;
    private long crowdedSince;
    private long loweredAt;
    private long windowAt;
    private long busyThen;
    private long calmSince;
    private long calm = CALM_NANOS;

    /** Whether the last change was upwards, and what the share was before it. */
    private boolean raised;

    private long raisedAt;
    private double shareBefore;

    LoadLimit(long now) {
        windowAt = now;
        calmSince = now;
        loweredAt = now - LOWERING_NANOS;
    }

    /**
     * A turn of the lane has ended. Time without turns counts for nothing.
     *
     * @param emptied whether it took all that the socket held
     * @param busyNanos time that the lane was not waiting, since it exists
     * @return whether the share is another one now
     */
    boolean turn(long now, boolean emptied, long busyNanos) {
        if (now - windowAt >= WINDOW_NANOS) {
            if (busyNanos - busyThen >= BUSY * (now - windowAt)) {
                calmSince = now;
            }
            windowAt = now;
            busyThen = busyNanos;
        }
        if (emptied) {
            crowded = false;
        } else if (!crowded) {
            crowded = true;
            crowdedSince = now;
        }
        if (crowded && now - crowdedSince >= FULL_NANOS) {
            calmSince = now;
            return lower(now);
        }
        if (raised && now - raisedAt >= STRAIGHT_BACK_NANOS) {
            calm = CALM_NANOS;
        }
        return share < 1 && now - calmSince >= calm && raise(now);
    }

    private boolean lower(long now) {
        if (share == 0 || now - loweredAt < LOWERING_NANOS) {
            return false;
        }
        loweredAt = now;
        if (share == 1) {
            since = now;
            least = 1;
        }
        if (raised && now - raisedAt < STRAIGHT_BACK_NANOS) {
            calm = Math.min(2 * calm, LONGEST_CALM_NANOS);
            share = shareBefore;
        } else {
            calm = raised ? CALM_NANOS : calm;
            share = share * LOWER < LEAST ? 0 : share * LOWER;
        }
        raised = false;
        least = Math.min(least, share);
        return true;
    }

    private boolean raise(long now) {
        if (raised) {
            // The last one was no mistake.
            calm = CALM_NANOS;
        }
        raised = true;
        raisedAt = now;
        shareBefore = share;
        calmSince = now;
        double higher = share + Math.max(SMALLEST_STEP, share * STEP);
        // A last step that is next to nothing would only be another decision for everybody.
        share = higher > 1 - SMALLEST_STEP / 2 ? 1 : higher;
        return true;
    }

    /** What receivers may be sent, of what they would be sent otherwise: 0 to 1. */
    double share() {
        return share;
    }

    /** When the share became less than 1; means nothing while it is 1. */
    long since() {
        return since;
    }

    /** The least that the share has been since {@link #since}. */
    double least() {
        return least;
    }
}
