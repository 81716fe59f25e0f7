package org.videowindow.focus.xmpp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from the first to the longest, each time between half and all of
 * it, so that many clients of one server do not come back in step. Not for several threads.
 */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration current;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.current = first;
    }

    /** The next wait. */
    Duration next() {
        Duration wait = current.dividedBy(2).plusMillis(random.nextLong(current.toMillis() / 2 + 1));
        current = current.multipliedBy(2).compareTo(longest) > 0 ? longest : current.multipliedBy(2);
        return wait;
    }

    /** An attempt succeeded: start small again. */
    void reset() {
        current = first;
    }
}
