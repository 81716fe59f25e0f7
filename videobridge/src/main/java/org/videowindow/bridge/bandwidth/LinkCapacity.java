package org.videowindow.bridge.bandwidth;

/** Where the link was full the last times: near it the rate grows by steps, elsewhere by parts. */
final class LinkCapacity {
    private static final double OVERUSE_WEIGHT = 0.05;
    private static final double PROBE_WEIGHT = 0.5;
    private static final double LEAST_DEVIATION = 0.4;
    private static final double MOST_DEVIATION = 2.5;

    /** Width of the band that counts as near, in standard deviations. */
    private static final double BAND = 3;

    /** kbit/s. */
    private double estimate = -1;

    /** Variance, divided by the estimate. */
    private double deviation = LEAST_DEVIATION;

    /** A queue grew while this arrived. */
    void overused(double bitsPerSecond) {
        update(bitsPerSecond / 1000, OVERUSE_WEIGHT);
    }

    /** A probe filled the link. */
    void probed(double bitsPerSecond) {
        update(bitsPerSecond / 1000, PROBE_WEIGHT);
    }

    private void update(double sample, double weight) {
        if (estimate < 0) {
            estimate = sample;
        } else {
            estimate += weight * (sample - estimate);
        }
        double error = estimate - sample;
        deviation += weight * (error * error / Math.max(1, estimate) - deviation);
        deviation = Math.max(LEAST_DEVIATION, Math.min(MOST_DEVIATION, deviation));
    }

    boolean isKnown() {
        return estimate >= 0;
    }

    /** Bit/s. */
    double bitsPerSecond() {
        return estimate * 1000;
    }

    boolean isBelow(double bitsPerSecond) {
        return isKnown() && bitsPerSecond / 1000 > estimate + BAND * Math.sqrt(deviation * estimate);
    }

    boolean isAbove(double bitsPerSecond) {
        return isKnown() && bitsPerSecond / 1000 < estimate - BAND * Math.sqrt(deviation * estimate);
    }

    void forget() {
        estimate = -1;
    }
}
