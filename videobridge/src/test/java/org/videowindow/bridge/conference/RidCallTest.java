package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.codec.VideoCodec;
import org.videowindow.bridge.layers.LayerTarget;
import org.videowindow.bridge.rtcp.PictureLoss;

/** A camera that is announced by stream ids: what is learned from packets, and what nobody can make the bridge believe. */
class RidCallTest {
    private RidLab call;

    @BeforeEach
    void aCallWithACamera() throws Exception {
        call = new RidLab(VideoCodec.VP8, "", "1", 7);
    }

    private long count(Counter counter) {
        return call.lab.count(counter);
    }

    /** A packet of the lowest encoding as the model wrote it. */
    private byte[] model() {
        return call.camera.picture(0, call.lab.now() / CallLab.MILLI).getFirst();
    }

    private void inject(RidClient from, byte[] packet) {
        call.lab.inject(from.port(), from.seal(packet));
    }

    /** A packet that says it is of an encoding. */
    private void claim(RidClient from, int ssrc, String rid) {
        inject(from, from.packet(model(), ssrc, RidClient.STREAM_ID, rid, null));
    }

    private List<Integer> learned() {
        return call.endpoint(RidLab.A).inbound().sources().getFirst().streams().stream()
                .map(ReceivedStream::ssrc)
                .toList();
    }

    private void target(int encoding) {
        call.toB().target(new LayerTarget(encoding, 7, 7), call.lab.now());
    }

    @Test
    void threeEncodingsAreLearnedAndTheLargestIsSentUnderTheSsrcThatReceiversKnow() {
        assertThat(learned()).containsExactly(0, 0, 0);
        call.runPictures(60);
        assertThat(learned()).containsExactly(700_000, 700_002, 700_004);
        assertThat(call.b.ssrcsReceived()).containsExactly(RidLab.KNOWN_AS);
        assertThat(call.encodingAtB()).isEqualTo(2);
        assertThat(count(Counter.STREAM_IDS_LEARNED)).isEqualTo(3);
        assertThat(call.lab.drops()).isZero();
    }

    @Test
    void whenItsSsrcsAreReportedOnTheSenderNeedsNoIdsAnyMore() {
        call.runPictures(120);
        assertThat(call.a.reported()).contains(700_000, 700_002, 700_004);
        int before = call.camera.count();
        call.runPictures(60);
        assertThat(call.camera.count()).isGreaterThan(before + 60);
        assertThat(call.lab.drops()).isZero();
        assertThat(call.camera.gaps(0)).isEmpty();
    }

    @Test
    void whatReceiversAskReachesTheEncodingTheyGet() {
        call.runPictures(60);
        for (int encoding : new int[] {0, 1, 2}) {
            target(encoding);
            call.runPictures(25);
            assertThat(call.encodingAtB()).isEqualTo(encoding);
            call.a.keyFramesAsked().clear();
            byte[] request = new byte[PictureLoss.BYTES];
            PictureLoss.write(request, 0, 1, RidLab.KNOWN_AS);
            call.b.sendRtcp(request);
            call.runPictures(10);
            assertThat(call.a.keyFramesAsked()).containsExactly(call.a.ssrc(encoding));
        }
    }

    @Test
    void nothingIsAskedOfASenderBeforeItsSsrcsAreKnown() {
        call.lab.runMillis(5_000);
        assertThat(call.a.keyFramesAsked()).isEmpty();
        assertThat(call.a.reported()).isEmpty();
        call.runPictures(60);
        assertThat(call.encodingAtB()).isEqualTo(2);
    }

    @Test
    void anEncodingThatStopsIsLeftAndTakenAgain() {
        call.runPictures(60);
        call.a.sends(2, false);
        call.runPictures(30);
        assertThat(call.encodingAtB()).isEqualTo(1);
        call.a.sends(2, true);
        call.camera.keyWanted(2);
        call.runPictures(60);
        assertThat(call.encodingAtB()).isEqualTo(2);
        call.camera.check(false);
    }

    @Test
    void anEncodingThatMovesToAnotherSsrcGoesOnWithoutAGap() {
        call.runPictures(60);
        call.a.move(2, 800_000);
        call.runPictures(60);
        assertThat(learned()).containsExactly(700_000, 700_002, 800_000);
        assertThat(call.encodingAtB()).isEqualTo(2);
        assertThat(call.camera.gaps(0)).isEmpty();
        call.a.move(2, 900_000);
        call.runPictures(90);
        assertThat(learned()).containsExactly(700_000, 700_002, 900_000);
        assertThat(call.camera.gaps(0)).isEmpty();
    }

    @Test
    void anEncodingDoesNotMoveAsOftenAsItsSenderLikes() {
        call.runPictures(60);
        long learnedBefore = count(Counter.STREAM_IDS_LEARNED);
        for (int i = 0; i < 1_000; i++) {
            claim(call.a, 1_000_000 + i, "hi");
            call.lab.runMillis(5);
        }
        assertThat(count(Counter.STREAM_IDS_LEARNED) - learnedBefore).isBetween(1L, 4L);
        assertThat(count(Counter.STREAM_IDS_REFUSED)).isGreaterThan(990);
        assertThat(count(Counter.DROPPED_UNKNOWN_SSRC)).isGreaterThan(990);
        call.runPictures(60);
        assertThat(call.toB().current().encoding()).isPositive();
        assertThat(call.camera.gaps(0)).isEmpty();
        assertThat(count(Counter.WORKER_FAULTS)).isZero();
    }

    @Test
    void whoDoesNotSayOfWhichEncodingAPacketIsIsNotForwarded() {
        claim(call.a, 700_000, null);
        claim(call.a, 700_000, "x");
        claim(call.a, 700_000, "low");
        claim(call.a, 700_000, "l");
        assertThat(learned()).containsExactly(0, 0, 0);
        assertThat(count(Counter.DROPPED_UNKNOWN_SSRC)).isEqualTo(4);
        assertThat(count(Counter.STREAM_IDS_REFUSED)).isZero();
    }

    @Test
    void theIdsOfAnotherEndpointAreWorthNothing() {
        call.runPictures(30);
        long before = count(Counter.RTP_FORWARDED);
        for (String rid : List.of("lo", "mid", "hi")) {
            claim(call.b, 31, rid);
            claim(call.b, call.a.ssrc(2), rid);
        }
        assertThat(count(Counter.DROPPED_UNKNOWN_SSRC)).isEqualTo(6);
        assertThat(count(Counter.RTP_FORWARDED)).isEqualTo(before);
        assertThat(learned()).containsExactly(700_000, 700_002, 700_004);
    }

    @Test
    void announcedSsrcsAndTheBridgesOwnAreNotTakenOver() throws Exception {
        call.lab.conference().setSources(RidLab.B, List.of(Offers.video(RidLab.B, 31, 32)), call.lab.now());
        int own = call.lab.conference().feedbackSsrc();
        for (int ssrc : new int[] {31, 32, RidLab.KNOWN_AS, RidLab.KNOWN_AS + 1, own}) {
            claim(call.a, ssrc, "lo");
        }
        assertThat(learned()).containsExactly(0, 0, 0);
        assertThat(count(Counter.STREAM_IDS_REFUSED)).isEqualTo(5);
    }

    @Test
    void whoAnnouncesAnSsrcGetsItAndTheOtherLearnsAnother() throws Exception {
        call.runPictures(60);
        call.lab.conference().setSources(RidLab.B, List.of(Offers.video(RidLab.B, 700_004, 32)), call.lab.now());
        assertThat(learned()).containsExactly(700_000, 700_002, 0);
        call.runPictures(60);
        assertThat(call.encodingAtB()).isEqualTo(1);
        call.a.move(2, 800_000);
        call.runPictures(60);
        assertThat(learned()).containsExactly(700_000, 700_002, 800_000);
        assertThat(call.encodingAtB()).isEqualTo(2);
        assertThat(call.camera.gaps(0)).isEmpty();
    }

    @Test
    void aSourceThatComesBackIsKnownAlthoughItsPacketsHaveNoIdsAnyMore() throws Exception {
        call.runPictures(120);
        call.lab.conference().setSources(RidLab.A, List.of(), call.lab.now());
        call.runPictures(60);
        assertThat(count(Counter.DROPPED_UNKNOWN_SSRC)).isPositive();
        call.lab.conference().setSources(RidLab.A, List.of(call.a.described("")), call.lab.now());
        call.runPictures(60);
        assertThat(learned()).containsExactly(700_000, 700_002, 700_004);
        assertThat(call.encodingAtB()).isEqualTo(2);
    }

    @Test
    void whatIsRememberedOfSourcesThatWentIsBounded() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            MediaSource one = call.a.described("m" + i);
            call.lab.conference().setSources(RidLab.A, List.of(one), call.lab.now());
            claim(call.a, 1_000_000 + i, "lo");
        }
        assertThat(count(Counter.STREAM_IDS_LEARNED)).isEqualTo(1_000);
        assertThat(call.endpoint(RidLab.A).inbound().streams()).hasSize(3);
        assertThat(count(Counter.WORKER_FAULTS)).isZero();
    }

    @Test
    void aStreamThatIsNotSignalledAnyMoreIsLeft() throws Exception {
        call.runPictures(60);
        MediaSource all = call.a.described("");
        MediaSource fewer = new MediaSource(
                all.name(),
                all.kind(),
                all.videoType(),
                all.ssrcs(),
                all.groups(),
                new StreamIds(List.of("lo", "mid"), ""));
        call.lab.conference().setSources(RidLab.A, List.of(fewer), call.lab.now());
        call.runPictures(60);
        assertThat(learned()).containsExactly(700_000, 700_002);
        assertThat(call.encodingAtB()).isEqualTo(1);
        assertThat(call.camera.gaps(0)).isEmpty();
    }

    @Test
    void aMidThatWasToldMustBeThatOfThePacket() throws Exception {
        call.lab.conference().setSources(RidLab.A, List.of(call.a.described("7")), call.lab.now());
        call.runPictures(10);
        assertThat(learned()).as("the packets say mid 1").containsExactly(0, 0, 0);
        call.lab.conference().setSources(RidLab.A, List.of(call.a.described("1")), call.lab.now());
        call.runPictures(60);
        assertThat(learned()).containsExactly(700_000, 700_002, 700_004);
        assertThat(call.encodingAtB()).isEqualTo(2);
    }

    @Test
    void camerasWithTheSameIdsAreToldApartByTheirMids() throws Exception {
        MediaSource first = call.a.described("1");
        List<Long> known = List.of(600_000L, 600_001L);
        MediaSource second = new MediaSource(
                RidLab.A + "-v1",
                MediaKind.VIDEO,
                VideoType.DESKTOP,
                known,
                List.of(new SsrcGroup(SsrcGroup.Semantics.FID, known)),
                new StreamIds(List.of("hi", "lo"), "2"));
        call.lab.conference().setSources(RidLab.A, List.of(first, second), call.lab.now());
        inject(call.a, call.a.packet(model(), 41, RidClient.STREAM_ID, "lo", "2"));
        inject(call.a, call.a.packet(model(), 42, RidClient.STREAM_ID, "lo", "1"));
        inject(call.a, call.a.packet(model(), 43, RidClient.STREAM_ID, "hi", null));
        inject(call.a, call.a.packet(model(), 44, RidClient.STREAM_ID, "hi", "3"));
        assertThat(learned()).containsExactly(42, 0, 0);
        assertThat(call.endpoint(RidLab.A).inbound().sources().getLast().streams())
                .extracting(ReceivedStream::ssrc)
                .containsExactly(0, 41);
    }

    @Test
    void repetitionsAreTakenByTheIdOfWhatTheyRepairAndNotBeforeThatIsKnown() {
        byte[] early = call.a.packet(model(), 51, RidClient.REPAIRED_ID, "lo", null);
        early[1] = (byte) Offers.RTX;
        inject(call.a, early);
        assertThat(learned()).containsExactly(0, 0, 0);
        call.lab.withLoss(0.05);
        call.runPictures(300);
        assertThat(call.a.repeated()).isPositive();
        assertThat(count(Counter.RETRANSMISSIONS_RECEIVED)).isPositive();
        call.lab.withLoss(0);
        call.runPictures(30);
        assertThat(call.camera.gaps(8)).isEmpty();
        assertThat(call.endpoint(RidLab.A).inbound().sources().getFirst().streams())
                .extracting(ReceivedStream::repeatSsrc)
                .contains(700_005);
    }
}
