package org.videowindow.bridge.conference;

import org.videowindow.bridge.rtcp.FullIntraRequest;
import org.videowindow.bridge.rtcp.Nack;
import org.videowindow.bridge.rtcp.ReceiverReport;
import org.videowindow.bridge.rtcp.Remb;
import org.videowindow.bridge.rtcp.ReportBlock;
import org.videowindow.bridge.rtcp.RtcpCompound;
import org.videowindow.bridge.rtcp.SenderReport;
import org.videowindow.bridge.rtcp.TransportFeedback;

/**
 * Ends the RTCP of one endpoint at the bridge. As a sender it may speak only for its own streams, as a receiver only about
 * streams it is sent; the rest is skipped. Goodbyes and source descriptions are skipped too: who is there and what it
 * sends is signalled. Owned by the worker.
 */
final class InboundReports {
    /** Positions one NACK entry names: its own packet and the 16 behind it. */
    private static final int NACK_POSITIONS = 17;

    private final EndpointSession endpoint;
    private final Inbound inbound;
    private final MediaPlane plane;
    private final TransportFeedback transportFeedback = new TransportFeedback();

    InboundReports(EndpointSession endpoint, Inbound inbound, MediaPlane plane) {
        this.endpoint = endpoint;
        this.inbound = inbound;
        this.plane = plane;
    }

    /** Handles every packet of a compound in the clear. */
    void handle(RtcpCompound compound, long now) {
        while (compound.next()) {
            switch (compound.kind()) {
                case SENDER_REPORT -> senderReport(compound, now);
                case RECEIVER_REPORT -> blocks(compound, ReceiverReport.BYTES, now);
                case NACK -> nack(compound, now);
                case PICTURE_LOSS -> keyFrame(compound.mediaSsrc(), now);
                case FULL_INTRA_REQUEST -> {
                    for (int i = 0; i < FullIntraRequest.entries(compound.length()); i++) {
                        keyFrame(FullIntraRequest.ssrc(compound.buffer(), compound.offset(), i), now);
                    }
                }
                case TRANSPORT_WIDE_FEEDBACK -> transportFeedback(compound, now);
                case RECEIVER_ESTIMATED_MAXIMUM_BITRATE -> receiverEstimate(compound, now);
                case SOURCE_DESCRIPTION, BYE, OTHER -> {}
            }
        }
    }

    private void senderReport(RtcpCompound compound, long now) {
        blocks(compound, SenderReport.BYTES, now);
        ReceivedStream stream = inbound.stream(compound.senderSsrc());
        long ntp = SenderReport.ntp(compound.buffer(), compound.offset());
        if (stream == null || ntp == 0) {
            return;
        }
        int timestamp = SenderReport.rtpTimestamp(compound.buffer(), compound.offset());
        stream.statistics().senderReport(ntp, now);
        stream.clock().report(ntp, timestamp);
        for (ForwardedSource subscriber : stream.takers()) {
            if (subscriber.stream() == stream) {
                subscriber.receiver().outbound().report(subscriber, ntp, timestamp, inbound.canonicalName(), now);
            }
        }
    }

    private void blocks(RtcpCompound compound, int head, long now) {
        int known = 0;
        int lost = 0;
        for (int i = 0; i < compound.countOrFormat(); i++) {
            int block = compound.offset() + head + i * ReportBlock.BYTES;
            if (endpoint.outbound()
                    .receiverReport(compound.buffer(), block, ReportBlock.ssrc(compound.buffer(), block), now)) {
                known++;
                lost += ReportBlock.fractionLost(compound.buffer(), block);
            }
        }
        if (known > 0) {
            endpoint.outbound().bandwidth().lossReport(lost / known, now);
        }
    }

    private void nack(RtcpCompound compound, long now) {
        ForwardedSource source = endpoint.outbound().forwarded(compound.mediaSsrc());
        if (source == null) {
            return;
        }
        for (int i = 0; i < Nack.entries(compound.length()); i++) {
            for (int position = 0; position < NACK_POSITIONS; position++) {
                int lost = Nack.lost(compound.buffer(), compound.offset(), i, position);
                if (lost >= 0) {
                    plane.counters().increment(Counter.NACKS_RECEIVED);
                    endpoint.outbound().repeat(source, lost, now);
                }
            }
        }
    }

    private void keyFrame(int ssrc, long now) {
        ForwardedSource source = endpoint.outbound().forwarded(ssrc);
        if (source != null) {
            plane.counters().increment(Counter.KEY_FRAMES_ASKED);
            source.needKeyFrame(now);
        }
    }

    private void transportFeedback(RtcpCompound compound, long now) {
        if (!transportFeedback.wrap(compound)) {
            plane.counters().increment(Counter.DROPPED_RTCP_MALFORMED);
            return;
        }
        int lost = 0;
        while (transportFeedback.next()) {
            if (!transportFeedback.received()) {
                lost++;
            }
        }
        endpoint.outbound().transportFeedback(transportFeedback.packets(), lost);
        endpoint.outbound().bandwidth().feedback(transportFeedback, now);
    }

    private void receiverEstimate(RtcpCompound compound, long now) {
        if (compound.length() < Remb.FIXED_BYTES) {
            plane.counters().increment(Counter.DROPPED_RTCP_MALFORMED);
            return;
        }
        endpoint.outbound().bandwidth().remb(Remb.bitsPerSecond(compound.buffer(), compound.offset()), now);
    }
}
