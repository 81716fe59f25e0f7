package org.videowindow.shard.token;

import java.time.Duration;
import java.time.Instant;
import org.videowindow.shard.config.ShardSettings.KeyFetching;

/**
 * Decides when the portal's keys are fetched; time is passed in. Not thread safe, owned by {@link PortalKeys}.
 *
 * <pre>
 * never loaded:  every retry
 * loaded:        every refresh; an unknown key id at most once per unknown-key-interval
 * failing:       retry, 2 retry, 4 retry ... retry-max, also for unknown key ids
 * </pre>
 */
final class KeySchedule {
    private final KeyFetching settings;
    private Instant next = Instant.MIN;
    private Instant lastAttempt = Instant.MIN;
    private Duration pause;
    private boolean loaded;

    KeySchedule(KeyFetching settings) {
        this.settings = settings;
        this.pause = settings.retry();
    }

    /** Whether a fetch is due by itself. */
    boolean due(Instant now) {
        return !now.isBefore(next);
    }

    /** Whether a key id that we do not know may cause a fetch now. */
    boolean dueForUnknownKey(Instant now) {
        if (!loaded || pause.compareTo(settings.retry()) > 0) {
            return due(now);
        }
        return lastAttempt.equals(Instant.MIN) || !now.isBefore(lastAttempt.plus(settings.unknownKeyInterval()));
    }

    void succeeded(Instant now) {
        loaded = true;
        lastAttempt = now;
        pause = settings.retry();
        next = now.plus(settings.refresh());
    }

    void failed(Instant now) {
        lastAttempt = now;
        next = now.plus(pause);
        if (loaded) {
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(settings.retryMax()) < 0 ? doubled : settings.retryMax();
        }
    }

    boolean loaded() {
        return loaded;
    }
}
