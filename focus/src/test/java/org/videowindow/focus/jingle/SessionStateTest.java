package org.videowindow.focus.jingle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of the session's states, all of it, and the limit of restarts. */
class SessionStateTest {
    @ParameterizedTest
    @CsvSource({
        "ALLOCATING, ALLOCATED, OFFERED",
        "ALLOCATING, ACCEPTED,",
        "ALLOCATING, OVER,      ENDED",
        "OFFERED,    ALLOCATED,",
        "OFFERED,    ACCEPTED,  ACTIVE",
        "OFFERED,    OVER,      ENDED",
        "ACTIVE,     ALLOCATED,",
        "ACTIVE,     ACCEPTED,",
        "ACTIVE,     OVER,      ENDED",
        "ENDED,      ALLOCATED,",
        "ENDED,      ACCEPTED,",
        "ENDED,      OVER,"
    })
    void transition(SessionState from, SessionState.Event event, SessionState to) {
        assertThat(from.after(event).orElse(null)).isEqualTo(to);
    }

    @Test
    void restartsAreGrantedApartAndCountedWithinTheWindow() {
        RestartLimit limit = new RestartLimit(Duration.ofSeconds(5), 3, Duration.ofMinutes(1));
        assertThat(limit.grant(seconds(0))).isTrue();
        assertThat(limit.grant(seconds(4))).as("too soon").isFalse();
        assertThat(limit.grant(seconds(5))).as("a refusal does not count").isTrue();
        assertThat(limit.grant(seconds(10))).isTrue();
        assertThat(limit.grant(seconds(20))).as("the fourth").isFalse();
        assertThat(limit.grant(seconds(60))).as("the first is forgotten").isTrue();
        assertThat(limit.grant(seconds(64))).isFalse();
    }

    @Test
    void theClockMayStartAnywhere() {
        RestartLimit limit = new RestartLimit(Duration.ofSeconds(5), 3, Duration.ofMinutes(1));
        long late = Long.MAX_VALUE - 1_000_000_000L;
        assertThat(limit.grant(late)).isTrue();
        assertThat(limit.grant(late + 2_000_000_000L))
                .as("2 s later, over the end of long")
                .isFalse();
        assertThat(limit.grant(late + 6_000_000_000L)).isTrue();
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000_000L;
    }
}
