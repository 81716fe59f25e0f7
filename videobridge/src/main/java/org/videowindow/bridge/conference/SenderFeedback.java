package org.videowindow.bridge.conference;

import java.nio.charset.StandardCharsets;
import org.videowindow.bridge.feedback.TransportFeedbackSender;
import org.videowindow.bridge.rtcp.Nack;
import org.videowindow.bridge.rtcp.PictureLoss;
import org.videowindow.bridge.rtcp.ReceiverReport;
import org.videowindow.bridge.rtcp.SourceDescription;

/**
 * What one sender is told: which packets arrived and when, which to send again, when a key frame is needed, how reception
 * is. Held by {@link Inbound}. Owned by the worker.
 */
final class SenderFeedback {
    private static final byte[] OWN_NAME = "videobridge".getBytes(StandardCharsets.UTF_8);

    /** Feedback messages in one go; a message reports on a thousand packets. */
    private static final int MOST_FEEDBACK = 4;

    /** Room of a feedback message: it must fit a datagram with the SRTCP trailer. */
    private static final int FEEDBACK_BYTES = 1100;

    private final EndpointSession endpoint;
    private final Inbound inbound;
    private final MediaPlane plane;
    private final ConferenceSession conference;
    private final Scratch scratch;
    private final TransportFeedbackSender arrivals = new TransportFeedbackSender();
    private final long feedbackInterval;
    private final long reportInterval;
    private long lastFeedback;
    private long lastReport;

    SenderFeedback(EndpointSession endpoint, Inbound inbound, MediaPlane plane, ConferenceSession conference) {
        this.endpoint = endpoint;
        this.inbound = inbound;
        this.plane = plane;
        this.conference = conference;
        this.scratch = plane.scratch();
        this.feedbackInterval = plane.settings().times().transportFeedback().toNanos();
        this.reportInterval = plane.settings().times().receiverReports().toNanos();
    }

    /** A packet with this transport-wide sequence number arrived. */
    void received(int transportSequence, long now) {
        arrivals.received(transportSequence, now);
    }

    /** Tells what is due. */
    void tick(long now) {
        sendFeedback(now);
        for (ReceivedStream stream : inbound.streams()) {
            if (stream.missing() != null) {
                if (stream.takers().length == 0) {
                    // What nobody gets need not be whole.
                    stream.missing().forget();
                    continue;
                }
                askAgain(stream, now);
                askKeyFrame(stream, now);
            }
        }
        if (now - lastReport >= reportInterval) {
            lastReport = now;
            sendReceiverReport(now);
        }
    }

    private void sendFeedback(long now) {
        if (inbound.streams().length == 0 || now - lastFeedback < feedbackInterval || !arrivals.due(now)) {
            return;
        }
        lastFeedback = now;
        for (int i = 0; i < MOST_FEEDBACK; i++) {
            int length = arrivals.write(
                    scratch.report, 0, FEEDBACK_BYTES, conference.feedbackSsrc(), inbound.streams()[0].ssrc(), now);
            if (length == 0) {
                return;
            }
            plane.counters().increment(Counter.TRANSPORT_FEEDBACK_SENT);
            endpoint.outbound().sendReport(length);
        }
    }

    private void askAgain(ReceivedStream stream, long now) {
        if (endpoint.outbound().roundTripNanos() >= 0) {
            stream.missing().roundTrip(endpoint.outbound().roundTripNanos());
        }
        int count = stream.missing().collect(now, scratch.lost);
        if (count > 0) {
            plane.counters().add(Counter.NACKS_SENT, count);
            endpoint.outbound()
                    .sendReport(Nack.write(
                            scratch.report, 0, conference.feedbackSsrc(), stream.ssrc(), scratch.lost, count));
        }
        if (stream.missing().takeKeyFrameNeeded()) {
            stream.wantKeyFrame();
        }
    }

    /** Asks for the key frame that is wanted, if one is and the last question is old enough. */
    void askKeyFrame(ReceivedStream stream, long now) {
        if (endpoint.isReady() && stream.takeKeyFrameRequest(now)) {
            plane.counters().increment(Counter.KEY_FRAMES_REQUESTED);
            endpoint.outbound()
                    .sendReport(PictureLoss.write(scratch.report, 0, conference.feedbackSsrc(), stream.ssrc()));
        }
    }

    private void sendReceiverReport(long now) {
        int blocks = 0;
        for (ReceivedStream stream : inbound.streams()) {
            if (stream.statistics().isActive() && blocks < ReceiverReport.MAX_BLOCKS) {
                stream.statistics()
                        .writeBlock(scratch.report, ReceiverReport.blockOffset(0, blocks++), stream.ssrc(), now);
            }
        }
        int length = ReceiverReport.write(scratch.report, 0, conference.feedbackSsrc(), blocks);
        length += SourceDescription.write(scratch.report, length, conference.feedbackSsrc(), OWN_NAME);
        endpoint.outbound().sendReport(length);
    }
}
