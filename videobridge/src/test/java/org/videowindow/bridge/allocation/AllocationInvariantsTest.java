package org.videowindow.bridge.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.SpeakerOrder;
import org.videowindow.bridge.conference.VideoConstraint;
import org.videowindow.bridge.conference.VideoType;

/** What holds for every choice, over random conferences that go on for a while. */
class AllocationInvariantsTest {
    private static final int[] HEIGHTS = {0, 90, 180, 360, 720, 1080, Integer.MAX_VALUE};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void hold(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int conference = 0; conference < 60; conference++) {
            Decision decision = Decision.NONE;
            List<SourceOffer> offers = offers(random);
            ReceiverConstraints wish = wish(random, offers);
            long now = random.nextLong();
            for (int step = 0; step < 40; step++) {
                String where = "seed " + seed + ", conference " + conference + ", step " + step;
                offers = random.nextInt(4) == 0 ? offers(random) : offers;
                wish = random.nextInt(8) == 0 ? wish(random, offers) : wish;
                long available = random.nextInt(10) == 0 ? Allocation.UNLIMITED : random.nextLong(-10_000, 6_000_000);
                SpeakerOrder speakers =
                        new SpeakerOrder("e" + random.nextInt(12), List.of("e1", "e3"), random.nextBoolean());
                now += random.nextLong(5_000_000_000L);
                Decision next = Allocation.allocate(available, wish, speakers, offers, decision, now);
                check(next, available, wish, offers, where);
                assertThat(Allocation.allocate(available, wish, speakers, offers, decision, now))
                        .as("the same again, " + where)
                        .isEqualTo(next);
                decision = next;
            }
        }
    }

    private static void check(
            Decision decision, long available, ReceiverConstraints wish, List<SourceOffer> offers, String where) {
        Map<String, SourceOffer> byName = new HashMap<>();
        offers.forEach(offer -> byName.put(offer.name(), offer));
        assertThat(decision.sources())
                .as(where)
                .extracting(SourceDecision::name)
                .containsExactlyInAnyOrderElementsOf(byName.keySet());
        long cost = decision.sources().stream()
                .mapToLong(SourceDecision::bitsPerSecond)
                .sum();
        List<SourceDecision> over = decision.sources().stream()
                .filter(one -> one.reason() == Reason.OVER_BUDGET || one.reason() == Reason.TRIAL)
                .toList();
        assertThat(cost).as(where).isEqualTo(decision.chosenBps());
        if (over.isEmpty()) {
            assertThat(cost).as("within the budget, " + where).isLessThanOrEqualTo(Math.max(0, available));
        } else if (over.getFirst().reason() == Reason.TRIAL) {
            assertThat(cost).as(where).isLessThanOrEqualTo(available * 5);
            assertThat(cost)
                    .as("nothing else, " + where)
                    .isEqualTo(over.getFirst().bitsPerSecond());
        } else {
            long settling = available * 5 / 4 + 1;
            assertThat(cost).as(where).isLessThanOrEqualTo(Math.max(available + Allocation.OVERSEND_BPS, settling));
            assertThat(over).as(where).hasSize(1);
            assertThat(cost <= settling
                            || wish.onStageSources().contains(over.getFirst().name()))
                    .as(where)
                    .isTrue();
        }
        long sent = decision.sources().stream().filter(SourceDecision::isSent).count();
        if (wish.lastN() >= 0) {
            assertThat(sent).as(where).isLessThanOrEqualTo(wish.lastN());
        }
        for (SourceDecision one : decision.sources()) {
            SourceOffer offer = byName.get(one.name());
            assertThat(one.isSent() && wish.of(one.name()).maxHeight() == 0)
                    .as("sent though unwanted, " + where)
                    .isFalse();
            if (one.isSent() && one.reason() != Reason.NOT_ARRIVING) {
                assertThat(offer.layers())
                        .as(where)
                        .anyMatch(layer -> layer.target().equals(one.target()));
                int lowest = offer.layers().stream()
                        .mapToInt(OfferedLayer::height)
                        .min()
                        .orElseThrow();
                assertThat((long) one.height())
                        .as(where)
                        .isLessThanOrEqualTo(
                                Math.max(lowest, wish.of(one.name()).maxHeight() * 17L / 16));
            }
            if (available >= Allocation.UNLIMITED && one.falls() == 0 && one.isSent()) {
                assertThat(one.reason()).as(where).isIn(Reason.AS_WANTED, Reason.NOT_ARRIVING);
            }
        }
    }

    private static List<SourceOffer> offers(SplittableRandom random) {
        List<SourceOffer> offers = new ArrayList<>();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            String owner = "e" + i;
            Stream<SourceOffer> some = switch (random.nextInt(6)) {
                case 0 -> Stream.of(Offer.silent(owner, VideoType.CAMERA));
                case 1 -> Stream.of(Offer.silent(owner, VideoType.NONE));
                case 2 -> Stream.of(Offer.camera(owner, random.nextDouble(0.3, 2)), Offer.screen(owner));
                default -> Stream.of(Offer.camera(owner, random.nextDouble(0.3, 2)));
            };
            some.forEach(offers::add);
        }
        return offers;
    }

    private static ReceiverConstraints wish(SplittableRandom random, List<SourceOffer> offers) {
        Map<String, VideoConstraint> constraints = new HashMap<>();
        List<String> names = offers.stream().map(SourceOffer::name).toList();
        for (String name : names) {
            if (random.nextInt(3) == 0) {
                constraints.put(name, constraint(random));
            }
        }
        return new ReceiverConstraints(
                random.nextInt(-1, 6), some(random, names), some(random, names), constraint(random), constraints);
    }

    private static VideoConstraint constraint(SplittableRandom random) {
        return new VideoConstraint(
                HEIGHTS[random.nextInt(HEIGHTS.length)], random.nextBoolean() ? 1_000 : random.nextDouble(1, 40));
    }

    private static List<String> some(SplittableRandom random, List<String> names) {
        return names.stream().filter(name -> random.nextInt(4) == 0).toList();
    }
}
