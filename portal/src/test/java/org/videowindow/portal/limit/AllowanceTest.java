package org.videowindow.portal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private final Allowance five = new Allowance("test", 5, Duration.ofSeconds(10));

    @Test
    void anAttemptCostsItsShareOfTheWindow() {
        assertThat(five.window()).isEqualTo(10_000_000);
        assertThat(five.step()).isEqualTo(2_000_000);
    }

    @Test
    void whoHasUsedAllWaitsForOneShare() {
        assertThat(five.untilNext(10_000_000, 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(five.untilNext(10_000_000, 1_500_000)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void nobodyWaitsLongerThanTheWindowWhateverAWrongClockWrote() {
        assertThat(five.untilNext(Long.MAX_VALUE / 2, 0)).isEqualTo(Duration.ofSeconds(10));
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
