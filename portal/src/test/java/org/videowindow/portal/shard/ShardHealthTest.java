package org.videowindow.portal.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardHealthTest {
    private final ShardHealth health = new ShardHealth(0);

    @Test
    void isAskedAtOnceAndUnknownUntilThen() {
        assertThat(health.state()).isEqualTo(ShardHealth.State.UNKNOWN);
        assertThat(health.untilDue(0)).isZero();
    }

    @Test
    void tellsWhenTheStateChanges() {
        assertThat(health.answered(false, 0)).isTrue();
        assertThat(health.answered(false, 1)).isFalse();
        assertThat(health.answered(true, 2)).isTrue();
        assertThat(health.state()).isEqualTo(ShardHealth.State.HEALTHY);
        assertThat(health.answered(true, 3)).isFalse();
        assertThat(health.answered(false, 4)).isTrue();
        assertThat(health.state()).isEqualTo(ShardHealth.State.UNHEALTHY);
    }

    @Test
    void asksAHealthyShardAtAnEvenPace() {
        health.answered(true, 5);
        assertThat(health.untilDue(5)).isEqualTo(ShardHealth.WHILE_HEALTHY.toNanos());
    }

    @Test
    void asksALostShardLessAndLessOftenUpToABound() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            health.answered(false, 0);
            waits.add(Duration.ofNanos(health.untilDue(0)).toMillis());
        }
        assertThat(waits).containsExactly(500L, 1000L, 2000L, 4000L, 5000L, 5000L, 5000L);
        health.answered(true, 0);
        health.answered(false, 0);
        assertThat(Duration.ofNanos(health.untilDue(0))).isEqualTo(ShardHealth.FIRST_RETRY);
    }

    @Test
    void worksAcrossTheOverflowOfTheClock() {
        ShardHealth late = new ShardHealth(Long.MAX_VALUE);
        late.answered(true, Long.MAX_VALUE);
        assertThat(late.untilDue(Long.MAX_VALUE + 1)).isEqualTo(ShardHealth.WHILE_HEALTHY.toNanos() - 1);
    }
}
