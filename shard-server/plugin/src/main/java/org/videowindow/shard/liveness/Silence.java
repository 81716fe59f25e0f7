package org.videowindow.shard.liveness;

import java.time.Duration;
import java.time.Instant;
import org.videowindow.shard.config.ShardSettings.Liveness;

/**
 * How long one session has been silent and what follows from it; time is passed in. Owned by {@link LifeWatch}.
 *
 * <pre>
 * heard within ping-after                     nothing
 * silent for ping-after                       ask, and again after each ping-after
 * silent for gone-after                       gone
 * connection broken for resume-within         gone
 * </pre>
 */
final class Silence {
    /** What to do about a session. */
    enum Step {
        NOTHING,
        ASK,
        GONE
    }

    private final Liveness settings;
    private long stanzas = -1;
    private Instant heard;
    private Instant asked;
    private Instant detached;

    Silence(Liveness settings, Instant now) {
        this.settings = settings;
        this.heard = now;
        this.asked = now;
    }

    /**
     * Looks at a session.
     *
     * @param received stanzas received from it so far
     * @param isDetached whether its connection is broken and may be resumed
     */
    Step look(long received, boolean isDetached, Instant now) {
        if (received != stanzas) {
            stanzas = received;
            heard = now;
        }
        if (isDetached) {
            detached = detached == null ? now : detached;
            return passed(detached, settings.resumeWithin(), now) ? Step.GONE : Step.NOTHING;
        }
        if (detached != null) {
            detached = null;
            heard = now;
        }
        if (passed(heard, settings.goneAfter(), now)) {
            return Step.GONE;
        }
        if (passed(heard, settings.pingAfter(), now) && passed(asked, settings.pingAfter(), now)) {
            asked = now;
            return Step.ASK;
        }
        return Step.NOTHING;
    }

    private static boolean passed(Instant since, Duration limit, Instant now) {
        return !now.isBefore(since.plus(limit));
    }
}
