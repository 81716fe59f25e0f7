package org.videowindow.portal.limit;

import java.time.Duration;

/**
 * So many attempts at once and, used up, as many again spread evenly over a window: the generic cell rate algorithm
 * (ITU-T I.371, annex A) with one number per client, the moment when the allowance will be whole again. An attempt moves
 * that moment on by {@link #step} and is allowed while it stays within the window. Pure; all times in microseconds.
 *
 * @param name keeps the clients of different limits apart
 */
record Allowance(String name, int attempts, Duration length) {
    /** What one attempt costs. */
    long step() {
        return window() / attempts;
    }

    long window() {
        return length.toNanos() / 1000;
    }

    /** How long a client has to wait whose allowance will be whole at a moment. */
    Duration untilNext(long usedUntil, long now) {
        return Duration.ofNanos(1000 * Math.clamp(usedUntil + step() - now - window(), 1, window()));
    }
}
