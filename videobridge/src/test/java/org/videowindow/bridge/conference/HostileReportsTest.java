package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.rtcp.FullIntraRequest;
import org.videowindow.bridge.rtcp.PictureLoss;
import org.videowindow.bridge.rtcp.SenderReport;
import org.videowindow.bridge.rtp.Packets;

/** Reports that lie, flood, come too early or in the clear: skipped or bounded, the call goes on. */
class HostileReportsTest extends CallOfTwo {
    @Test
    void aFloodOfRequestsForKeyFramesReachesTheSenderOncePerInterval() {
        int before = a.keyFrameRequestTimes().size();
        byte[] request = new byte[FullIntraRequest.BYTES];
        for (int i = 0; i < 400; i++) {
            b.askKeyFrame(a);
            int length = FullIntraRequest.write(request, 0, b.audioSsrc(), a.videoSsrc(), i);
            b.sendRtcp(Arrays.copyOf(request, length));
            lab.runMillis(5);
        }
        lab.runMillis(500);
        List<Long> times = a.keyFrameRequestTimes()
                .subList(before, a.keyFrameRequestTimes().size());
        long interval = BridgeTimes.DEFAULTS.keyFrameRequests().toNanos();
        assertThat(times).isNotEmpty();
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(interval);
        }
        theCallGoesOn();
    }

    @Test
    void reportsInTheClearAreDropped() {
        byte[] request = new byte[PictureLoss.BYTES];
        PictureLoss.write(request, 0, b.audioSsrc(), a.videoSsrc());
        int asked = a.keyFrameRequestTimes().size();
        long before = lab.count(Counter.RTCP_RECEIVED);
        lab.inject(b.port(), request);
        lab.inject(b.port(), Arrays.copyOf(request, request.length + 20));
        assertThat(lab.count(Counter.RTCP_RECEIVED)).isEqualTo(before);
        assertThat(lab.count(Counter.DROPPED_SRTP_AUTHENTICATION)
                        + lab.count(Counter.DROPPED_SRTP_REPLAY)
                        + lab.count(Counter.DROPPED_RTCP_MALFORMED))
                .isEqualTo(2);
        lab.runMillis(400);
        assertThat(a.keyFrameRequestTimes()).hasSize(asked);
    }

    @Test
    void reportsBeforeTheHandshakeAreDropped() throws Exception {
        LabClient c = lab.add("cccc3333");
        byte[] request = new byte[PictureLoss.BYTES];
        PictureLoss.write(request, 0, 1, a.videoSsrc());
        lab.inject(c.port(), c.sealRtcp(request));
        assertThat(lab.count(Counter.DROPPED_UNKNOWN_ADDRESS)).isEqualTo(1);
        lab.inject(c.port(), c.check(1, true));
        lab.inject(c.port(), c.sealRtcp(request));
        lab.inject(c.port(), request);
        assertThat(lab.count(Counter.DROPPED_NO_KEYS)).isEqualTo(2);
    }

    @Test
    void aSenderReportWithoutTimeIsNotPassedOnAndOneFromThePastHarmsNobody() {
        byte[] report = new byte[SenderReport.BYTES];
        SenderReport.write(report, 0, a.videoSsrc(), 0, 1, 2, 3);
        a.sendRtcp(report.clone());
        SenderReport.write(report, 0, a.videoSsrc(), 1, 1, 2, 3);
        a.sendRtcp(report.clone());
        SenderReport.write(report, 0, a.videoSsrc(), -1, -1, -1, -1);
        a.sendRtcp(report.clone());
        lab.runMillis(200);
        assertThat(b.senderReportNtp()).doesNotContain(0L).contains(1L, -1L);
        theCallGoesOn();
    }

    @Test
    void whatIsUnknownInACompoundDoesNotHideWhatIsKnown() {
        int asked = a.keyFrameRequestTimes().size();
        byte[] request = new byte[PictureLoss.BYTES];
        PictureLoss.write(request, 0, b.audioSsrc(), a.videoSsrc());
        byte[] before = Packets.hex("80cf0001 00000001 80d10000 9fcd0002 00000001 00000002 80cc0002 00000001 41424344");
        byte[] compound = Arrays.copyOf(before, before.length + request.length);
        System.arraycopy(request, 0, compound, before.length, request.length);
        b.sendRtcp(compound);
        lab.runMillis(400);
        assertThat(a.keyFrameRequestTimes()).hasSize(asked + 1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "remb of more sources than bytes, 8fce0005 00000001 00000000 52454d42 ff000000 00000005",
        "remb of the largest number, 8fce0005 00000001 00000000 52454d42 01ffffff 00000005",
        "feedback of a run of 8191 of 1 packet, 8fcd0005 00000001 00000002 00000001 00000000 3fff0400",
        "feedback of 65535 packets, 8fcd0005 00000001 00000002 0000ffff 00000000 1fff1fff",
        "feedback of packets never sent, 8fcd0005 00000001 00000002 70000002 7fffff00 20020404",
        "feedback with a reserved symbol, 8fcd0005 00000001 00000002 00000002 00000000 60020000",
        "feedback without packets, 8fcd0005 00000001 00000002 00000000 00000000 00000000",
        "report blocks of strangers, 81c90007 00000001 0000ffff ff7fffff ffffffff ffffffff ffffffff ffffffff",
        "lost packets of a stream that is not sent, 81cd0003 00000001 00000009 0000ffff",
    })
    void whatLiesInsideAnAuthenticReportHarmsNobody(String name, String text) {
        for (int i = 0; i < 20; i++) {
            b.sendRtcp(Packets.hex(text));
            lab.runMillis(5);
        }
        theCallGoesOn();
        assertThat(b.missing(a.videoSsrc(), 0)).as(name).isZero();
    }
}
