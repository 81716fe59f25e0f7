package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.videowindow.bridge.rtcp.ReceiverReport;
import org.videowindow.bridge.rtcp.ReportBlock;
import org.videowindow.bridge.rtcp.RtcpCompound;
import org.videowindow.bridge.rtcp.SenderReport;
import org.videowindow.bridge.rtcp.TransportFeedback;

/** What a simulated client is told by reports: of its own packets, and of the others' clocks. */
final class HeardReports {
    private final Set<Integer> received = new TreeSet<>();
    private final Set<Integer> lost = new TreeSet<>();
    private final List<Long> senderReportNtp = new ArrayList<>();
    private int receiverReports;
    private int lastFractionLost;

    /** A report; of those about received packets the block of one stream is kept. */
    void hear(RtcpCompound compound, int ssrc) {
        switch (compound.kind()) {
            case SENDER_REPORT -> senderReportNtp.add(SenderReport.ntp(compound.buffer(), compound.offset()));
            case RECEIVER_REPORT -> {
                receiverReports++;
                for (int i = 0; i < compound.countOrFormat(); i++) {
                    int block = ReceiverReport.blockOffset(compound.offset(), i);
                    if (ReportBlock.ssrc(compound.buffer(), block) == ssrc) {
                        lastFractionLost = ReportBlock.fractionLost(compound.buffer(), block);
                    }
                }
            }
            case TRANSPORT_WIDE_FEEDBACK -> {
                TransportFeedback feedback = new TransportFeedback();
                assertThat(feedback.wrap(compound)).isTrue();
                while (feedback.next()) {
                    (feedback.received() ? received : lost).add(feedback.sequence());
                }
            }
            default -> {}
        }
    }

    /** Transport-wide numbers of its packets that arrived. */
    Set<Integer> received() {
        return received;
    }

    /** Transport-wide numbers of its packets that did not arrive. */
    Set<Integer> lost() {
        return lost;
    }

    List<Long> senderReportNtp() {
        return senderReportNtp;
    }

    int receiverReports() {
        return receiverReports;
    }

    int lastFractionLost() {
        return lastFractionLost;
    }
}
