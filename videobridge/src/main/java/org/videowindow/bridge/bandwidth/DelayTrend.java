package org.videowindow.bridge.bandwidth;

/**
 * The trend of the queuing delay: the slope of a line through the last {@link #WINDOW} smoothed delays, and what it says
 * about the link, by a threshold that adapts (draft-ietf-rmcat-gcc-02 sections 5.4 and 5.5, with the line in the place of
 * the Kalman filter).
 */
final class DelayTrend {
    /** What the link does. */
    enum Usage {
        /** Delays stay as they are. */
        NORMAL,
        /** A queue grows. */
        OVER,
        /** A queue empties. */
        UNDER
    }

    /** Groups the line goes through: fewer react sooner, more are steadier against jitter. */
    static final int WINDOW = 20;

    private static final double SMOOTHING = 0.9;

    /** The slope is weighed by the number of groups seen, up to this, and by the gain. */
    private static final int MOST_WEIGHT = 60;

    private static final double GAIN = 4;
    private static final double FIRST_THRESHOLD = 12.5;
    private static final double LEAST_THRESHOLD = 6;
    private static final double MOST_THRESHOLD = 600;

    /** Per millisecond: up fast when trends lie above the threshold, so that other flows do not starve us, down slowly. */
    private static final double THRESHOLD_UP = 0.0087;

    private static final double THRESHOLD_DOWN = 0.039;

    /** A trend so far above the threshold is a spike and does not move it. */
    private static final double SPIKE = 15;

    /** Overuse must last this long to be believed. */
    private static final double OVERUSE_MILLIS = 10;

    private final double[] times = new double[WINDOW];
    private final double[] delays = new double[WINDOW];
    private int samples;
    private double time;
    private double accumulated;
    private double smoothed;
    private double threshold = FIRST_THRESHOLD;
    private double trend;
    private double overusedMillis = -1;
    private int overusedGroups;
    private Usage usage = Usage.NORMAL;

    /** The next pair of groups. */
    void update(double sendDelta, double arrivalDelta) {
        time += arrivalDelta;
        accumulated += arrivalDelta - sendDelta;
        smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
        times[samples % WINDOW] = time;
        delays[samples % WINDOW] = smoothed;
        samples++;
        double before = trend;
        if (samples >= WINDOW) {
            trend = slope();
        }
        detect(before, sendDelta, arrivalDelta);
    }

    private double slope() {
        double meanTime = 0;
        double meanDelay = 0;
        for (int i = 0; i < WINDOW; i++) {
            meanTime += times[i];
            meanDelay += delays[i];
        }
        meanTime /= WINDOW;
        meanDelay /= WINDOW;
        double above = 0;
        double below = 0;
        for (int i = 0; i < WINDOW; i++) {
            double distance = times[i] - meanTime;
            above += distance * (delays[i] - meanDelay);
            below += distance * distance;
        }
        return below == 0 ? trend : above / below;
    }

    private void detect(double before, double sendDelta, double arrivalDelta) {
        double weighed = trend * Math.min(samples, MOST_WEIGHT) * GAIN;
        if (weighed > threshold) {
            overusedMillis = overusedMillis < 0 ? sendDelta / 2 : overusedMillis + sendDelta;
            overusedGroups++;
            if (overusedMillis > OVERUSE_MILLIS && overusedGroups > 1 && trend >= before) {
                overusedMillis = 0;
                overusedGroups = 0;
                usage = Usage.OVER;
            }
        } else {
            overusedMillis = -1;
            overusedGroups = 0;
            usage = weighed < -threshold ? Usage.UNDER : Usage.NORMAL;
        }
        adapt(Math.abs(weighed), arrivalDelta);
    }

    private void adapt(double weighed, double passed) {
        if (weighed > threshold + SPIKE) {
            return;
        }
        double rate = weighed < threshold ? THRESHOLD_DOWN : THRESHOLD_UP;
        threshold += rate * (weighed - threshold) * Math.min(passed, 100);
        threshold = Math.max(LEAST_THRESHOLD, Math.min(MOST_THRESHOLD, threshold));
    }

    Usage usage() {
        return usage;
    }

    /** Slope of the delay, without unit. */
    double trend() {
        return trend;
    }

    /** Forgets the delays but not the threshold. */
    void restart() {
        samples = 0;
        time = 0;
        accumulated = 0;
        smoothed = 0;
        trend = 0;
        overusedMillis = -1;
        overusedGroups = 0;
        usage = Usage.NORMAL;
    }
}
