package org.videowindow.bridge.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aBurstPassesAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(10, 20, 0);

        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += bucket.take(0) ? 1 : 0;
        }
        assertThat(passed).isEqualTo(20);
        assertThat(bucket.refusedInARow()).isEqualTo(80);

        passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += bucket.take(SECOND) ? 1 : 0;
        }
        assertThat(passed).isEqualTo(10);
    }

    @Test
    void aPauseFillsNoMoreThanTheBurst() {
        TokenBucket bucket = new TokenBucket(1_000, 5, 0);

        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += bucket.take(3_600 * SECOND) ? 1 : 0;
        }
        assertThat(passed).isEqualTo(5);
    }
}
