package org.videowindow.bridge.layers;

/**
 * How the timestamps of one stream lie on the clock of its sender, by its last sender report (RFC 3550 section 6.4.1).
 * Owned by the worker, one per received stream.
 */
public final class SenderClock {
    private final int clockRate;
    private long ntp;
    private int timestamp;

    /** @param clockRate of the timestamps, Hz */
    public SenderClock(int clockRate) {
        this.clockRate = clockRate;
    }

    /** A sender report: this wall clock time is this timestamp. */
    public void report(long ntpTime, int rtpTimestamp) {
        ntp = ntpTime;
        timestamp = rtpTimestamp;
    }

    /** Whether anything is known. */
    public boolean isKnown() {
        return ntp != 0;
    }

    /** Ticks per second. */
    public int clockRate() {
        return clockRate;
    }

    /** The timestamp that this stream would give to what has that timestamp in another stream of the same sender. */
    public int timestampOf(int otherTimestamp, SenderClock other) {
        int sinceOther = otherTimestamp - other.timestamp;
        long ntpBetween = other.ntp - ntp;
        long ticksBetween = ((ntpBetween >> 16) * clockRate) >> 16;
        return timestamp + (int) ticksBetween + sinceOther;
    }
}
