package org.videowindow.bridge.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.SpeakerOrder;
import org.videowindow.bridge.conference.VideoConstraint;
import org.videowindow.bridge.conference.VideoType;
import org.videowindow.bridge.layers.LayerTarget;

/** Who gets what, row by row. Heights and frame rates as {@code a:720@30}; what is not named is not sent. */
class AllocationTest {
    private static final long SECOND = 1_000_000_000L;

    private static ReceiverConstraints tiles(int height) {
        return new ReceiverConstraints(-1, List.of(), List.of(), VideoConstraint.height(height), Map.of());
    }

    private static ReceiverConstraints stage(String source, int height) {
        return new ReceiverConstraints(
                -1,
                List.of(),
                List.of(source),
                VideoConstraint.height(180),
                Map.of(source, VideoConstraint.height(height)));
    }

    private static List<SourceOffer> cameras(String... owners) {
        return Arrays.stream(owners).map(Offer::camera).toList();
    }

    private static Decision first(long bps, ReceiverConstraints wish, List<SourceOffer> offers) {
        return Allocation.allocate(bps, wish, SpeakerOrder.NOBODY, offers, Decision.NONE, 0);
    }

    private static String sent(Decision decision) {
        return decision.sources().stream()
                .filter(SourceDecision::isSent)
                .map(one -> one.name().substring(0, one.name().indexOf('-')) + ":" + one.height() + "@"
                        + Math.round(one.framesPerSecond()))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "0,       720, ''",
        "40000,   720, ''",
        "50000,   720, a:180@8",
        "100000,  720, a:180@15",
        "250000,  720, a:180@30",
        "300000,  720, a:360@15",
        "600000,  720, a:360@30",
        "900000,  720, a:720@15",
        "2000000, 720, a:720@30",
        "2000000, 500, a:360@30",
        "2000000, 360, a:360@30",
        "2000000, 350, a:360@30",
        "2000000, 300, a:180@30",
        "2000000, 90,  a:180@30",
        "2000000, 0,   ''",
    })
    void oneCamera(long bps, int height, String expected) {
        assertThat(sent(first(bps, tiles(height), cameras("a")))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "120000,  1080, a:540@8",
        "300000,  1080, a:540@15",
        "450000,  1080, a:1080@8",
        "1000000, 1080, a:1080@15",
        "2000000, 1080, a:1080@30",
        "2000000, 360,  a:540@30",
    })
    void aScreenIsSharpBeforeItMoves(long bps, int height, String expected) {
        assertThat(sent(first(bps, tiles(height), List.of(Offer.screen("a"))))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // Everybody's lowest layer first, then the one on stage, then the others.
        "150000,  a:180@8 b:180@8 c:180@8",
        "400000,  a:360@15 b:180@15 c:180@8",
        "1800000, a:720@30 b:180@30 c:180@15",
        "3000000, a:720@30 b:180@30 c:180@30",
        "95000,   a:180@8 b:180@8",
        // A little too little: the one on stage all the same, nobody else.
        "64000,   a:180@8",
        "63000,   a:180@8",
    })
    void onStageFirst(long bps, String expected) {
        assertThat(sent(first(bps, stage("a-v0", 720), cameras("a", "b", "c")))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "80000,  a:180@8",
        "130000, a:180@8 b:180@8 c:180@8",
        "190000, a:180@15 b:180@8 c:180@8",
        "400000, a:180@30 b:180@30 c:180@15",
        "900000, a:360@15 b:360@15 c:360@15",
    })
    void othersRiseInRounds(long bps, String expected) {
        assertThat(sent(first(bps, tiles(720), cameras("a", "b", "c")))).isEqualTo(expected);
    }

    @Test
    void whatIsOnStageIsShownAlthoughItCostsALittleMore() {
        SourceOffer dear =
                new SourceOffer("a-v0", "a", VideoType.DESKTOP, List.of(new OfferedLayer(0, 0, 0, 1080, 30, 300_000)));
        List<SourceOffer> offers = List.of(dear, Offer.camera("b"));
        Decision decision = first(64_000, stage("a-v0", 1080), offers);
        assertThat(sent(decision)).isEqualTo("a:1080@30");
        assertThat(decision.sources().getFirst().reason()).isEqualTo(Reason.OVER_BUDGET);
        assertThat(sent(first(63_999, stage("a-v0", 1080), offers)))
                .as("audio is worth more")
                .isEqualTo("b:180@8");
        assertThat(sent(first(64_000, tiles(1080), offers)))
                .as("for what is on stage only")
                .isEqualTo("b:180@8");
        SourceOffer tooDear =
                new SourceOffer("a-v0", "a", VideoType.DESKTOP, List.of(new OfferedLayer(0, 0, 0, 1080, 30, 400_000)));
        assertThat(sent(first(149_000, stage("a-v0", 1080), List.of(tooDear, Offer.camera("b")))))
                .isEqualTo("b:180@15");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, '',   '',   '',  '',   a b c d",
        "2,  '',   '',   '',  '',   a b",
        "2,  '',   '',   d,   '',   d a",
        "2,  '',   '',   c,   d,    c d",
        "3,  '',   b-v0, d,   c,    b d c",
        "3,  c-v0, b-v0, d,   '',   c b d",
        "1,  c-v0, b-v0, d,   '',   c",
        "0,  c-v0, b-v0, d,   '',   ''",
        "2,  x-v0, y-v0, z,   '',   a b",
    })
    void lastN(int lastN, String onStage, String selected, String dominant, String earlier, String expected) {
        ReceiverConstraints wish =
                new ReceiverConstraints(lastN, words(selected), words(onStage), VideoConstraint.height(180), Map.of());
        SpeakerOrder speakers =
                dominant.isEmpty() ? SpeakerOrder.NOBODY : new SpeakerOrder(dominant, words(earlier), false);
        Decision decision = Allocation.allocate(
                Allocation.UNLIMITED, wish, speakers, cameras("a", "b", "c", "d"), Decision.NONE, 0);
        assertThat(decision.sources().stream()
                        .filter(SourceDecision::isSent)
                        .map(one -> one.name().substring(0, 1))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
        assertThat(decision.sources()).hasSize(4);
    }

    @Test
    void screensComeBeforeWhoeverSpeaksAndAfterWhatIsAskedFor() {
        List<SourceOffer> offers = new ArrayList<>(cameras("a", "b", "c"));
        offers.add(Offer.screen("c"));
        offers.add(Offer.silent("d", VideoType.DESKTOP_HIGH_FPS));
        ReceiverConstraints wish =
                new ReceiverConstraints(4, List.of("b-v0"), List.of(), VideoConstraint.height(1080), Map.of());
        SpeakerOrder speakers = new SpeakerOrder("a", List.of("c"), false);
        Decision decision = Allocation.allocate(Allocation.UNLIMITED, wish, speakers, offers, Decision.NONE, 0);
        assertThat(decision.sources())
                .extracting(SourceDecision::name)
                .containsExactly("b-v0", "c-v1", "d-v0", "a-v0", "c-v0");
        assertThat(decision.sources())
                .extracting(SourceDecision::isWanted)
                .containsExactly(true, true, true, true, false);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    @Test
    void aMutedCameraTakesNobodysPlace() {
        List<SourceOffer> offers = new ArrayList<>(List.of(Offer.silent("m", VideoType.NONE)));
        offers.addAll(cameras("a", "b"));
        ReceiverConstraints two =
                new ReceiverConstraints(2, List.of(), List.of(), VideoConstraint.height(180), Map.of());
        Decision decision = Allocation.allocate(
                Allocation.UNLIMITED, two, new SpeakerOrder("m", List.of(), false), offers, Decision.NONE, 0);
        assertThat(sent(decision)).isEqualTo("a:180@30 b:180@30");
        assertThat(decision.byName().get("m-v0").reason()).isEqualTo(Reason.MUTED);
    }

    @Test
    void theCameraOfWhoSpeaksIsWaitedForAlthoughItDoesNotArriveYet() {
        List<SourceOffer> offers = new ArrayList<>(cameras("a", "b"));
        offers.add(Offer.silent("c", VideoType.CAMERA));
        ReceiverConstraints two =
                new ReceiverConstraints(2, List.of(), List.of(), VideoConstraint.height(180), Map.of());
        Decision decision = Allocation.allocate(
                Allocation.UNLIMITED, two, new SpeakerOrder("c", List.of(), false), offers, Decision.NONE, 0);
        assertThat(decision.sources()).extracting(SourceDecision::name).startsWith("c-v0", "a-v0");
        assertThat(decision.sources().getFirst().target()).isEqualTo(new LayerTarget(0, 0, 0));
        assertThat(decision.sources().getFirst().reason()).isEqualTo(Reason.NOT_ARRIVING);
        assertThat(decision.byName().get("b-v0").reason()).isEqualTo(Reason.LAST_N);
        Decision quiet = first(Allocation.UNLIMITED, two, offers);
        assertThat(quiet.byName().get("c-v0").reason())
                .as("what arrives comes before what does not")
                .isEqualTo(Reason.LAST_N);
    }

    @Test
    void frameRatesAreLimited() {
        ReceiverConstraints slow =
                new ReceiverConstraints(-1, List.of(), List.of(), new VideoConstraint(720, 15), Map.of());
        assertThat(sent(first(Allocation.UNLIMITED, slow, cameras("a")))).isEqualTo("a:720@15");
        ReceiverConstraints slowest =
                new ReceiverConstraints(-1, List.of(), List.of(), new VideoConstraint(720, 1), Map.of());
        assertThat(sent(first(Allocation.UNLIMITED, slowest, cameras("a")))).isEqualTo("a:720@8");
    }

    @Test
    void sizesThatNobodyKnowsAreGuessed() {
        SourceOffer opaque = new SourceOffer(
                "a-v0",
                "a",
                VideoType.CAMERA,
                List.of(
                        new OfferedLayer(0, 0, 0, 0, 30, 100_000),
                        new OfferedLayer(1, 0, 0, 0, 30, 400_000),
                        new OfferedLayer(2, 0, 0, 0, 30, 1_000_000)));
        assertThat(sent(first(Allocation.UNLIMITED, tiles(360), List.of(opaque))))
                .isEqualTo("a:360@30");
        assertThat(sent(first(Allocation.UNLIMITED, tiles(200), List.of(opaque))))
                .isEqualTo("a:180@30");
    }

    @Test
    void whatIsTakenBackIsNotTriedAgainAtOnce() {
        ReceiverConstraints wish = tiles(720);
        Decision decision = first(2_000_000, wish, cameras("a"));
        List<String> seen = new ArrayList<>();
        // The link takes 1.4 Mbit/s, the estimate finds out anew every two seconds.
        for (int tenths = 0; tenths < 1_200; tenths++) {
            long estimate = tenths % 20 == 0 ? 1_400_000 : 2_000_000;
            decision = Allocation.allocate(
                    estimate, wish, SpeakerOrder.NOBODY, cameras("a"), decision, tenths * SECOND / 10);
            String now = sent(decision);
            if (seen.isEmpty() || !seen.getLast().equals(now)) {
                seen.add(now);
            }
        }
        assertThat(seen).as("changes in two minutes").hasSizeLessThan(16).contains("a:720@30", "a:720@15");
        assertThat(decision.sources().getFirst().reason()).isEqualTo(Reason.HELD_BACK);
        Decision asked = Allocation.allocate(
                2_000_000, wish, SpeakerOrder.NOBODY, cameras("a"), decision.withoutHolds(), 120 * SECOND);
        assertThat(sent(asked)).as("whoever asks anew is served").isEqualTo("a:720@30");
    }

    @Test
    void whatWasRaisedLatelyStaysThroughADip() {
        ReceiverConstraints wish = tiles(720);
        Decision low = first(600_000, wish, cameras("a"));
        Decision raised = Allocation.allocate(2_000_000, wish, SpeakerOrder.NOBODY, cameras("a"), low, SECOND);
        assertThat(sent(raised)).isEqualTo("a:720@30");
        Decision dip = Allocation.allocate(1_200_000, wish, SpeakerOrder.NOBODY, cameras("a"), raised, 2 * SECOND);
        assertThat(sent(dip)).as("four fifths").isEqualTo("a:720@30");
        assertThat(dip.sources().getFirst().reason()).isEqualTo(Reason.OVER_BUDGET);
        assertThat(sent(Allocation.allocate(1_199_999, wish, SpeakerOrder.NOBODY, cameras("a"), raised, 2 * SECOND)))
                .as("less")
                .isEqualTo("a:720@15");
        assertThat(sent(Allocation.allocate(1_200_000, wish, SpeakerOrder.NOBODY, cameras("a"), dip, 4 * SECOND)))
                .as("three seconds later")
                .isEqualTo("a:720@15");
    }

    @Test
    void whatFitsSeveralTimesIsNotHeldForLong() {
        ReceiverConstraints wish = tiles(720);
        Decision decision = first(2_000_000, wish, cameras("a"));
        long now = 0;
        for (long estimate : new long[] {200_000, 2_000_000, 200_000, 2_000_000, 200_000, 2_000_000, 200_000}) {
            now += 20 * SECOND;
            decision = Allocation.allocate(estimate, wish, SpeakerOrder.NOBODY, cameras("a"), decision, now);
        }
        assertThat(sent(decision)).isEqualTo("a:180@30");
        Decision soon =
                Allocation.allocate(1_600_000, wish, SpeakerOrder.NOBODY, cameras("a"), decision, now + 6 * SECOND - 1);
        assertThat(sent(soon)).isEqualTo("a:180@30");
        Decision later =
                Allocation.allocate(1_600_000, wish, SpeakerOrder.NOBODY, cameras("a"), soon, now + 6 * SECOND);
        assertThat(sent(later)).as("three times what it costs").isEqualTo("a:360@30");
        assertThat(later.sources().getFirst().reason()).isEqualTo(Reason.HELD_BACK);
    }

    @Test
    void theOnlyThingThereIsIsTriedAndTakenBack() {
        SourceOffer large =
                new SourceOffer("a-v0", "a", VideoType.CAMERA, List.of(new OfferedLayer(0, 0, 0, 720, 30, 1_200_000)));
        Decision decision = Decision.NONE;
        List<String> seen = new ArrayList<>();
        for (int tenths = 0; tenths < 150; tenths++) {
            decision = Allocation.allocate(
                    550_000, tiles(720), SpeakerOrder.NOBODY, List.of(large), decision, tenths * SECOND / 10);
            seen.add(
                    sent(decision).isEmpty()
                            ? "-"
                            : decision.sources().getFirst().reason().name());
        }
        assertThat(seen.subList(0, 20)).containsOnly("TRIAL");
        assertThat(seen.subList(20, 50)).as("taken back for three seconds").containsOnly("-");
        assertThat(seen.subList(50, 70)).containsOnly("TRIAL");
        assertThat(seen.subList(70, 100)).as("and again").containsOnly("-");
        assertThat(seen.subList(100, 120)).containsOnly("TRIAL");
        Decision trial = first(550_000, tiles(720), List.of(large));
        Decision fits = Allocation.allocate(1_250_000, tiles(720), SpeakerOrder.NOBODY, List.of(large), trial, SECOND);
        assertThat(fits.sources().getFirst().reason()).isEqualTo(Reason.AS_WANTED);
        assertThat(sent(first(230_000, tiles(720), List.of(large))))
                .as("far too large")
                .isEmpty();
        assertThat(sent(first(550_000, tiles(720), List.of(large, Offer.camera("b")))))
                .as("not while something else can be sent")
                .isEqualTo("b:360@15");
    }

    @Test
    void aSmallWaveOfTheEstimateChangesNothing() {
        Decision decision = first(1_800_000, tiles(720), cameras("a"));
        for (int i = 0; i < 100; i++) {
            Decision next = Allocation.allocate(
                    i % 2 == 0 ? 1_510_000 : 1_800_000,
                    tiles(720),
                    SpeakerOrder.NOBODY,
                    cameras("a"),
                    decision,
                    i * SECOND);
            assertThat(sent(next)).isEqualTo("a:720@30");
            decision = next;
        }
    }

    @Test
    void whatItWouldTakeToRaiseIsSaid() {
        Decision decision = first(600_000, tiles(720), cameras("a"));
        assertThat(decision.chosenBps()).isEqualTo(500_000);
        assertThat(decision.wantedBps()).isEqualTo(1_725_000);
        assertThat(sent(Allocation.allocate(
                        decision.raiseAtBps() - 1, tiles(720), SpeakerOrder.NOBODY, cameras("a"), decision, 0)))
                .isEqualTo("a:360@30");
        assertThat(sent(Allocation.allocate(
                        decision.raiseAtBps(), tiles(720), SpeakerOrder.NOBODY, cameras("a"), decision, 0)))
                .isEqualTo("a:720@15");
        Decision full = first(1_725_000, tiles(720), cameras("a"));
        assertThat(full.wantedBps()).isEqualTo(1_500_000);
        assertThat(full.raiseAtBps()).isEqualTo(Allocation.UNLIMITED);
    }
}
