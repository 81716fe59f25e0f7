package org.videowindow.bridge.bandwidth;

/**
 * The bit rate at which packets arrive, by the receiver's clock. Samples over short windows are blended into the
 * estimate by how far they may be trusted: one that differs much moves it little, unless others follow.
 */
final class AcknowledgedRate {
    static final double UNKNOWN = -1;

    /** The first value takes longer, because it is taken as it is. */
    private static final double FIRST_WINDOW_MILLIS = 500;

    /** Shorter follows a step sooner, longer evens out more frames. */
    private static final double WINDOW_MILLIS = 150;

    /** Standard deviation of a sample, in kbit/s, per part it differs from the estimate. */
    private static final double DISTRUST = 10;

    private static final double FIRST_VARIANCE = 50;

    /** Two samples in a row below this part of the estimate: it has really fallen. */
    private static final double FELL = 0.5;

    /** The true rate may drift by so much between two samples. */
    private static final double DRIFT_VARIANCE = 5;

    private boolean started;
    private double windowStart;
    private double windowBytes;
    private double estimate = UNKNOWN;
    private double variance = FIRST_VARIANCE;
    private double latest = UNKNOWN;
    private double beforeLatest = UNKNOWN;

    /** A packet arrived, at a time of the receiver's clock. */
    void received(double arrivalMillis, int bytes) {
        if (!started) {
            started = true;
            windowStart = arrivalMillis;
        }
        double passed = arrivalMillis - windowStart;
        double window = estimate < 0 ? FIRST_WINDOW_MILLIS : WINDOW_MILLIS;
        if (passed >= window) {
            sample(windowBytes * 8 / passed);
            windowStart = arrivalMillis;
            windowBytes = 0;
        }
        windowBytes += bytes;
    }

    private void sample(double kilobits) {
        beforeLatest = latest;
        latest = kilobits;
        if (estimate >= 0 && Math.max(beforeLatest, latest) < FELL * estimate) {
            estimate = Math.max(beforeLatest, latest);
            variance = FIRST_VARIANCE;
            return;
        }
        if (estimate < 0) {
            estimate = kilobits;
            return;
        }
        double deviation = DISTRUST * Math.abs(estimate - kilobits) / Math.max(1, estimate);
        double sampleVariance = Math.max(1e-6, deviation * deviation);
        double predicted = variance + DRIFT_VARIANCE;
        estimate = (sampleVariance * estimate + predicted * kilobits) / (sampleVariance + predicted);
        variance = sampleVariance * predicted / (sampleVariance + predicted);
    }

    /** Bit/s, or {@link #UNKNOWN}. */
    double bitsPerSecond() {
        return estimate < 0 ? UNKNOWN : estimate * 1000;
    }

    /**
     * Bit/s while a queue stands: then what arrives is what the link carries, so the newest samples are believed, the
     * larger of two because little may have been sent for a moment, within half and one and a half of the estimate, or
     * what is sent if that is more: a higher layer has just begun.
     *
     * @param sent bit/s
     */
    double bitsPerSecondBehindQueue(double sent) {
        double most = Math.max(estimate * 1.5, sent / 1000);
        return estimate < 0 ? UNKNOWN : Math.max(estimate / 2, Math.min(most, Math.max(latest, beforeLatest))) * 1000;
    }

    /** Nothing came for long, or it comes by another way. */
    void forget() {
        started = false;
        windowBytes = 0;
        estimate = UNKNOWN;
        latest = UNKNOWN;
        beforeLatest = UNKNOWN;
        variance = FIRST_VARIANCE;
    }
}
