package org.videowindow.portal.mail;

import java.time.Duration;
import java.util.Optional;

/**
 * When to try again. The waits grow so that a server that is away for a minute delays a mail little and one that is away
 * for long is not pestered; after about an hour the link in the mail would be too old to be of use.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_ATTEMPTS = 12;

    private Backoff() {}

    /**
     * How long to wait.
     *
     * @param attempts how many have failed, at least one
     * @return empty when the mail is given up
     */
    static Optional<Duration> after(int attempts) {
        if (attempts >= MOST_ATTEMPTS) {
            return Optional.empty();
        }
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, 20));
        return Optional.of(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }
}
