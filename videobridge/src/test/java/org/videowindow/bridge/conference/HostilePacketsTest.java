package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.conference.ConferenceException.Reason;
import org.videowindow.bridge.ice.StunMessages;
import org.videowindow.bridge.rtcp.Bye;
import org.videowindow.bridge.rtcp.Nack;
import org.videowindow.bridge.rtcp.PictureLoss;
import org.videowindow.bridge.rtcp.SenderReport;

/** What strangers and bad participants send: counted and dropped, the call goes on. */
class HostilePacketsTest extends CallOfTwo {
    private static final int STRANGER = 6_666;

    private static byte[] videoPacket(int ssrc, int sequence) {
        byte[] payload = MediaPackets.vp8(false, true, 100);
        ByteBuffer.wrap(payload).putInt(20, ssrc);
        return MediaPackets.rtp(MediaKind.VIDEO, Offers.VP8, ssrc, sequence, 0, 0, payload);
    }

    @Test
    void mediaAndDtlsFromAnAddressThatIceHasNotValidatedAreDropped() {
        lab.inject(STRANGER, LabClient.clientHello());
        byte[] media = a.seal(a.nextVideoPacket(false, true, lab.now()));
        lab.inject(STRANGER, media);
        lab.inject(STRANGER, a.sealRtcp(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 3, (byte) 0xe8}));
        assertThat(lab.count(Counter.DROPPED_UNKNOWN_ADDRESS)).isEqualTo(3);
        assertThat(lab.count(Counter.DTLS_COMPLETED)).isEqualTo(2);
        lab.inject(a.port(), media);
        theCallGoesOn();
    }

    @Test
    void nobodySendsInTheNameOfAnother() {
        int before = b.packets(a.videoSsrc()).size();
        lab.inject(b.port(), b.seal(videoPacket(a.videoSsrc(), 9_000)));
        lab.inject(a.port(), a.seal(videoPacket(b.videoSsrc(), 9_001)));
        lab.inject(a.port(), a.seal(videoPacket((int) feedbackSsrc(), 9_002)));
        lab.runMillis(30);
        assertThat(lab.count(Counter.DROPPED_UNKNOWN_SSRC)).isEqualTo(3);
        assertThat(b.packets(a.videoSsrc()).size() - before).isLessThanOrEqualTo(4);
        theCallGoesOn();
    }

    private long feedbackSsrc() {
        return lab.outside().feedbackSources().getLast().ssrcs().getFirst();
    }

    @Test
    void sourcesOfAnotherOrOfTheBridgeAreRefusedAndNothingChanges() throws Exception {
        List<List<MediaSource>> conflicts = List.of(
                List.of(Offers.audio(B, a.audioSsrc())),
                List.of(Offers.audio(B, 77), Offers.video(B, 78, a.repeatSsrc())),
                List.of(Offers.audio(A, 77)),
                List.of(Offers.audio(B, feedbackSsrc())));
        for (List<MediaSource> sources : conflicts) {
            assertThatExceptionOfType(ConferenceException.class)
                    .isThrownBy(() -> lab.conference().setSources(B, sources, lab.now()))
                    .matches(refused -> refused.reason() == Reason.CONFLICT);
        }
        theCallGoesOn();
        assertThat(a.missing(b.videoSsrc(), 0)).isZero();
    }

    static List<List<MediaSource>> brokenSources() {
        SsrcGroup foreign = new SsrcGroup(SsrcGroup.Semantics.FID, List.of(5L, 6L));
        SsrcGroup single = new SsrcGroup(SsrcGroup.Semantics.FID, List.of(5L));
        return List.of(
                List.of(source("", 5)),
                List.of(source("x".repeat(257), 5)),
                List.of(source("x")),
                List.of(source("x", 0)),
                List.of(source("x", -1)),
                List.of(source("x", 1L << 32)),
                List.of(source("x", 5, 5)),
                List.of(source("x", 5), source("x", 6)),
                List.of(source("x", 5), source("y", 5)),
                List.of(new MediaSource("x", MediaKind.VIDEO, VideoType.CAMERA, List.of(5L), List.of(foreign))),
                List.of(new MediaSource("x", MediaKind.VIDEO, VideoType.CAMERA, List.of(5L), List.of(single))),
                List.of(new MediaSource(
                        "x", MediaKind.VIDEO, VideoType.CAMERA, List.of(5L, 6L), List.of(foreign, foreign))));
    }

    private static MediaSource source(String name, long... ssrcs) {
        return new MediaSource(
                name,
                MediaKind.VIDEO,
                VideoType.CAMERA,
                Arrays.stream(ssrcs).boxed().toList(),
                List.of());
    }

    @ParameterizedTest
    @MethodSource("brokenSources")
    void sourcesThatMakeNoSenseAreRefused(List<MediaSource> sources) {
        assertThatExceptionOfType(ConferenceException.class)
                .isThrownBy(() -> lab.conference().setSources(B, sources, lab.now()))
                .matches(refused -> refused.reason() == Reason.INVALID);
    }

    @Test
    void moreSsrcsThanAllowedAreRefused() {
        List<MediaSource> many = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            many.add(source("s" + i, 50_000 + i));
        }
        assertThatExceptionOfType(ConferenceException.class)
                .isThrownBy(() -> lab.conference().setSources(B, many, lab.now()))
                .matches(refused -> refused.reason() == Reason.LIMIT);
    }

    @Test
    void weakOrChangedFingerprintsAndAPassiveClientAreRefused() {
        List<Fingerprint> none = List.of();
        List<Fingerprint> weak =
                List.of(new Fingerprint("sha-1", "00" + ":00".repeat(19)), new Fingerprint("md5", "00"));
        List<Fingerprint> broken = List.of(new Fingerprint("sha-256", "zz" + ":00".repeat(31)));
        List<Fingerprint> other = List.of(new Fingerprint("sha-256", "11" + ":00".repeat(31)));
        for (List<Fingerprint> fingerprints : List.of(none, weak, broken, other)) {
            RemoteTransport transport =
                    new RemoteTransport("cli" + A, "0123456789012345678901", fingerprints, DtlsSetup.ACTIVE);
            assertThatExceptionOfType(ConferenceException.class)
                    .isThrownBy(() -> lab.conference().setRemoteTransport(A, transport))
                    .matches(refused -> refused.reason() == Reason.INVALID);
        }
        RemoteTransport passive = new RemoteTransport(
                "cli" + A, "0123456789012345678901", a.signalled().fingerprints(), DtlsSetup.PASSIVE);
        assertThatExceptionOfType(ConferenceException.class)
                .isThrownBy(() -> lab.conference().setRemoteTransport(A, passive));
        theCallGoesOn();
    }

    @Test
    void aReplayedPacketIsForwardedOnce() {
        byte[] sealed = a.seal(videoPacket(a.videoSsrc(), 9_000));
        lab.inject(a.port(), sealed);
        long forwarded = lab.count(Counter.RTP_FORWARDED);
        for (int i = 0; i < 100; i++) {
            lab.inject(a.port(), sealed);
        }
        assertThat(lab.count(Counter.RTP_FORWARDED)).isEqualTo(forwarded);
        assertThat(lab.count(Counter.DROPPED_SRTP_REPLAY)).isEqualTo(100);
    }

    @Test
    void aThousandBadTagsTearNothingDown() {
        byte[] sealed = a.seal(a.nextVideoPacket(false, true, lab.now()));
        byte[] forged = sealed.clone();
        forged[forged.length - 1] ^= 1;
        for (int i = 0; i < 1_000; i++) {
            lab.inject(a.port(), forged);
        }
        lab.inject(a.port(), sealed);
        assertThat(lab.count(Counter.DROPPED_SRTP_AUTHENTICATION)).isEqualTo(1_000);
        theCallGoesOn();
    }

    @Test
    void payloadTypesThatWereNotOfferedAreDropped() {
        for (int type : new int[] {0, 101, Offers.OPUS, Offers.RTX}) {
            byte[] packet = videoPacket(a.videoSsrc(), 9_000 + type);
            packet[1] = (byte) type;
            lab.inject(a.port(), a.seal(packet));
        }
        assertThat(lab.count(Counter.DROPPED_UNKNOWN_PAYLOAD)).isEqualTo(4);
    }

    @Test
    void aFloodIsCutToTheLimitAndTheOthersDoNotNotice() {
        a.silent();
        for (int i = 0; i < 20_000; i++) {
            lab.inject(a.port(), a.seal(videoPacket(a.videoSsrc(), 10_000 + i)));
        }
        assertThat(lab.count(Counter.DROPPED_RATE_LIMIT)).isGreaterThan(16_000);
        int before = a.packets(b.videoSsrc()).size();
        lab.runMillis(1_000);
        assertThat(a.packets(b.videoSsrc())).hasSizeGreaterThan(before + 90);
    }

    @Test
    void aFloodOfChecksWithoutCredentialsLeavesNothingBehind() {
        for (int i = 0; i < 50_000; i++) {
            byte[] id = ByteBuffer.allocate(12).putInt(i).array();
            lab.inject(10 + i % 9_000, StunMessages.check(id, "abcdefgh:cli" + A, "0123456789012345678901", true));
        }
        assertThat(lab.count(Counter.DROPPED_STUN_UNAUTHENTICATED)).isEqualTo(50_000);
        assertThat(lab.paths()).isEqualTo(2);
        theCallGoesOn();
    }

    @Test
    void askingForEverythingAgainAndAgainIsNotAnswered() {
        long before = lab.count(Counter.RETRANSMISSIONS_SENT);
        int[] all = new int[300];
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < all.length; i++) {
                all[i] = (round * 300 + i) & 0xffff;
            }
            byte[] nack = new byte[Nack.maxBytes(all.length)];
            int length = Nack.write(nack, 0, b.audioSsrc(), a.videoSsrc(), all, all.length);
            lab.inject(b.port(), b.sealRtcp(Arrays.copyOf(nack, length)));
        }
        assertThat(lab.count(Counter.RETRANSMISSIONS_SENT) - before)
                .as("at most once what is in the ring, within the bytes allowed")
                .isLessThan(300);
        theCallGoesOn();
    }

    @Test
    void nobodySpeaksForAnotherInRtcpOrAsksForWhatItDoesNotGet() throws Exception {
        lab.conference()
                .setReceiverConstraints(
                        B,
                        new ReceiverConstraints(0, List.of(), List.of(), VideoConstraint.height(180), Map.of()),
                        lab.now());
        int requests = a.keyFrameRequestTimes().size();
        b.askKeyFrame(a);
        byte[] report = new byte[SenderReport.BYTES];
        SenderReport.write(report, 0, a.audioSsrc(), 77, 0, 0, 0);
        b.sendRtcp(report);
        byte[] bye = new byte[16];
        b.sendRtcp(Arrays.copyOf(bye, Bye.write(bye, 0, a.videoSsrc())));
        byte[] own = new byte[PictureLoss.BYTES];
        PictureLoss.write(own, 0, b.audioSsrc(), b.videoSsrc());
        b.sendRtcp(own);
        lab.runMillis(400);
        assertThat(a.keyFrameRequestTimes()).hasSize(requests);
        assertThat(b.senderReportNtp()).doesNotContain(77L);
        assertThat(a.senderReportNtp()).doesNotContain(77L);
    }

    @Test
    void clearAlertsAndBrokenRecordsDoNotDisturbTheSession() {
        byte[] alert = {21, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40};
        lab.inject(a.port(), alert);
        for (int length = 1; length < alert.length; length++) {
            lab.inject(a.port(), Arrays.copyOf(alert, length));
        }
        assertThat(lab.count(Counter.DROPPED_DTLS_MALFORMED)).isEqualTo(alert.length);
        theCallGoesOn();
    }

    @Test
    void handshakesAreBegunOnlyAFewTimes() {
        long before = lab.count(Counter.DTLS_COMPLETED);
        for (int i = 0; i < 100; i++) {
            lab.inject(a.port(), LabClient.clientHello());
        }
        assertThat(lab.count(Counter.DTLS_COMPLETED) - before)
                .as("established: none")
                .isZero();
        theCallGoesOn();
    }

    @Test
    void randomBytesOfEveryClassAreCountedAndDropped() {
        Random random = new Random(99);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                int[] first = {0, 22, 0x80, 0x90, 0x9f, 0xbf, 200, 100};
                bytes[0] = (byte) first[random.nextInt(first.length)];
                bytes[1] = (byte) (random.nextBoolean() ? 200 + random.nextInt(8) : bytes[1]);
            }
            lab.inject(random.nextBoolean() ? a.port() : STRANGER, bytes);
            if (i % 100 == 0) {
                lab.runMillis(40);
            }
        }
        theCallGoesOn();
    }

    @Test
    void headersThatLieInsideAuthenticPacketsAreDropped() {
        byte[] extensionTooLong = videoPacket(a.videoSsrc(), 9_000);
        extensionTooLong[15] = 99;
        byte[] paddingTooLong = videoPacket(a.videoSsrc(), 9_001);
        paddingTooLong[0] |= 0x20;
        paddingTooLong[paddingTooLong.length - 1] = (byte) 255;
        byte[] paddingZero = videoPacket(a.videoSsrc(), 9_002);
        paddingZero[0] |= 0x20;
        paddingZero[paddingZero.length - 1] = 0;
        long forwarded = lab.count(Counter.RTP_FORWARDED);
        lab.inject(a.port(), extensionTooLong);
        lab.inject(a.port(), a.seal(paddingTooLong));
        lab.inject(a.port(), a.seal(paddingZero));
        assertThat(lab.count(Counter.RTP_FORWARDED)).isEqualTo(forwarded);
        assertThat(lab.count(Counter.DROPPED_RTP_MALFORMED)).isEqualTo(3);
    }

    @Test
    void limitsOfEndpointsAndConferencesHold() throws Exception {
        CallLab small = new CallLab(1, new BridgeLimits(1, 10, 2, 20, 100, 100_000, 1));
        small.join(A);
        small.join(B);
        assertThatExceptionOfType(ConferenceException.class)
                .isThrownBy(() -> small.join("cccc3333"))
                .matches(refused -> refused.reason() == Reason.LIMIT);
        assertThatExceptionOfType(ConferenceException.class)
                .isThrownBy(() -> small.join(A))
                .matches(refused -> refused.reason() == Reason.EXISTS);
        assertThat(Set.copyOf(small.outside().endpointIds())).containsExactlyInAnyOrder(A, B);
    }
}
