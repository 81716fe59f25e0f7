package org.videowindow.portal.shard;

import java.time.Duration;

/**
 * What is known about one shard's health, and when to ask again. Pure state: time is passed in as nanoseconds of a
 * clock that only goes forward. Owned and guarded by {@link ShardRegistry}.
 *
 * <pre>
 * UNKNOWN --answer 200--> HEALTHY --no or another answer--> UNHEALTHY --answer 200--> HEALTHY
 *    \-----no or another answer---------------------------------^
 * </pre>
 */
final class ShardHealth {
    /** How often a healthy shard is asked. More often finds a loss sooner and costs a request each. */
    static final Duration WHILE_HEALTHY = Duration.ofSeconds(2);

    /** The first wait after a failure; it doubles with each further one. */
    static final Duration FIRST_RETRY = Duration.ofMillis(500);

    /** The longest wait. Longer spares a dead host requests, shorter finds its return sooner. */
    static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    enum State {
        /** Not asked yet. */
        UNKNOWN,
        /** The last answer said that a call could be started. */
        HEALTHY,
        /** The last question brought no answer, or another one. */
        UNHEALTHY
    }

    private State state = State.UNKNOWN;
    private long askAtNanos;
    private Duration retry = FIRST_RETRY;

    ShardHealth(long nowNanos) {
        askAtNanos = nowNanos;
    }

    State state() {
        return state;
    }

    /** Nanoseconds until the next question; zero or less when it is due. */
    long untilDue(long nowNanos) {
        return askAtNanos - nowNanos;
    }

    /**
     * Takes what the shard answered.
     *
     * @return whether the state has changed
     */
    boolean answered(boolean healthy, long nowNanos) {
        State before = state;
        if (healthy) {
            state = State.HEALTHY;
            retry = FIRST_RETRY;
            askAtNanos = nowNanos + WHILE_HEALTHY.toNanos();
        } else {
            state = State.UNHEALTHY;
            askAtNanos = nowNanos + retry.toNanos();
            Duration doubled = retry.multipliedBy(2);
            retry = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
        }
        return state != before;
    }
}
