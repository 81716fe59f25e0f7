package org.videowindow.bridge.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DominantSpeakerTest {
    private static final long MILLI = 1_000_000;
    private static final int LOUD = 30;
    private static final int NOISE = 90;
    private final DominantSpeaker speakers = new DominantSpeaker(100);
    private final int[] recent = new int[10];
    private long now = 5_000 * MILLI;

    /** Lets time pass with one packet each 20 ms; {@code levels[id]} 127 is sent, -1 is not sent. */
    private int run(long millis, int... levels) {
        for (long end = now + millis * MILLI; now < end; now += 20 * MILLI) {
            for (int id = 0; id < levels.length; id++) {
                speakers.level(id, levels[id], now);
            }
            speakers.update(now);
        }
        return speakers.dominant();
    }

    @Test
    void nobodyDominatesUntilSomebodySpeaks() {
        assertThat(run(3_000, NOISE, 127, NOISE)).isEqualTo(DominantSpeaker.NONE);
        assertThat(speakers.silence(now)).isTrue();
        assertThat(run(500, NOISE, LOUD, NOISE)).isEqualTo(1);
        assertThat(speakers.silence(now)).isFalse();
    }

    @Test
    void theSpeakerStaysThroughASilence() {
        run(2_000, LOUD, 127);
        assertThat(run(10_000, 127, NOISE)).isEqualTo(0);
        assertThat(speakers.silence(now)).isTrue();
    }

    @Test
    void anotherTakesOverSoonAfterTheFirstFallsSilent() {
        run(3_000, LOUD, 127);
        run(200, 127, LOUD);
        assertThat(speakers.dominant()).isEqualTo(0);
        assertThat(run(600, 127, LOUD)).isEqualTo(1);
        assertThat(speakers.recent(recent)).isEqualTo(2);
        assertThat(recent).startsWith(1, 0);
    }

    @Test
    void aCoughDoesNotTakeOver() {
        run(3_000, 40, 127);
        run(150, 40, 5);
        assertThat(run(2_000, 40, 127)).isEqualTo(0);
    }

    @Test
    void somebodyMuchLouderInterrupts() {
        run(3_000, 55, 127);
        assertThat(run(3_000, 55, 20)).isEqualTo(1);
    }

    @Test
    void twoEquallyLoudDoNotFlap() {
        run(2_000, 35, 127);
        Random random = new Random(9);
        int changes = 0;
        int last = speakers.dominant();
        for (int i = 0; i < 1_500; i++) {
            int dominant = run(20, 30 + random.nextInt(10), 30 + random.nextInt(10));
            changes += dominant == last ? 0 : 1;
            last = dominant;
        }
        assertThat(changes).isZero();
    }

    @Test
    void dominanceLastsAtLeastItsTimeWhateverHappens() {
        Random random = new Random(10);
        long since = now;
        int last = DominantSpeaker.NONE;
        for (int i = 0; i < 20_000; i++) {
            int dominant = run(20, random.nextInt(128), random.nextInt(128), random.nextInt(128), random.nextInt(128));
            if (dominant != last) {
                assertThat(last == DominantSpeaker.NONE || now - since >= DominantSpeaker.HOLD_NANOS)
                        .isTrue();
                since = now - 20 * MILLI;
                last = dominant;
            }
        }
    }

    @Test
    void whoStopsSendingFades() {
        run(3_000, LOUD, 127);
        assertThat(run(1_500, -1, 60)).isEqualTo(1);
    }

    @Test
    void aRemovedSpeakerIsForgotten() {
        run(2_000, LOUD, 127);
        run(2_000, 127, LOUD);
        speakers.remove(1);
        assertThat(speakers.dominant()).isEqualTo(DominantSpeaker.NONE);
        assertThat(speakers.recent(recent)).isEqualTo(1);
        assertThat(recent[0]).isZero();
        assertThat(run(300, LOUD)).isEqualTo(0);
        speakers.remove(0);
        speakers.remove(99);
        speakers.remove(-1);
        assertThat(speakers.recent(recent)).isZero();
    }

    @Test
    void idsAndLevelsOutOfRangeAreIgnored() {
        speakers.level(100, LOUD, now);
        speakers.level(-1, LOUD, now);
        speakers.level(0, 128, now);
        speakers.level(0, -5, now);
        assertThat(speakers.update(now)).isEqualTo(DominantSpeaker.NONE);
        speakers.level(99, LOUD, now);
        assertThat(speakers.update(now + 20 * MILLI)).isIn(DominantSpeaker.NONE, 99);
    }

    @Test
    void theListOfSpeakersIsBoundedAndHasEachOnce() {
        for (int round = 0; round < 3; round++) {
            for (int id = 0; id < 15; id++) {
                int[] levels = new int[15];
                java.util.Arrays.fill(levels, 127);
                levels[id] = LOUD;
                assertThat(run(2_000, levels)).isEqualTo(id);
            }
        }
        assertThat(speakers.recent(recent)).isEqualTo(10);
        assertThat(recent).containsExactly(14, 13, 12, 11, 10, 9, 8, 7, 6, 5);
        assertThat(speakers.recent(new int[3])).isEqualTo(3);
    }
}
