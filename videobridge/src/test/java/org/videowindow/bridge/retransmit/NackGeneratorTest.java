package org.videowindow.bridge.retransmit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NackGeneratorTest {
    private static final long MILLI = 1_000_000;
    private final NackGenerator generator = new NackGenerator();
    private final int[] out = new int[NackGenerator.MAX_MISSING];

    private int[] collect(long now) {
        return Arrays.copyOf(out, generator.collect(now, out));
    }

    @Test
    void asksForAGapAfterTheReorderTimeAndAgainAfterARoundTrip() {
        generator.roundTrip(80 * MILLI);
        generator.received(65_534, 0);
        generator.received(1, 0);
        assertThat(collect(4 * MILLI)).isEmpty();
        assertThat(generator.nextTime()).isEqualTo(5 * MILLI);
        assertThat(collect(5 * MILLI)).containsExactly(65_535, 0);
        assertThat(collect(84 * MILLI)).isEmpty();
        assertThat(generator.received(0, 84 * MILLI)).isTrue();
        assertThat(generator.received(0, 84 * MILLI)).isFalse();
        assertThat(collect(85 * MILLI)).containsExactly(65_535);
        assertThat(generator.received(65_535, 90 * MILLI)).isTrue();
        assertThat(generator.nextTime()).isEqualTo(Long.MAX_VALUE);
        assertThat(generator.takeKeyFrameNeeded()).isFalse();
    }

    @Test
    void whatWasOnlyOvertakenIsNotAskedFor() {
        generator.received(10, 0);
        generator.received(12, 0);
        generator.received(11, 3 * MILLI);
        assertThat(collect(100 * MILLI)).isEmpty();
    }

    @Test
    void givesUpAfterItsTriesAndWantsAKeyFrame() {
        generator.roundTrip(30 * MILLI);
        generator.received(10, 0);
        generator.received(12, 0);
        int asked = 0;
        long now = 0;
        while (generator.missing() > 0) {
            now += 5 * MILLI;
            asked += generator.collect(now, out);
        }
        assertThat(asked).isEqualTo(NackGenerator.MAX_TRIES);
        assertThat(generator.takeKeyFrameNeeded()).isTrue();
        assertThat(generator.takeKeyFrameNeeded()).isFalse();
    }

    @Test
    void givesUpWhatIsTooOldOnASlowPath() {
        generator.roundTrip(600 * MILLI);
        generator.received(10, 0);
        generator.received(12, 0);
        assertThat(collect(10 * MILLI)).hasSize(1);
        assertThat(collect(610 * MILLI)).hasSize(1);
        assertThat(collect(1_210 * MILLI)).isEmpty();
        assertThat(generator.missing()).isZero();
        assertThat(generator.takeKeyFrameNeeded()).isTrue();
    }

    @Test
    void aJumpBeyondTheListAsksForAKeyFrameInstead() {
        generator.received(10, 0);
        generator.received(12, 0);
        generator.received(5_000, 0);
        assertThat(generator.missing()).isZero();
        assertThat(generator.takeKeyFrameNeeded()).isTrue();
        generator.received(5_002, 0);
        assertThat(collect(10 * MILLI)).containsExactly(5_001);
    }

    @Test
    void manyGapsPushOutTheOldest() {
        for (int i = 0; i <= 600; i += 2) {
            generator.received(i, 0);
        }
        assertThat(generator.missing()).isEqualTo(NackGenerator.MAX_MISSING);
        assertThat(generator.takeKeyFrameNeeded()).isTrue();
        assertThat(collect(10 * MILLI)).hasSize(256).startsWith(89).endsWith(599);
    }

    @Test
    void aKeyFrameMakesWhatIsMissingUnimportant() {
        generator.received(1, 0);
        generator.received(9, 0);
        generator.forget();
        assertThat(collect(10 * MILLI)).isEmpty();
    }

    /** Over a lossy path with retransmission everything arrives, and nothing is asked for that is there. */
    @Test
    void repairsALossyStream() {
        Random random = new Random(4);
        List<Integer> pending = new ArrayList<>();
        boolean[] there = new boolean[20_000];
        generator.roundTrip(40 * MILLI);
        for (int i = 0; i < there.length; i++) {
            long now = i * 4L * MILLI;
            if (i == 0 || random.nextInt(100) >= 10) {
                there[i] = true;
                generator.received(i & 0xFFFF, now);
            }
            for (int lost : pending) {
                if (random.nextInt(100) >= 10) {
                    there[lost] = true;
                    generator.received(lost, now);
                }
            }
            pending.clear();
            for (int lost : collect(now)) {
                assertThat(there[lost]).isFalse();
                pending.add(lost);
            }
        }
        int missing = 0;
        for (int i = 0; i < there.length - 400; i++) {
            missing += there[i] ? 0 : 1;
        }
        assertThat(missing).isZero();
        assertThat(generator.takeKeyFrameNeeded()).isFalse();
    }
}
