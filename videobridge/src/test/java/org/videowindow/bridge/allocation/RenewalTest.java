package org.videowindow.bridge.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.SpeakerOrder;
import org.videowindow.bridge.conference.VideoConstraint;
import org.videowindow.bridge.conference.VideoType;

class RenewalTest {
    private static final SpeakerOrder SPEAKERS = new SpeakerOrder("e1", List.of("e2"), false);
    private static final int[] HEIGHTS = {0, 90, 180, 360, 720, Integer.MAX_VALUE};
    private static final String NOBODY = "nobody";

    /** Over random conferences that go on for a while and whose sources come, go and cost something else. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void choosesWhatWouldBeChosenByWeighing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int renewals = 0;
        for (int conference = 0; conference < 200; conference++) {
            int count = random.nextInt(8);
            ReceiverConstraints wish = wish(random, count);
            Renewal renewal = new Renewal();
            Decision decision = Decision.NONE;
            long now = random.nextLong();
            for (int step = 0; step < 40; step++) {
                String where = "seed " + seed + ", conference " + conference + ", step " + step;
                List<SourceOffer> offers = offers(random, count);
                long available = random.nextInt(3) == 0 ? Allocation.UNLIMITED : random.nextLong(9_000_000);
                now += random.nextLong(20_000_000_000L);
                Decision weighed = Allocation.allocate(available, wish, SPEAKERS, offers, decision, now);
                renewal.offered(offers);
                Decision renewed = renewal.of(available, wish, NOBODY, decision, now);
                if (renewed != null) {
                    renewals++;
                    assertAlike(renewed, weighed, where);
                }
                decision = renewed != null && random.nextBoolean() ? renewed : weighed;
            }
        }
        assertThat(renewals).as("seed " + seed).isGreaterThan(200);
    }

    private static void assertAlike(Decision renewed, Decision weighed, String where) {
        assertThat(renewed.chosenBps()).as(where).isEqualTo(weighed.chosenBps());
        assertThat(renewed.wantedBps()).as(where).isEqualTo(weighed.wantedBps());
        assertThat(renewed.raiseAtBps()).as(where).isEqualTo(weighed.raiseAtBps());
        assertThat(renewed.sources()).as(where).hasSameSizeAs(weighed.sources());
        for (int i = 0; i < weighed.sources().size(); i++) {
            SourceDecision one = renewed.sources().get(i);
            SourceDecision other = weighed.sources().get(i);
            assertThat(withoutCost(one)).as(where).isEqualTo(withoutCost(other));
            assertThat(Math.abs(one.bitsPerSecond() - other.bitsPerSecond()))
                    .as("cost of " + one.name() + ", " + where)
                    .isLessThanOrEqualTo(one.bitsPerSecond() / SourceDecision.MEASURED);
        }
    }

    private static SourceDecision withoutCost(SourceDecision one) {
        return new SourceDecision(
                one.name(),
                one.target(),
                one.height(),
                one.framesPerSecond(),
                0,
                one.reason(),
                one.loweredAt(),
                one.raisedAt(),
                one.falls());
    }

    @Test
    void whatASenderSendsItselfDoesNotCountForIt() {
        List<SourceOffer> offers = List.of(Offer.camera("e0"), Offer.camera("e1"));
        Decision decision = Allocation.allocate(
                Allocation.UNLIMITED, ReceiverConstraints.ALL, SPEAKERS, offers.subList(1, 2), Decision.NONE, 0);
        Renewal renewal = new Renewal();
        renewal.offered(offers);
        assertThat(renewal.of(Allocation.UNLIMITED, ReceiverConstraints.ALL, "e0", decision, 1))
                .isEqualTo(decision);
        assertThat(renewal.of(Allocation.UNLIMITED, ReceiverConstraints.ALL, NOBODY, decision, 1))
                .isNull();
    }

    @Test
    void whoGetsLessThanWantedIsWeighedFor() {
        List<SourceOffer> offers = List.of(Offer.camera("e0"));
        Decision decision = Allocation.allocate(600_000, ReceiverConstraints.ALL, SPEAKERS, offers, Decision.NONE, 0);
        Renewal renewal = new Renewal();
        renewal.offered(offers);
        assertThat(renewal.of(Allocation.UNLIMITED, ReceiverConstraints.ALL, NOBODY, decision, 1))
                .isNull();
    }

    private static List<SourceOffer> offers(SplittableRandom random, int count) {
        List<SourceOffer> offers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String owner = "e" + i;
            offers.add(
                    switch (random.nextInt(40)) {
                        case 0 -> Offer.silent(owner, VideoType.CAMERA);
                        case 1 -> Offer.silent(owner, VideoType.NONE);
                        default -> i == 3 ? Offer.screen(owner) : Offer.camera(owner, 0.9 + random.nextInt(3) * 0.1);
                    });
        }
        return offers;
    }

    private static ReceiverConstraints wish(SplittableRandom random, int count) {
        List<String> stage = count > 0 && random.nextBoolean() ? List.of("e0-v0") : List.of();
        return new ReceiverConstraints(
                random.nextInt(4) == 0 ? random.nextInt(6) : -1,
                List.of(),
                stage,
                constraint(random),
                Map.of("e1-v0", constraint(random)));
    }

    private static VideoConstraint constraint(SplittableRandom random) {
        return new VideoConstraint(
                HEIGHTS[random.nextInt(HEIGHTS.length)], random.nextBoolean() ? 1_000 : random.nextDouble(1, 40));
    }
}
