package org.videowindow.portal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final RateLimiter limiter = new RateLimiter(5, WINDOW);

    @Test
    void allowsSoManyAtOnceAndThenSaysHowLongToWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(limiter.take("a", 0)).isZero();
        }
        assertThat(limiter.take("a", 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(limiter.take("a", Duration.ofMillis(1999).toNanos())).isPositive();
        assertThat(limiter.take("a", Duration.ofSeconds(2).toNanos())).isZero();
        assertThat(limiter.take("a", Duration.ofSeconds(2).toNanos())).isPositive();
    }

    @Test
    void keysDoNotDisturbEachOther() {
        for (int i = 0; i < 6; i++) {
            limiter.take("a", 0);
        }
        assertThat(limiter.take("b", 0)).isZero();
    }

    @Test
    void neverSavesUpMoreThanTheAllowance() {
        limiter.take("a", 0);
        long muchLater = Duration.ofDays(1).toNanos();
        int allowed = 0;
        while (limiter.take("a", muchLater).isZero()) {
            allowed++;
        }
        assertThat(allowed).isEqualTo(5);
    }

    @Test
    void whatIsGivenBackDoesNotCount() {
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.take("a", 0)).isZero();
            limiter.giveBack("a");
        }
        limiter.giveBack("never seen");
        assertThat(limiter.size()).isEqualTo(1);
    }

    @Test
    void remembersABoundedNumberOfKeysAndForgetsTheLeastUsed() {
        for (int i = 0; i < 5; i++) {
            limiter.take("attacker", 0);
        }
        for (int i = 0; i < 3 * RateLimiter.MOST_KEYS; i++) {
            limiter.take("key-" + i, 0);
            if (i % 1000 == 0) {
                assertThat(limiter.take("attacker", 0)).isPositive();
            }
        }
        assertThat(limiter.size()).isEqualTo(RateLimiter.MOST_KEYS);
    }

    @Test
    void oneCustomersIpv6NetworkIsOneAddress() {
        assertThat(RateLimits.network("2001:db8:1:2:3:4:5:6")).isEqualTo(RateLimits.network("2001:db8:1:2::1"));
        assertThat(RateLimits.network("2001:db8:1:2::1")).isNotEqualTo(RateLimits.network("2001:db8:1:3::1"));
        assertThat(RateLimits.network("192.0.2.1")).isNotEqualTo(RateLimits.network("192.0.2.2"));
        assertThat(RateLimits.network("::ffff:192.0.2.1")).isEqualTo(RateLimits.network("192.0.2.1"));
        assertThat(RateLimits.network("not an address")).isEqualTo("not an address");
    }
}
