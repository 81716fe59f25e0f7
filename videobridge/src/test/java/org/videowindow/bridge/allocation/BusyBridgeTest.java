package org.videowindow.bridge.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.SpeakerOrder;
import org.videowindow.bridge.conference.VideoConstraint;

/** What receivers with bandwidth enough are sent of a bridge that has too much to do. */
class BusyBridgeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<SourceOffer> CAMERAS =
            List.of("a", "b", "c", "d").stream().map(Offer::camera).toList();
    private static final ReceiverConstraints STAGE = new ReceiverConstraints(
            -1, List.of(), List.of("b-v0"), VideoConstraint.height(180), Map.of("b-v0", VideoConstraint.height(720)));

    private static Decision decide(long available, double share, Decision before, long now) {
        return Allocation.allocate(available, share, STAGE, SpeakerOrder.NOBODY, CAMERAS, before, now);
    }

    private static int height(Decision decision, String source) {
        return decision.byName().get(source).height();
    }

    @Test
    void theStageKeepsItsPictureLongest() {
        Decision decision = decide(Allocation.UNLIMITED, 1, Decision.NONE, 0);
        long full = decision.chosenBps();
        assertThat(decision.isComplete()).isTrue();
        assertThat(height(decision, "b-v0")).isEqualTo(720);

        boolean staged = true;
        for (int i = 1; i <= 12; i++) {
            double share = Math.pow(0.7, i);
            decision = decide(Allocation.UNLIMITED, share, decision, i * SECOND / 2);
            assertThat(decision.chosenBps()).as("share %f", share).isLessThanOrEqualTo((long) (share * full));
            assertThat(decision.wantedBps()).isLessThanOrEqualTo((long) (share * full));
            assertThat(decision.fullBps()).isEqualTo(full);
            assertThat(decision.isComplete()).isFalse();
            long others = decision.sources().stream()
                    .filter(one -> !one.name().equals("b-v0") && one.isSent())
                    .count();
            assertThat(height(decision, "b-v0") > 0 || others == 0).isTrue();
            assertThat(staged || height(decision, "b-v0") == 0).isTrue();
            staged = height(decision, "b-v0") > 0;
        }
        assertThat(decide(Allocation.UNLIMITED, 0, decision, 10 * SECOND).chosenBps())
                .isZero();
    }

    @Test
    void whatIsMissingIsMissingForLoad() {
        Decision decision = decide(Allocation.UNLIMITED, 0.3, Decision.NONE, 0);
        assertThat(decision.sources().stream().map(SourceDecision::reason).collect(Collectors.toSet()))
                .contains(Reason.LOAD)
                .doesNotContain(Reason.BANDWIDTH, Reason.HELD_BACK, Reason.OVER_BUDGET, Reason.TRIAL);
    }

    @Test
    void aReceiverWithLessBandwidthThanItsShareIsLimitedByItsBandwidth() {
        Decision decision = decide(200_000, 0.7, Decision.NONE, 0);
        assertThat(decision.sources().stream().map(SourceDecision::reason).collect(Collectors.toSet()))
                .contains(Reason.BANDWIDTH)
                .doesNotContain(Reason.LOAD);
        assertThat(decision.sources())
                .isEqualTo(decide(200_000, 1, Decision.NONE, 0).sources());
    }

    /** Nothing was tried that failed, so nothing is held back once the bridge has time again. */
    @Test
    void whatLoadTookAwayComesBackAtOnce() {
        Decision full = decide(Allocation.UNLIMITED, 1, Decision.NONE, 0);
        Decision low = decide(Allocation.UNLIMITED, 0.1, full, SECOND);
        Decision again = decide(Allocation.UNLIMITED, 1, low, 2 * SECOND);
        assertThat(again.chosenBps()).isEqualTo(full.chosenBps());
        assertThat(again.isComplete()).isTrue();
    }

    /** With no force, no trial and nothing that settles, what is sent never costs more than the share. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theShareIsNeverExceeded(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Decision decision = Decision.NONE;
            long now = 0;
            for (int step = 0; step < 10; step++) {
                now += random.nextLong(5 * SECOND);
                double share = random.nextInt(5) == 0 ? 0 : random.nextDouble();
                decision = decide(Allocation.UNLIMITED, share, decision, now);
                assertThat(decision.chosenBps())
                        .as("seed %d round %d step %d", seed, round, step)
                        .isLessThanOrEqualTo(Allocation.allowed(share, decision.fullBps()));
                // Decided again at once, it stays as it is and nothing asks for another decision.
                assertThat(decide(Allocation.UNLIMITED, share, decision, now).chosenBps())
                        .isEqualTo(decision.chosenBps());
                assertThat(decision.raiseAtBps()).isGreaterThan(Allocation.allowed(share, decision.fullBps()));
            }
        }
    }

    @Test
    void allIsAllEvenWhenItComesToCostMore() {
        assertThat(Allocation.allowed(1, 1_000)).isEqualTo(Allocation.UNLIMITED);
        assertThat(Arrays.asList(Allocation.allowed(0, 1_000), Allocation.allowed(0.5, 1_000)))
                .containsExactly(0L, 500L);
    }
}
