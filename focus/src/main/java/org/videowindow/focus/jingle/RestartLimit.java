package org.videowindow.focus.jingle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often one participant may ask to be invited again. Each restart costs an allocation and tells everybody else; a
 * client whose network is broken asks for ever.
 *
 * <p>Belongs to the participant, outlives its sessions.
 */
public final class RestartLimit {
    private final Duration distance;
    private final int count;
    private final Duration window;
    private final Deque<Long> granted = new ArrayDeque<>();

    /**
     * Grants at most {@code count} within {@code window}, and none sooner than {@code distance} after the one before.
     */
    public RestartLimit(Duration distance, int count, Duration window) {
        this.distance = distance;
        this.count = count;
        this.window = window;
    }

    /** Whether a restart is granted at this time, in nanoseconds; a grant counts. */
    public boolean grant(long nanoTime) {
        while (!granted.isEmpty() && nanoTime - granted.peekFirst() >= window.toNanos()) {
            granted.pollFirst();
        }
        boolean tooSoon = !granted.isEmpty() && nanoTime - granted.peekLast() < distance.toNanos();
        if (tooSoon || granted.size() >= count) {
            return false;
        }
        granted.addLast(nanoTime);
        return true;
    }
}
