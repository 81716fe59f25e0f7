package org.videowindow.bridge.conference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.videowindow.bridge.dtls.SrtpKeyMaterial;
import org.videowindow.bridge.layers.VideoPacket;
import org.videowindow.bridge.retransmit.PacketRing;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.rtp.Rtx;
import org.videowindow.bridge.srtp.SrtpReceiver;
import org.videowindow.bridge.srtp.SrtpStatus;

/** What one endpoint sends: opens it, keeps it, passes it to the subscribers, and tells the sender. Owned by the worker. */
final class Inbound {
    private static final int NONE = -1;

    private final EndpointSession endpoint;
    private final MediaPlane plane;
    private final ConferenceSession conference;
    private final Scratch scratch;
    private final PayloadMap payloads;
    private final byte[] canonicalName;
    private final InboundReports reports;
    private final SenderFeedback feedback;
    private final FanOut fanOut;
    private final SentSources sent;
    private SrtpReceiver srtp;

    private long packets;
    private long bytes;

    Inbound(EndpointSession endpoint, MediaPlane plane, ConferenceSession conference) {
        this.endpoint = endpoint;
        this.plane = plane;
        this.conference = conference;
        this.scratch = plane.scratch();
        this.payloads = endpoint.payloads();
        this.canonicalName = endpoint.id().getBytes(StandardCharsets.UTF_8);
        this.feedback = new SenderFeedback(endpoint, this, plane, conference);
        this.reports = new InboundReports(endpoint, this, plane);
        this.fanOut = new FanOut(payloads, plane);
        this.sent = new SentSources(
                endpoint,
                new LearnedStreams(payloads, conference),
                plane.settings().times().keyFrameRequests().toNanos());
    }

    void setKeys(SrtpKeyMaterial keys) {
        forgetKeys();
        srtp = new SrtpReceiver(keys.profile(), keys.remoteKey(), keys.remoteSalt(), scratch.ciphers);
    }

    void forgetKeys() {
        if (srtp != null) {
            srtp.close();
        }
        srtp = null;
    }

    /** Canonical name of its streams (RFC 3550 section 6.5.1), the endpoint's id. */
    byte[] canonicalName() {
        return canonicalName;
    }

    // --- Sources ---

    /** Sources and streams that go on keep their state. */
    void setSources(List<MediaSource> signalled) {
        sent.replace(signalled);
    }

    /** Another endpoint has announced these. */
    void announced(List<MediaSource> others) {
        sent.announced(others);
    }

    /** What it sends, as signalled. */
    List<ReceivedSource> sources() {
        return sent.sources();
    }

    /** Its streams, over all sources. */
    ReceivedStream[] streams() {
        return sent.streams();
    }

    /** The stream with this primary SSRC, or {@code null}. */
    ReceivedStream stream(int ssrc) {
        ReceivedStream stream = sent.find(ssrc);
        return stream == null || stream.ssrc() != ssrc ? null : stream;
    }

    void close() {
        sent.close();
        forgetKeys();
    }

    // --- RTP ---

    void handleRtp(long now, byte[] buffer, int offset, int length) {
        if (RtpPacket.headerLength(buffer, offset, length) < 0) {
            plane.counters().increment(Counter.DROPPED_RTP_MALFORMED);
            return;
        }
        if (srtp == null) {
            plane.counters().increment(Counter.DROPPED_NO_KEYS);
            return;
        }
        int ssrc = RtpPacket.ssrc(buffer, offset);
        ReceivedStream stream = sent.find(ssrc);
        if (stream == null) {
            handleUnknown(now, buffer, offset, length);
            return;
        }
        PacketsInHand hand = plane.hand();
        hand.expect(stream, RtpPacket.timestamp(buffer, offset), now);
        boolean repetition = stream.ssrc() != ssrc;
        byte[] clear = hand.room();
        int clearAt = 0;
        if (!repetition && stream.ring() != null) {
            clearAt = stream.ring().reserve(length, now);
            clear = stream.ring().buffer();
        }
        int opened = srtp.unprotect(buffer, offset, length, clear, clearAt);
        if (opened < 0) {
            countFailure(opened, Counter.DROPPED_RTP_MALFORMED);
            return;
        }
        RtpPacket packet = hand.view();
        if (!packet.wrap(clear, clearAt, opened)) {
            plane.counters().increment(Counter.DROPPED_RTP_MALFORMED);
            return;
        }
        take(packet, stream, repetition, now, length);
    }

    /** A packet in the clear of a stream that is known; one that is no repetition is where its ring begins to write. */
    private void take(RtpPacket packet, ReceivedStream stream, boolean repetition, long now, int length) {
        if (!payloads.allows(packet.payloadType(), stream.source().kind())
                || payloads.isRetransmission(packet.payloadType()) != repetition) {
            plane.counters().increment(Counter.DROPPED_UNKNOWN_PAYLOAD);
            return;
        }
        accepted(now, length);
        plane.counters().increment(Counter.RTP_RECEIVED);
        if (endpoint.tap() != null) {
            endpoint.tap().packet(false, packet.buffer(), packet.offset(), packet.length(), packet.headerLength());
        }
        noteTransportSequence(packet, stream.source().kind(), now);
        if (repetition) {
            restore(packet, stream, now);
        } else {
            pass(packet, stream, now, length, false);
        }
    }

    /**
     * Not signalled (yet), or somebody else's: nobody speaks for another endpoint. It is opened all the same: the packet
     * has arrived, which the sender's estimate of its bandwidth must hear, and when the source is signalled later the
     * roll-over counter is known. It may also say itself which of the signalled encodings it is of.
     */
    private void handleUnknown(long now, byte[] buffer, int offset, int length) {
        PacketsInHand hand = plane.hand();
        hand.handOut(now);
        int opened = srtp.unprotect(buffer, offset, length, hand.room(), 0);
        if (opened < 0) {
            countFailure(opened, Counter.DROPPED_RTP_MALFORMED);
            return;
        }
        RtpPacket packet = hand.view();
        if (!packet.wrap(hand.room(), 0, opened)) {
            plane.counters().increment(Counter.DROPPED_UNKNOWN_SSRC);
            return;
        }
        MediaKind kind = payloads.kindOf(packet.payloadType());
        if (kind == MediaKind.VIDEO && sent.mayLearn() && learnFrom(packet, now, length)) {
            return;
        }
        plane.counters().increment(Counter.DROPPED_UNKNOWN_SSRC);
        accepted(now, length);
        if (kind != null) {
            noteTransportSequence(packet, kind, now);
        }
    }

    /** Whether the packet told of which stream it is; then it was taken as one of it, and the following ones will be. */
    private boolean learnFrom(RtpPacket packet, long now, int length) {
        boolean repetition = payloads.isRetransmission(packet.payloadType());
        ReceivedStream stream = sent.learn(packet, repetition, now);
        if (stream == null) {
            return false;
        }
        plane.counters().increment(Counter.STREAM_IDS_LEARNED);
        if (!repetition) {
            int at = stream.ring().reserve(length, now);
            byte[] ring = stream.ring().buffer();
            System.arraycopy(packet.buffer(), packet.offset(), ring, at, packet.length());
            packet.wrap(ring, at, packet.length());
        }
        take(packet, stream, repetition, now, length);
        return true;
    }

    private void accepted(long now, int length) {
        packets++;
        bytes += length;
        endpoint.heard(now);
    }

    private void countFailure(int status, Counter malformed) {
        plane.counters()
                .increment(
                        switch (status) {
                            case SrtpStatus.MALFORMED -> malformed;
                            case SrtpStatus.REPEATED, SrtpStatus.TOO_OLD -> Counter.DROPPED_SRTP_REPLAY;
                            default -> Counter.DROPPED_SRTP_AUTHENTICATION;
                        });
    }

    private void noteTransportSequence(RtpPacket packet, MediaKind kind, long now) {
        int id = payloads.transportSequence(kind);
        if (id != PayloadMap.NONE) {
            int sequence = packet.transportSequence(id);
            if (sequence >= 0) {
                feedback.received(sequence, now);
            }
        }
    }

    /** A packet of the retransmission stream: restores the original; an empty one only probes the bandwidth. */
    private void restore(RtpPacket repetition, ReceivedStream stream, long now) {
        plane.counters().increment(Counter.RETRANSMISSIONS_RECEIVED);
        PacketRing ring = stream.ring();
        int sequence = Rtx.originalSequence(repetition);
        if (ring == null || sequence == Rtx.MALFORMED) {
            return;
        }
        int at = ring.reserve(repetition.length(), now);
        int length =
                Rtx.unwrap(repetition, ring.buffer(), at, stream.ssrc(), payloads.originalOf(repetition.payloadType()));
        if (length <= 0 || !scratch.restored.wrap(ring.buffer(), at, length)) {
            plane.counters().increment(Counter.DROPPED_RTP_MALFORMED);
            return;
        }
        pass(scratch.restored, stream, now, repetition.length(), true);
    }

    /** Notes a packet of a stream, keeps it, and sends it to the subscribers. */
    private void pass(RtpPacket packet, ReceivedStream stream, long now, int received, boolean repeated) {
        int sequence = packet.sequenceNumber();
        MediaKind kind = stream.source().kind();
        VideoPacket forwarded = plane.hand().packet();
        if (kind == MediaKind.VIDEO) {
            int ahead = stream.ring().ahead(sequence);
            boolean newest = ahead > 0 || stream.ring().newestSequence() == PacketRing.NONE;
            boolean wasMissing = stream.missing().received(sequence, now);
            // Senders also repeat what nobody misses, to probe the bandwidth.
            if (stream.ring().contains(sequence) || (repeated && !newest && !wasMissing)) {
                plane.counters().increment(Counter.DROPPED_DUPLICATE);
                return;
            }
            forwarded.begin(
                    packet, payloads.codecOf(packet.payloadType()), stream.reader(), payloads.descriptor(), newest);
            if (payloads.isProtection(packet.payloadType())) {
                forwarded.markProtection();
            }
            if (newest) {
                stream.arrived(forwarded.layers(), packet.timestamp(), packet.length(), now);
            }
            if (forwarded.layers().known && forwarded.begins()) {
                stream.keyFrameArrived();
            }
        } else {
            forwarded.begin(packet);
            if (payloads.audioLevel() != PayloadMap.NONE) {
                int level = packet.audioLevel(payloads.audioLevel());
                if (level >= 0) {
                    conference.audioLevel(endpoint, level, now);
                    stream.hush(!conference.loudest().admits(endpoint.speakerNumber(), level, now));
                }
            }
        }
        if (repeated) {
            stream.repeated();
        }
        stream.received(sequence, packet.timestamp(), received, now);
        // Receivers have a numbering of their own for "mid", get one encoding, and the send time was of the other hop.
        blank(packet, payloads.mid(kind));
        blank(packet, payloads.streamId(kind));
        blank(packet, payloads.repairedStreamId(kind));
        blank(packet, payloads.sendTime(kind));
        int id = payloads.transportSequence(kind);
        forwarded.transportAt(
                id != PayloadMap.NONE && packet.transportSequence(id) >= 0 ? packet.elementOffset() : NONE);
        if (stream.ring() != null) {
            if (!repeated) {
                stream.even(packet, payloads);
            }
            stream.ring().commit(sequence, packet.length(), now);
        }
        if (!stream.isHushed()) {
            fanOut.send(packet, forwarded, stream, repeated, now);
        }
    }

    private static void blank(RtpPacket packet, int id) {
        if (id != PayloadMap.NONE) {
            packet.blankExtension(id);
        }
    }

    // --- RTCP ---

    void handleRtcp(long now, byte[] buffer, int offset, int length) {
        if (srtp == null) {
            plane.counters().increment(Counter.DROPPED_NO_KEYS);
            return;
        }
        int opened = srtp.unprotectRtcp(buffer, offset, length, scratch.clear, 0);
        if (opened < 0) {
            countFailure(opened, Counter.DROPPED_RTCP_MALFORMED);
            return;
        }
        if (!scratch.compound.wrap(scratch.clear, 0, opened)) {
            plane.counters().increment(Counter.DROPPED_RTCP_MALFORMED);
            return;
        }
        accepted(now, length);
        plane.counters().increment(Counter.RTCP_RECEIVED);
        if (endpoint.tap() != null) {
            endpoint.tap().packet(false, scratch.clear, 0, opened, opened);
        }
        reports.handle(scratch.compound, now);
        if (endpoint.outbound().bandwidth().lacks(now)) {
            endpoint.tickSoon();
        }
    }

    // --- What the sender is told ---

    void tick(long now) {
        List<ReceivedSource> sources = sent.sources();
        for (int i = 0; i < sources.size(); i++) {
            sources.get(i).tick(now);
        }
        if (endpoint.isReady()) {
            feedback.tick(now);
        }
    }

    /** Whether {@link #tick} has nothing to do that is urgent. */
    boolean isCalm() {
        return sent.streams().length == 0;
    }

    /** Somebody needs a key frame of this stream: asks now, or as soon as the last question is old enough. */
    void requestKeyFrame(ReceivedStream stream, long now) {
        stream.wantKeyFrame();
        feedback.askKeyFrame(stream, now);
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    List<ConferenceSnapshot.Source> snapshot() {
        return Arrays.stream(sent.streams()).map(ReceivedStream::snapshot).toList();
    }
}
