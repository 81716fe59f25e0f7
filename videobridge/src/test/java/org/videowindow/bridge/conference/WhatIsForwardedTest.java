package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.rtcp.PictureLoss;

/** Who is sent which sources under which SSRCs, and what senders are told of it: whole conferences in virtual time. */
class WhatIsForwardedTest {
    private static final String A = "aaaaaaaa";
    private static final String B = "bbbbbbbb";
    private static final String C = "cccccccc";
    private static final String D = "dddddddd";

    private static ReceiverConstraints lastN(int lastN) {
        return new ReceiverConstraints(lastN, List.of(), List.of(), VideoConstraint.UNLIMITED, Map.of());
    }

    private static ReceiverConstraints height(int height) {
        return new ReceiverConstraints(-1, List.of(), List.of(), VideoConstraint.height(height), Map.of());
    }

    private static void want(CallLab lab, String receiver, ReceiverConstraints wish) {
        lab.conference().setReceiverConstraints(receiver, wish, lab.now());
    }

    // --- Mapped sources ---

    @Test
    void whoMapsSourcesGetsThemOnSsrcsOfItsOwn() throws Exception {
        CallLab lab = new CallLab(1);
        LabClient a = lab.join(A);
        LabClient b = lab.joinMapping(B);
        LabClient c = lab.join(C);
        lab.runMillis(3_000);
        int video = b.ssrcOf(a.videoSsrc());
        int audio = b.ssrcOf(a.audioSsrc());
        assertThat(b.ssrcs())
                .containsExactlyInAnyOrder(video, audio, b.ssrcOf(c.videoSsrc()), b.ssrcOf(c.audioSsrc()))
                .doesNotContain(a.videoSsrc(), a.audioSsrc(), 0);
        assertThat(b.missing(video, 0)).isZero();
        assertThat(b.missing(audio, 0)).isZero();
        assertThat(c.ssrcs())
                .as("others are sent what was signalled")
                .containsExactlyInAnyOrder(a.videoSsrc(), a.audioSsrc(), b.videoSsrc(), b.audioSsrc());
        assertThat(lab.outside().mappedSources(C, MediaKind.VIDEO)).isEmpty();
        assertThat(lab.outside().mappedSources(B, MediaKind.VIDEO))
                .as("for a channel that opens late")
                .extracting(MappedSource::name, MappedSource::owner, source -> (int) source.ssrc())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(A + "-v0", A, video),
                        org.assertj.core.groups.Tuple.tuple(C + "-v0", C, b.ssrcOf(c.videoSsrc())));
        assertThat(lab.outside().mappedSources(B, MediaKind.AUDIO))
                .extracting(MappedSource::repeatSsrc)
                .containsExactly(-1L, -1L);
    }

    @Test
    void whatIsAskedAboutAMappedSourceReachesItsSender() throws Exception {
        CallLab lab = new CallLab(2);
        LabClient a = lab.join(A);
        LabClient b = lab.joinMapping(B);
        lab.runMillis(2_000);
        int asked = a.keyFrameRequestTimes().size();
        byte[] request = new byte[PictureLoss.BYTES];
        PictureLoss.write(request, 0, b.audioSsrc(), b.ssrcOf(a.videoSsrc()));
        b.sendRtcp(request);
        lab.runMillis(100);
        assertThat(a.keyFrameRequestTimes()).hasSize(asked + 1);
        PictureLoss.write(request, 0, b.audioSsrc(), a.videoSsrc());
        b.sendRtcp(request);
        lab.runMillis(1_000);
        assertThat(a.keyFrameRequestTimes())
                .as("an SSRC that it was never told")
                .hasSize(asked + 1);
    }

    @Test
    void lossIsRepairedOnMappedSsrcs() throws Exception {
        CallLab lab = new CallLab(3).withLoss(0.05);
        LabClient a = lab.join(A).withVideo();
        LabClient b = lab.joinMapping(B);
        lab.runMillis(8_000);
        assertThat(b.missing(b.ssrcOf(a.videoSsrc()), 60)).isZero();
        assertThat(lab.count(Counter.RETRANSMISSIONS_SENT)).isPositive();
    }

    @Test
    void manySourcesTakeTurnsOnFewSsrcs() throws Exception {
        CallLab lab = new CallLab(4, BridgeLimits.DEFAULTS, new ForwardingSettings(10, 2, 50));
        LabClient a = lab.join(A);
        LabClient b = lab.joinMapping(B);
        LabClient c = lab.join(C);
        LabClient d = lab.join(D);
        want(lab, B, lastN(1));
        lab.runMillis(2_000);
        for (LabClient speaker : List.of(c, d, a, d, c, a)) {
            List.of(a, c, d).forEach(one -> one.speaking(one == speaker ? 30 : 127));
            lab.runMillis(4_000);
            assertThat(b.ssrcOf(speaker.videoSsrc())).isNotZero();
        }
        assertThat(lab.outside().mappedSources(B, MediaKind.VIDEO)).hasSize(2);
        List<Integer> videos = b.ssrcs().stream()
                .filter(ssrc -> lab.outside().mappedSources(B, MediaKind.VIDEO).stream()
                        .anyMatch(source -> (int) source.ssrc() == ssrc))
                .toList();
        assertThat(videos).hasSize(2);
        for (int ssrc : videos) {
            assertThat(b.packets(ssrc)).hasSizeGreaterThan(200);
            assertThat(b.missing(ssrc, 0))
                    .as("numbers go on from source to source")
                    .isZero();
        }
    }

    @Test
    void aSourceThatEndsLeavesItsSsrcToTheNext() throws Exception {
        CallLab lab = new CallLab(5);
        LabClient a = lab.join(A);
        LabClient b = lab.joinMapping(B);
        lab.runMillis(1_000);
        int ssrc = b.ssrcOf(a.videoSsrc());
        lab.conference().expireEndpoint(A, lab.now());
        lab.runMillis(500);
        assertThat(lab.outside().mappedSources(B, MediaKind.VIDEO))
                .as("for a channel that opens again")
                .isEmpty();
        LabClient c = lab.join(C);
        lab.runMillis(1_500);
        assertThat(b.ssrcOf(c.videoSsrc())).isEqualTo(ssrc);
        assertThat(b.missing(ssrc, 0)).isZero();
        assertThat(b.packets(ssrc)).hasSizeGreaterThan(150);
    }

    // --- What senders are told ---

    @Test
    void aSenderIsToldWhatAnybodyWants() throws Exception {
        CallLab lab = new CallLab(6);
        lab.join(A);
        lab.join(B);
        lab.join(C);
        want(lab, B, height(180));
        want(lab, C, height(360));
        lab.runMillis(4_000);
        assertThat(lab.events()).as("less is told after a while").noneMatch(event -> event.startsWith("wanted"));
        lab.runMillis(2_000);
        assertThat(lab.events()).contains("wanted " + A + "-v0 360");
        assertThat(lab.outside().senderConstraints(A)).isEqualTo(Map.of(A + "-v0", 360));
        assertThat(lab.outside().senderConstraints(B)).as("A has said nothing").isEmpty();
        want(lab, B, height(720));
        lab.runMillis(200);
        assertThat(lab.outside().senderConstraints(A)).as("more at once").isEqualTo(Map.of(A + "-v0", 720));
        want(lab, B, height(0));
        want(lab, C, lastN(0));
        lab.runMillis(6_000);
        assertThat(lab.outside().senderConstraints(A)).isEqualTo(Map.of(A + "-v0", 0));
        want(lab, C, lastN(-1));
        lab.runMillis(200);
        assertThat(lab.events()).endsWith("wanted " + A + "-v0 any");
        assertThat(lab.outside().senderConstraints(A)).isEmpty();
    }

    @Test
    void whoIsAloneNeedNotSend() throws Exception {
        CallLab lab = new CallLab(7);
        LabClient a = lab.join(A);
        lab.runMillis(6_000);
        assertThat(lab.outside().senderConstraints(A)).isEqualTo(Map.of(A + "-v0", 0));
        lab.join(B);
        lab.runMillis(200);
        assertThat(lab.outside().senderConstraints(A)).isEmpty();
        assertThat(a.keyFrameRequestTimes().size()).as("asked for one picture").isLessThan(3);
    }

    // --- Last N and types ---

    @Test
    void takingTurnsDoesNotPushAnybodyOut() throws Exception {
        CallLab lab = new CallLab(8);
        LabClient a = lab.join(A).withoutVideo();
        LabClient b = lab.join(B);
        LabClient c = lab.join(C);
        LabClient d = lab.join(D);
        want(lab, A, lastN(2));
        lab.runMillis(1_000);
        for (int turn = 0; turn < 8; turn++) {
            c.speaking(turn % 2 == 0 ? 30 : 127);
            d.speaking(turn % 2 == 1 ? 30 : 127);
            lab.runMillis(3_000);
        }
        assertThat(lab.outside().forwardedSources(A)).containsExactly(C + "-v0", D + "-v0");
        assertThat(lab.events().stream().filter(event -> event.startsWith("forwarded to " + A)))
                .as("changes in all")
                .hasSizeLessThan(8);
        assertThat(a.ssrcs()).contains(b.audioSsrc());
    }

    @Test
    void aMutedCameraMakesRoomForAnother() throws Exception {
        CallLab lab = new CallLab(9);
        lab.join(A).withoutVideo();
        LabClient b = lab.join(B).withoutVideo();
        lab.join(C);
        want(lab, A, lastN(1));
        b.speaking(30);
        lab.runMillis(3_000);
        assertThat(lab.outside().forwardedSources(A)).containsExactly(B + "-v0");
        lab.conference().setVideoType(B, B + "-v0", VideoType.NONE, lab.now());
        lab.conference().setVideoType(B, C + "-v0", VideoType.NONE, lab.now());
        lab.runMillis(300);
        assertThat(lab.outside().forwardedSources(A)).containsExactly(C + "-v0");
        lab.conference().setVideoType(B, B + "-v0", VideoType.CAMERA, lab.now());
        lab.runMillis(300);
        assertThat(lab.outside().forwardedSources(A)).containsExactly(B + "-v0");
    }

    @Test
    void whoMapsIsToldWhenASourceShowsSomethingElse() throws Exception {
        CallLab lab = new CallLab(10);
        lab.join(A);
        lab.joinMapping(B);
        lab.runMillis(500);
        lab.conference().setVideoType(A, A + "-v0", VideoType.DESKTOP, lab.now());
        assertThat(lab.events()).endsWith("mapped to " + B + " " + A + "-v0 DESKTOP");
        assertThat(lab.outside().mappedSources(B, MediaKind.VIDEO).getFirst().videoType())
                .isEqualTo(VideoType.DESKTOP);
    }

    // --- Sound ---

    @Test
    void ofManyTheLoudestAreHeardWithoutGaps() throws Exception {
        CallLab lab = new CallLab(11, BridgeLimits.DEFAULTS, new ForwardingSettings(2, 50, 50));
        LabClient a = lab.join(A).withoutVideo().speaking(30);
        LabClient b = lab.join(B).withoutVideo().speaking(30);
        LabClient c = lab.join(C).withoutVideo().speaking(127);
        LabClient d = lab.join(D).withoutVideo().speaking(127);
        lab.runMillis(6_000);
        assertThat(d.packets(a.audioSsrc()).size()).isGreaterThan(250);
        assertThat(d.packets(b.audioSsrc()).size()).isGreaterThan(250);
        assertThat(d.packets(c.audioSsrc())).as("silence of a third").hasSizeLessThan(20);
        a.speaking(127);
        lab.runMillis(3_000);
        int before = d.packets(c.audioSsrc()).size();
        c.speaking(30);
        lab.runMillis(3_000);
        assertThat(d.packets(c.audioSsrc()).size()).as("heard at once").isGreaterThan(before + 140);
        int silent = d.packets(a.audioSsrc()).size();
        lab.runMillis(3_000);
        assertThat(d.packets(a.audioSsrc()).size()).isLessThan(silent + 5);
        a.speaking(10);
        lab.runMillis(3_000);
        assertThat(d.packets(a.audioSsrc()).size()).isGreaterThan(silent + 140);
        for (LabClient sender : List.of(a, b, c)) {
            assertThat(d.missing(sender.audioSsrc(), 0)).isZero();
        }
    }
}
