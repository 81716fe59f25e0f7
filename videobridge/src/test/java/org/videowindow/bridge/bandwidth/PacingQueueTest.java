package org.videowindow.bridge.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacingQueueTest {
    private static final long MILLI = 1_000_000;
    private static final long ESTIMATE = 400_000;
    private final PacingQueue queue = new PacingQueue();
    private final byte[] packet = new byte[1_200];

    @Test
    void aSmallFramePassesAndALargeOneIsSpread() {
        long now = 0;
        int passed = 0;
        while (queue.passes(1_200, false, ESTIMATE, now)) {
            passed++;
        }
        assertThat(passed).isBetween(4, 6);
        for (int i = 0; i < 20; i++) {
            queue.add(packet, 0, 1_200, i, now);
        }
        assertThat(queue.passes(1_200, false, ESTIMATE, now)).as("order").isFalse();
        int left = 0;
        while (!queue.isEmpty()) {
            now += 2 * MILLI;
            while (queue.due(ESTIMATE, now)) {
                assertThat(queue.mark()).isEqualTo(left++);
                queue.remove();
            }
        }
        assertThat(left).isEqualTo(20);
        // A million bits per second would take 192 ms: what has waited for 100 ms does not wait longer.
        assertThat(now).isBetween(80 * MILLI, PacingQueue.LONGEST_WAIT_NANOS + 2 * MILLI);
    }

    @Test
    void whileAQueueStandsBeforeTheLinkNothingLeavesMuchFasterThanTheEstimate() {
        queue.strain(true);
        long now = 0;
        for (int i = 0; i < 30; i++) {
            queue.add(packet, 0, 1_200, i, now);
        }
        int left = 0;
        while (now < 400 * MILLI) {
            now += 2 * MILLI;
            while (queue.due(ESTIMATE, now)) {
                left++;
                queue.remove();
            }
        }
        // 440,000 bits per second for 0.4 s, and what leaves at the begin.
        assertThat(left * 1_200).isBetween(19_000, 25_000);
        while (!queue.isEmpty() && queue.due(ESTIMATE, PacingQueue.STRAINED_WAIT_NANOS)) {
            queue.remove();
        }
        assertThat(queue.isEmpty()).as("nothing waits for ever").isTrue();
    }

    @Test
    void aRepetitionOvertakesWhenThereIsCredit() {
        queue.add(packet, 0, 1_200, 0, 0);
        assertThat(queue.passes(1_200, false, ESTIMATE, 0)).isFalse();
        assertThat(queue.passes(1_200, true, ESTIMATE, 0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsBytesAndOrderAndIsBounded(long seed) {
        Random random = new Random(seed);
        Deque<ByteBuffer> model = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            int length = 1 + random.nextInt(1_200);
            if (random.nextInt(100) < 55) {
                random.nextBytes(packet);
                while (!queue.fits(length)) {
                    takeOldest(model, seed);
                }
                queue.add(packet, 0, length, length, i);
                model.add(ByteBuffer.wrap(packet.clone(), 0, length));
            } else if (!model.isEmpty()) {
                takeOldest(model, seed);
            }
            assertThat(queue.size()).isEqualTo(model.size()).isLessThanOrEqualTo(PacingQueue.PACKETS);
        }
    }

    private void takeOldest(Deque<ByteBuffer> model, long seed) {
        assertThat(ByteBuffer.wrap(queue.buffer(), queue.offset(), queue.length()))
                .as("seed %d", seed)
                .isEqualTo(model.poll());
        assertThat(queue.mark()).isEqualTo(queue.length());
        queue.remove();
    }
}
