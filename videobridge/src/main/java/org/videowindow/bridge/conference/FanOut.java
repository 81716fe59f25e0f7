package org.videowindow.bridge.conference;

import org.videowindow.bridge.layers.VideoPacket;
import org.videowindow.bridge.rtp.RtpPacket;

/** Hands a packet of one endpoint to everybody who takes its stream. Held by {@link Inbound}. Owned by the worker. */
final class FanOut {
    private final PayloadMap payloads;
    private final MediaPlane plane;
    private final Scratch scratch;

    /** @param payloads of the sender */
    FanOut(PayloadMap payloads, MediaPlane plane) {
        this.payloads = payloads;
        this.plane = plane;
        this.scratch = plane.scratch();
    }

    /**
     * Sends a packet, or takes it in hand with others that are there.
     *
     * @param packet in the clear; it is the same again afterwards
     * @param forwarded the same, as it was read
     * @param repeated whether it arrived by retransmission
     */
    void send(RtpPacket packet, VideoPacket forwarded, ReceivedStream stream, boolean repeated, long now) {
        ForwardedSource[] takers = stream.takers();
        boolean redundant = payloads.isRedundant(packet.payloadType());
        if (stream.arrivals() == null) {
            if (takers.length > 0) {
                plane.outbox().hurry();
            }
        } else if (!repeated) {
            plane.gathering().packet(stream.arrivals(), takers.length, packet.timestamp(), packet.marker(), now);
        }
        if (!repeated && !redundant && takers.length >= FrameGathering.FEWEST_TAKERS) {
            plane.hand().take(stream);
            return;
        }
        // What came before goes before.
        plane.hand().handOut(now);
        if (redundant) {
            sendRedundant(packet, forwarded, takers, stream, now);
        } else {
            for (ForwardedSource taker : takers) {
                taker.receiver().outbound().forward(taker, forwarded, stream, now);
            }
        }
        if (takers.length > 0) {
            forwarded.restore();
        }
    }

    /**
     * Who agreed to redundancy gets the packet as it is, the others the newest sound. What the blocks contain is not
     * looked at for the former: it may be encrypted from end to end.
     */
    private void sendRedundant(
            RtpPacket packet, VideoPacket forwarded, ForwardedSource[] takers, ReceivedStream stream, long now) {
        int payloadType = packet.payloadType();
        boolean plain = scratch.plain.take(packet, forwarded.transportAt())
                && payloads.allows(scratch.plain.payloadType(), MediaKind.AUDIO)
                && !payloads.isRedundant(scratch.plain.payloadType());
        for (ForwardedSource taker : takers) {
            EndpointSession receiver = taker.receiver();
            if (receiver.payloads().allows(payloadType, MediaKind.AUDIO)) {
                receiver.outbound().forward(taker, forwarded, stream, now);
            } else if (plain) {
                receiver.outbound().forward(taker, scratch.plain.packet(), stream, now);
            } else {
                plane.counters().increment(Counter.DROPPED_REDUNDANCY);
            }
        }
    }
}
