package org.videowindow.loadtest.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceivedStreamTest {
    private static final long MILLI = 1_000_000L;

    private final ReceivedStream stream = new ReceivedStream(1, 100, true, false);
    private long now = 1_000_000_000L;

    private ReceivedStream.Place arrive(int sequence) {
        now += MILLI;
        return stream.arrived(stream.index(sequence), 1_000, sequence * 3_600, now);
    }

    @Test
    void everyPacketCountsOnceAcrossTheRollOver() {
        for (int sequence = 65_500; sequence < 65_600; sequence++) {
            assertThat(arrive(sequence & 0xffff)).isEqualTo(ReceivedStream.Place.NEW);
        }
        assertThat(stream.expected()).isEqualTo(100);
        assertThat(stream.received).isEqualTo(100);
        assertThat(arrive(20)).isEqualTo(ReceivedStream.Place.DUPLICATE);
        assertThat(stream.index(64)).isEqualTo(65_600);
    }

    @Test
    void aShuffledStreamLacksExactlyWhatWasNotSent() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            ReceivedStream shuffled = new ReceivedStream(1, 100, true, false);
            List<Integer> order = new ArrayList<>();
            Set<Integer> lost = new HashSet<>();
            for (int block = 0; block < 100; block++) {
                List<Integer> next = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    int sequence = 65_000 + block * 10 + i;
                    // The first and the last are what the others are counted between.
                    boolean isEnd = block == 0 || block == 99;
                    if (!isEnd && random.nextInt(10) == 0) {
                        lost.add(sequence);
                    } else {
                        next.add(sequence);
                    }
                }
                if (block > 0 && block < 99) {
                    Collections.shuffle(next, random);
                }
                order.addAll(next);
            }
            for (int sequence : order) {
                shuffled.arrived(shuffled.index(sequence & 0xffff), 100, sequence, now);
            }
            assertThat(shuffled.expected() - shuffled.received)
                    .as("seed %d", seed)
                    .isEqualTo(lost.size());
            assertThat(shuffled.duplicates).as("seed %d", seed).isZero();
            int repairs = 0;
            for (int sequence : lost) {
                repairs += shuffled.repair(sequence & 0xffff) ? 1 : 0;
            }
            assertThat(repairs).as("seed %d", seed).isEqualTo(lost.size());
        }
    }

    @Test
    void whatIsMissingIsAskedForAgainAndAgainAndThenGivenUp() {
        arrive(1);
        arrive(4);
        int[] wanted = new int[8];
        assertThat(stream.wanted(wanted, now)).isZero();
        now += 6 * MILLI;
        assertThat(stream.wanted(wanted, now)).isEqualTo(2);
        assertThat(wanted).startsWith(2, 3);
        assertThat(stream.wanted(wanted, now)).isZero();
        assertThat(stream.repair(2)).isTrue();
        assertThat(stream.repair(2)).isFalse();
        now += 101 * MILLI;
        assertThat(stream.wanted(wanted, now)).isEqualTo(1);
        assertThat(wanted[0]).isEqualTo(3);
        now += 1_000 * MILLI;
        assertThat(stream.wanted(wanted, now)).isZero();
        assertThat(stream.abandoned).isTrue();
    }

    @Test
    void aPauseOfThePictureIsAFreeze() {
        for (int frame = 0; frame < 50; frame++) {
            now += 39 * MILLI;
            arrive(frame);
        }
        assertThat(stream.freezes).isZero();
        now += 400 * MILLI;
        arrive(50);
        assertThat(stream.freezes).isEqualTo(1);
    }
}
