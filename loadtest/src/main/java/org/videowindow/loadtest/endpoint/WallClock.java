package org.videowindow.loadtest.endpoint;

import java.time.Instant;

/** The wall clock in nanoseconds, as the kernel stamps arrivals; read without allocation between two adjustments. */
final class WallClock {
    private static final long ADJUST = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private long offset;
    private long adjusted;

    WallClock() {
        adjust(System.nanoTime());
    }

    private void adjust(long monotonic) {
        Instant now = Instant.now();
        offset = now.getEpochSecond() * SECOND + now.getNano() - monotonic;
        adjusted = monotonic;
    }

    long now() {
        long monotonic = System.nanoTime();
        if (monotonic - adjusted > ADJUST) {
            adjust(monotonic);
        }
        return monotonic + offset;
    }

    /** What the wall clock is ahead of the monotonic one. */
    long offset() {
        return offset;
    }

    /** Now as NTP has it (RFC 3550 section 4). */
    long ntp() {
        long now = now();
        long seconds = now / SECOND + 2_208_988_800L;
        return seconds << 32 | ((now % SECOND) << 32) / SECOND;
    }
}
