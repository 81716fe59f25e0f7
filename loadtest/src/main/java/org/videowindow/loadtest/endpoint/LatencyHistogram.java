package org.videowindow.loadtest.endpoint;

import java.util.Arrays;

/** Counts of latencies: steps of 10 µs up to 20 ms, of 1 ms up to 2 s. Owned by one thread; copies may be passed on. */
public final class LatencyHistogram {
    private static final long FINE = 10_000L;
    private static final int FINE_STEPS = 2_000;
    private static final long COARSE = 1_000_000L;
    private static final int COARSE_STEPS = 2_000;

    private final long[] counts = new long[FINE_STEPS + COARSE_STEPS];
    private long total;

    void add(long nanos) {
        long step = Math.max(0, nanos) / FINE;
        if (step >= FINE_STEPS) {
            step = Math.min(FINE_STEPS + (nanos - FINE_STEPS * FINE) / COARSE, (long) FINE_STEPS + COARSE_STEPS - 1);
        }
        counts[(int) step]++;
        total++;
    }

    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    LatencyHistogram copy() {
        LatencyHistogram copy = new LatencyHistogram();
        System.arraycopy(counts, 0, copy.counts, 0, counts.length);
        copy.total = total;
        return copy;
    }

    /** How many there are. */
    public long count() {
        return total;
    }

    /** The latency in milliseconds that a share of all does not exceed; NaN without any. */
    public double percentile(double share) {
        if (total == 0) {
            return Double.NaN;
        }
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int step = 0; step < counts.length; step++) {
            seen += counts[step];
            if (seen >= wanted) {
                return step < FINE_STEPS
                        ? (step + 1) * FINE / 1e6
                        : (FINE_STEPS * FINE + (step - FINE_STEPS + 1) * COARSE) / 1e6;
            }
        }
        return Double.NaN;
    }
}
