package org.videowindow.bridge.retransmit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetransmissionPolicyTest {
    private static final long MILLI = 1_000_000;

    @Test
    void onePacketIsNotSentAgainWithinARoundTrip() {
        RetransmissionPolicy policy = new RetransmissionPolicy(1_000_000, 100_000);
        policy.roundTrip(60 * MILLI);
        assertThat(policy.allow(1, 7, 1000, 0)).isTrue();
        assertThat(policy.allow(1, 7, 1000, 59 * MILLI)).isFalse();
        assertThat(policy.allow(1, 8, 1000, 59 * MILLI)).isTrue();
        assertThat(policy.allow(2, 7, 1000, 59 * MILLI)).isTrue();
        assertThat(policy.allow(1, 7, 1000, 60 * MILLI)).isTrue();
    }

    @Test
    void seventeenThousandPacketsAskedForAtOnceAreNotSent() {
        RetransmissionPolicy policy = new RetransmissionPolicy(250_000, 64_000);
        long sent = 0;
        for (int i = 0; i < 17_000; i++) {
            sent += policy.allow(1, i, 1200, 0) ? 1200 : 0;
        }
        assertThat(sent).isLessThanOrEqualTo(64_000).isGreaterThan(60_000);
    }

    @Test
    void overTimeTheBitRateHolds() {
        RetransmissionPolicy policy = new RetransmissionPolicy(250_000, 64_000);
        policy.roundTrip(15 * MILLI);
        long sent = 0;
        for (int i = 0; i < 100_000; i++) {
            sent += policy.allow(1, i & 0xFFFF, 1200, i * MILLI / 10) ? 1200 : 0;
        }
        assertThat(sent).isBetween(2_400_000L, 2_564_000L);
    }
}
