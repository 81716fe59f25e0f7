package org.videowindow.bridge.conference;

/**
 * Whether one thread serves all lanes, by how busy they are. One thread wakes up less often than several, and finds in its
 * core's caches what it needs; several can do more. A pure function of what it is told. Owned by the {@link Host}.
 */
class LaneSharing {
    /** How often the answer can change. A thread that is overwhelmed is so for this long. */
    static final long INTERVAL_NANOS = 100_000_000L;

    /** Share of one core above which one thread is not enough: sending, which stands beside it, needs as much again. */
    static final double MOST = 0.5;

    /** Share of one core below which one thread may be enough. */
    static final double LITTLE = 0.25;

    /** How long it has to be little: meetings begin together, and grow. */
    static final long CALM_NANOS = 5_000_000_000L;

    private boolean shared = true;
    private long lookedAt;
    private long busyThen;
    private long calmSince;

    LaneSharing(long now) {
        lookedAt = now;
        calmSince = now;
    }

    /**
     * Whether one thread is to serve all lanes.
     *
     * @param busyNanos time that all lanes together were not waiting, since they exist
     */
    boolean isShared(long now, long busyNanos) {
        long elapsed = now - lookedAt;
        if (elapsed < INTERVAL_NANOS) {
            return shared;
        }
        double share = (busyNanos - busyThen) / (double) elapsed;
        lookedAt = now;
        busyThen = busyNanos;
        if (share >= LITTLE) {
            calmSince = now;
        }
        shared = shared ? share <= MOST : now - calmSince >= CALM_NANOS;
        return shared;
    }
}
