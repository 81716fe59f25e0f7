package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole calls in virtual time. */
class VirtualCallTest {
    private static final String A = "aaaa1111";
    private static final String B = "bbbb2222";
    private static final String C = "cccc3333";

    @Test
    void everybodyGetsWhatTheOthersSendAndNothingOfTheirOwn() throws Exception {
        CallLab lab = new CallLab(1);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        LabClient c = lab.join(C);
        lab.runMillis(3_000);
        assertThat(a.ssrcs()).containsExactlyInAnyOrder(b.audioSsrc(), b.videoSsrc(), c.audioSsrc(), c.videoSsrc());
        assertThat(c.ssrcs()).containsExactlyInAnyOrder(a.audioSsrc(), a.videoSsrc(), b.audioSsrc(), b.videoSsrc());
        assertThat(b.packets(a.videoSsrc())).hasSizeGreaterThan(250);
        assertThat(b.missing(a.videoSsrc(), 0)).isZero();
        assertThat(b.missing(a.audioSsrc(), 0)).isZero();
        assertThat(lab.events()).contains("forwarded to " + A + " [" + B + "-v0, " + C + "-v0]");
        assertThat(lab.outside().forwardedSources(B)).containsExactly(A + "-v0", C + "-v0");
        assertThat(lab.drops()).isZero();
    }

    @Test
    void transportSequenceNumbersOfAReceiverHaveNoGapAcrossItsStreams() throws Exception {
        CallLab lab = new CallLab(2);
        lab.join(A);
        lab.join(B);
        LabClient c = lab.join(C).silent();
        lab.runMillis(2_000);
        List<Integer> numbers = c.transportSequences();
        assertThat(numbers).hasSizeGreaterThan(500);
        for (int i = 1; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo((numbers.get(i - 1) + 1) & 0xffff);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5})
    void lostVideoIsRepairedInBothDirections(long seed) throws Exception {
        CallLab lab = new CallLab(seed).withLoss(0.05);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        LabClient c = lab.join(C);
        lab.runMillis(10_000);
        assertThat(a.nacksReceived()).as("asked by the bridge").isPositive();
        assertThat(lab.count(Counter.RETRANSMISSIONS_RECEIVED)).isPositive();
        assertThat(lab.count(Counter.RETRANSMISSIONS_SENT)).isPositive();
        for (LabClient receiver : List.of(b, c)) {
            assertThat(receiver.packets(a.videoSsrc())).hasSizeGreaterThan(900);
            assertThat(receiver.missing(a.videoSsrc(), 60)).as("seed %d", seed).isZero();
        }
    }

    @Test
    void keyFrameRequestsOfManyReceiversReachTheSenderOncePerInterval() throws Exception {
        CallLab lab = new CallLab(6);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        LabClient c = lab.join(C);
        lab.runMillis(2_000);
        int before = a.keyFrameRequestTimes().size();
        for (int i = 0; i < 90; i++) {
            b.askKeyFrame(a);
            c.askKeyFrame(a);
            lab.runMillis(10);
        }
        List<Long> times = a.keyFrameRequestTimes()
                .subList(before, a.keyFrameRequestTimes().size());
        assertThat(times).hasSizeBetween(2, 4);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(290 * CallLab.MILLI);
        }
        assertThat(b.keyFrameRequestTimes()).hasSizeLessThan(3);
    }

    @Test
    void oneKeyFrameAnswersEverybodyWhoWaited() throws Exception {
        CallLab lab = new CallLab(6);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        LabClient c = lab.join(C);
        lab.runMillis(2_000);
        int before = a.keyFrameRequestTimes().size();
        b.askKeyFrame(a);
        lab.runMillis(15);
        c.askKeyFrame(a);
        lab.runMillis(1_000);
        assertThat(a.keyFrameRequestTimes()).hasSize(before + 1);
    }

    @Test
    void aLateJoinerSeesAKeyFrameAtOnce() throws Exception {
        CallLab lab = new CallLab(7);
        LabClient a = lab.join(A);
        lab.join(B);
        lab.runMillis(5_000);
        LabClient c = lab.join(C);
        long joined = lab.now();
        lab.runMillis(1_000);
        assertThat(c.keyFrameAt(a)).isBetween(joined, joined + 300 * CallLab.MILLI);
        assertThat(c.missing(a.videoSsrc(), 0)).isZero();
    }

    @Test
    void feedbackTellsTheSenderWhatArrivedAndWhatDidNot() throws Exception {
        CallLab lab = new CallLab(8).withLoss(0.1);
        LabClient a = lab.join(A);
        lab.join(B);
        lab.runMillis(5_000);
        assertThat(a.reportedReceived()).hasSizeGreaterThan(500);
        double lost = (double) a.reportedLost().size()
                / (a.reportedLost().size() + a.reportedReceived().size());
        assertThat(lost).isBetween(0.06, 0.14);
        assertThat(a.receiverReports()).isBetween(3, 6);
        assertThat(lab.count(Counter.TRANSPORT_FEEDBACK_SENT)).isGreaterThan(100);
    }

    @Test
    void withoutLossFeedbackReportsEveryPacketInTime() throws Exception {
        CallLab lab = new CallLab(8);
        LabClient a = lab.join(A);
        lab.join(B);
        lab.runMillis(3_000);
        assertThat(a.reportedLost()).isEmpty();
        assertThat(a.reportedReceived()).hasSizeGreaterThan(400);
        assertThat(a.lastFractionLost()).isZero();
    }

    @Test
    void senderReportsKeepTheSendersClockAndCountThisHop() throws Exception {
        CallLab lab = new CallLab(9);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B).silent();
        lab.runMillis(3_000);
        assertThat(b.senderReportNtp()).hasSizeGreaterThan(3).isSorted();
        assertThat(b.senderReportNtp().getFirst()).isBetween(LabClient.ntp(0), LabClient.ntp(lab.now()));
        assertThat(a.senderReportNtp()).as("nobody else sends").isEmpty();
    }

    @Test
    void whoLeavesIsNoLongerReceivedAndItsSourcesAreFree() throws Exception {
        CallLab lab = new CallLab(10);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        lab.runMillis(2_000);
        lab.conference().expireEndpoint(A, lab.now());
        lab.runMillis(100);
        int before = b.packets(a.audioSsrc()).size();
        lab.runMillis(1_000);
        assertThat(b.packets(a.audioSsrc())).hasSize(before);
        assertThat(lab.events()).contains("expired " + A, "forwarded to " + B + " []");
        assertThat(lab.paths()).isEqualTo(1);
        assertThat(lab.outside().endpointIds()).containsExactly(B);
        assertThat(lab.count(Counter.DROPPED_UNKNOWN_ADDRESS)).isPositive();
        lab.conference().addEndpoint(C, Offers.standard(), lab.now());
        lab.conference().setSources(C, Offers.camera(A, a.audioSsrc()), lab.now());
    }

    @Test
    void whoVanishesIsInactiveAfterTenSecondsAndGoneAfterThirty() throws Exception {
        CallLab lab = new CallLab(11);
        LabClient a = lab.join(A);
        lab.join(B);
        lab.runMillis(2_000);
        lab.vanish(a);
        lab.runMillis(10_100);
        assertThat(lab.events()).contains("inactive " + A).doesNotContain("expired " + A);
        lab.runMillis(20_000);
        assertThat(lab.events()).contains("expired " + A).doesNotContain("inactive " + B);
        assertThat(lab.count(Counter.ENDPOINTS_SILENT)).isEqualTo(1);
    }

    @Test
    void everyNewcomerWasAnnouncedAsActiveToEverybody() throws Exception {
        CallLab lab = new CallLab(11);
        LabClient a = lab.join(A);
        lab.join(B);
        lab.runMillis(2_000);
        assertThat(lab.events()).doesNotContain("active " + A, "inactive " + A);
        lab.cut(a, true);
        lab.runMillis(12_000);
        assertThat(lab.events()).contains("inactive " + A).doesNotContain("active " + A);
        lab.cut(a, false);
        lab.runMillis(5_000);
        assertThat(lab.events())
                .containsSubsequence("inactive " + A, "active " + A)
                .doesNotContain("active " + B);
    }

    @Test
    void anEmptyConferenceExpiresAfterAMinute() throws Exception {
        CallLab lab = new CallLab(12);
        LabClient a = lab.join(A);
        lab.runMillis(1_000);
        lab.vanish(a);
        lab.conference().expireEndpoint(A, lab.now());
        lab.runMillis(59_000);
        assertThat(lab.isExpired()).isFalse();
        lab.runMillis(2_000);
        assertThat(lab.isExpired()).isTrue();
        assertThat(lab.events()).endsWith("expired conference");
        assertThat(lab.paths()).isZero();
    }

    @Test
    void withoutChecksConsentEndsAndNothingIsSent() throws Exception {
        CallLab lab = new CallLab(13);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        lab.runMillis(2_000);
        b.stopChecking();
        lab.runMillis(30_500);
        int before = b.packets(a.audioSsrc()).size();
        lab.runMillis(1_000);
        assertThat(b.packets(a.audioSsrc())).hasSize(before);
    }

    @Test
    void theLoudestBecomesTheDominantSpeaker() throws Exception {
        CallLab lab = new CallLab(14);
        LabClient a = lab.join(A).withoutVideo().speaking(30);
        LabClient b = lab.join(B).withoutVideo();
        lab.runMillis(3_000);
        assertThat(lab.outside().speakers().dominant()).isEqualTo(A);
        a.speaking(127);
        b.speaking(30);
        lab.runMillis(4_000);
        assertThat(lab.outside().speakers()).isEqualTo(new SpeakerOrder(B, List.of(A), false));
        assertThat(lab.events()).containsSubsequence("speaker " + A, "speaker " + B);
        lab.conference().expireEndpoint(B, lab.now());
        assertThat(lab.outside().speakers().dominant()).isNotEqualTo(B);
        assertThat(lab.outside().speakers().previous()).doesNotContain(B);
    }

    @Test
    void aSourceThatIsSwitchedOffAndOnAgainHasNoGapInItsNumbers() throws Exception {
        CallLab lab = new CallLab(15);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        lab.runMillis(2_000);
        ReceiverConstraints off = new ReceiverConstraints(
                -1, List.of(), List.of(), VideoConstraint.height(180), Map.of(A + "-v0", VideoConstraint.height(0)));
        lab.conference().setReceiverConstraints(B, off, lab.now());
        assertThat(lab.outside().forwardedSources(B)).isEmpty();
        lab.runMillis(100);
        int before = b.packets(a.videoSsrc()).size();
        int sounds = b.packets(a.audioSsrc()).size();
        lab.runMillis(3_000);
        assertThat(b.packets(a.videoSsrc())).hasSize(before);
        assertThat(b.packets(a.audioSsrc())).as("sound goes on").hasSizeGreaterThan(sounds + 100);
        long back = lab.now();
        lab.conference().setReceiverConstraints(B, ReceiverConstraints.ALL, lab.now());
        lab.runMillis(2_000);
        assertThat(b.packets(a.videoSsrc())).hasSizeGreaterThan(before + 100);
        assertThat(b.missing(a.videoSsrc(), 0)).isZero();
        assertThat(b.keyFrameAt(a)).isBetween(back, back + 300 * CallLab.MILLI);
    }

    @Test
    void afterASwitchLostPacketsAreStillRepaired() throws Exception {
        CallLab lab = new CallLab(16);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        lab.runMillis(1_000);
        lab.conference()
                .setReceiverConstraints(
                        B,
                        new ReceiverConstraints(0, List.of(), List.of(), VideoConstraint.height(180), Map.of()),
                        lab.now());
        lab.runMillis(1_000);
        lab.conference().setReceiverConstraints(B, ReceiverConstraints.ALL, lab.now());
        lab.withLoss(0.05).runMillis(5_000);
        assertThat(b.missing(a.videoSsrc(), 60)).isZero();
        assertThat(lab.count(Counter.RETRANSMISSIONS_SENT)).isPositive();
    }

    @Test
    void aClientThatMovesToAnotherNetworkIsFollowed() throws Exception {
        CallLab lab = new CallLab(17);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        lab.runMillis(1_000);
        b.moveTo(30_001);
        lab.runMillis(1_000);
        int before = b.packets(a.videoSsrc()).size();
        lab.runMillis(1_000);
        assertThat(b.packets(a.videoSsrc())).hasSizeGreaterThan(before + 90);
        assertThat(b.missing(a.videoSsrc(), 0)).isZero();
        assertThat(lab.count(Counter.ICE_PATH_CHANGES)).isEqualTo(1);
        assertThat(a.packets(b.videoSsrc())).isNotEmpty();
    }

    @Test
    void aClientThatWasCutOffForTenSecondsIsFollowedWithItsFirstCheckFromItsNewAddress() throws Exception {
        CallLab lab = new CallLab(18);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        lab.runMillis(1_000);
        lab.cut(b, true);
        lab.runMillis(10_000);
        b.moveTo(30_002);
        lab.cut(b, false);
        int before = b.packets(a.videoSsrc()).size();
        int beforeAtA = a.packets(b.videoSsrc()).size();
        // One interval of checks, and the way there and back.
        lab.runMillis(700);
        assertThat(b.packets(a.videoSsrc())).hasSizeGreaterThan(before);
        assertThat(a.packets(b.videoSsrc())).hasSizeGreaterThan(beforeAtA);
        assertThat(lab.count(Counter.ICE_PATH_CHANGES)).isEqualTo(1);
        assertThat(lab.events()).doesNotContain("expired " + B);
    }

    @Test
    void sourcesThatAreAddedLaterAreForwardedAndRemovedOnesAreNot() throws Exception {
        CallLab lab = new CallLab(18);
        LabClient a = lab.add(A);
        LabClient b = lab.add(B);
        lab.runMillis(1_000);
        assertThat(b.ssrcs()).isEmpty();
        assertThat(lab.count(Counter.DROPPED_UNKNOWN_SSRC)).isPositive();
        lab.conference().setSources(A, Offers.camera(A, a.audioSsrc()), lab.now());
        lab.runMillis(1_000);
        assertThat(b.ssrcs()).containsExactlyInAnyOrder(a.audioSsrc(), a.videoSsrc());
        assertThat(b.keyFrameAt(a)).isPositive();
        lab.conference().setSources(A, List.of(Offers.audio(A, a.audioSsrc())), lab.now());
        lab.runMillis(100);
        int before = b.packets(a.videoSsrc()).size();
        lab.runMillis(1_000);
        assertThat(b.packets(a.videoSsrc())).hasSize(before);
        assertThat(b.missing(a.audioSsrc(), 0)).as("sound was not disturbed").isZero();
        lab.conference().setSources(A, Offers.camera(A, a.audioSsrc()), lab.now());
        lab.runMillis(1_000);
        assertThat(b.packets(a.videoSsrc())).hasSizeGreaterThan(before);
        assertThat(b.missing(a.videoSsrc(), 0)).isZero();
    }

    @Test
    void theSnapshotTellsWhoSendsWhatToWhom() throws Exception {
        CallLab lab = new CallLab(19);
        lab.join(A);
        lab.join(B);
        lab.runMillis(3_000);
        ConferenceSnapshot snapshot = lab.conference().snapshot(lab.now());
        ConferenceSnapshot.Endpoint a = snapshot.endpoints().getFirst();
        assertThat(a.ice()).isEqualTo(ConferenceSnapshot.IceState.CONNECTED);
        assertThat(a.dtls()).isEqualTo(ConferenceSnapshot.DtlsState.CONNECTED);
        assertThat(a.srtpProfile()).isEqualTo("AEAD_AES_128_GCM");
        assertThat(a.sources()).extracting(ConferenceSnapshot.Source::name).containsExactly(A + "-a0", A + "-v0");
        ConferenceSnapshot.Source video = a.sources().getLast();
        assertThat(video.packets()).isGreaterThan(200);
        assertThat(video.receivers())
                .extracting(ConferenceSnapshot.Receiver::endpoint)
                .containsExactly(B);
    }
}
