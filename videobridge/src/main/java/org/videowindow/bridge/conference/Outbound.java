package org.videowindow.bridge.conference;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.videowindow.bridge.dtls.SrtpKeyMaterial;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.retransmit.PacketRing;
import org.videowindow.bridge.retransmit.RetransmissionPolicy;
import org.videowindow.bridge.rtcp.SenderReport;
import org.videowindow.bridge.rtcp.SourceDescription;
import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.rtp.Rtx;
import org.videowindow.bridge.srtp.SrtpSender;

/** What one endpoint is sent: streams, repetitions, reports. Owned by the worker. */
final class Outbound {
    /** Repetitions to one receiver at most: a third of a 2.5 Mbit/s video, and a key frame at once. */
    private static final long REPEATED_BYTES_PER_SECOND = 1_000_000;

    private static final long REPEATED_BYTES_AT_ONCE = 200_000;

    /** Older packets are of no use to a receiver that plays in real time. */
    private static final long OLDEST_REPEATED_NANOS = 1_500_000_000L;

    private static final int NO_EXTENSION = -1;

    private final EndpointSession endpoint;
    private final MediaPlane plane;
    private final Scratch scratch;
    private final LongTable<ForwardedSource> forwarded;
    private final List<ForwardedSource> current = new ArrayList<>();
    private SrtpSender srtp;
    private RetransmissionPolicy repetitions;
    private int nextTransportSequence;
    private long roundTripNanos = -1;
    private long transportReported;
    private long transportLost;
    private long packets;
    private long bytes;

    Outbound(EndpointSession endpoint, MediaPlane plane) {
        this.endpoint = endpoint;
        this.plane = plane;
        this.scratch = plane.scratch();
        this.forwarded = new LongTable<>(plane.random().nextLong());
    }

    void setKeys(SrtpKeyMaterial keys) {
        forgetKeys();
        srtp = new SrtpSender(keys.profile(), keys.localKey(), keys.localSalt(), scratch.ciphers);
    }

    void forgetKeys() {
        if (srtp != null) {
            srtp.close();
        }
        srtp = null;
    }

    boolean hasKeys() {
        return srtp != null;
    }

    String profileName() {
        return srtp == null ? null : srtp.profile().name();
    }

    void close() {
        current.forEach(ForwardedSource::end);
        current.clear();
        forgetKeys();
    }

    // --- Subscriptions ---

    /** Receives exactly these from now on. */
    void subscribe(Set<ReceivedSource> wanted, long now) {
        for (int i = current.size() - 1; i >= 0; i--) {
            ForwardedSource known = current.get(i);
            if (!wanted.contains(known.source())) {
                known.end();
                current.remove(i);
            }
        }
        for (ReceivedSource source : wanted) {
            ForwardedSource known = forwarded.get(source.ssrc());
            if (known == null) {
                known = new ForwardedSource(
                        source.ssrc(),
                        source.repeatSsrc(),
                        endpoint,
                        plane.random().nextInt(1 << 15));
                forwarded.put(source.ssrc(), known);
            }
            if (known.source() != source) {
                current.add(known);
                known.begin(source, now);
            }
        }
    }

    /** What it is sent now. */
    List<ForwardedSource> current() {
        return current;
    }

    /** A source has ended at its sender. */
    void drop(ForwardedSource ended) {
        ended.end();
        current.remove(ended);
    }

    /** The source with this SSRC that the endpoint gets now, or {@code null}. */
    ForwardedSource forwarded(int ssrc) {
        ForwardedSource known = forwarded.get(ssrc);
        return known == null || known.source() == null ? null : known;
    }

    /** The endpoint can be reached: its pictures begin with key frames. */
    void wantKeyFrames(long now) {
        for (int i = 0; i < current.size(); i++) {
            current.get(i).needKeyFrame(now);
        }
    }

    // --- Media ---

    /**
     * Sends a packet of a stream. Sequence number and transport sequence number are written into the packet; the caller
     * puts the sender's sequence number back.
     *
     * @param transportAt where its transport sequence number lies in the buffer, or -1
     */
    void forward(ForwardedSource stream, RtpPacket packet, int senderSequence, int transportAt) {
        if (srtp == null || endpoint.path() == PeerTable.NONE) {
            return;
        }
        int sequence = stream.shifted(senderSequence);
        packet.sequenceNumber(sequence);
        int sealed = seal(packet.buffer(), packet.offset(), packet.length(), transportAt);
        if (sealed > 0) {
            stream.sent(sequence, sealed, packet.payloadLength());
            plane.counters().increment(Counter.RTP_FORWARDED);
        }
    }

    /** Seals and sends; the transport sequence number is used up only if the packet leaves. */
    private int seal(byte[] buffer, int offset, int length, int transportAt) {
        if (transportAt != NO_EXTENSION) {
            BigEndian.putU16(buffer, transportAt, nextTransportSequence);
        }
        if (endpoint.tap() != null) {
            endpoint.tap().packet(true, buffer, offset, length, RtpPacket.headerLength(buffer, offset, length));
        }
        Outbox outbox = plane.outbox();
        MemorySegment memory = outbox.reserve(endpoint.path(), length + srtp.rtpOverhead());
        int sealed = memory == null
                ? srtp.protect(buffer, offset, length, scratch.sealed, 0)
                : srtp.protect(buffer, offset, length, memory, outbox.reserved());
        if (sealed <= 0) {
            plane.counters().increment(Counter.DROPPED_NOT_SEALED);
            return sealed;
        }
        if (transportAt != NO_EXTENSION) {
            nextTransportSequence = (nextTransportSequence + 1) & 0xffff;
        }
        if (memory == null) {
            send(sealed);
        } else {
            packets++;
            bytes += sealed;
            outbox.commit(endpoint.path(), sealed);
        }
        return sealed;
    }

    private void send(int length) {
        packets++;
        bytes += length;
        plane.outbox().send(endpoint.path(), scratch.sealed, 0, length);
    }

    /** The receiver lacks a packet: sends it again on the retransmission stream if it is still there. */
    void repeat(ForwardedSource to, int sequence, long now) {
        ReceivedStream stream = to.stream();
        if (stream == null || stream.ring() == null || to.repeatSsrc() == 0 || !endpoint.isReady()) {
            return;
        }
        PacketRing ring = stream.ring();
        int original = to.original(sequence);
        int entry = ring.find(original, now, OLDEST_REPEATED_NANOS);
        if (entry == PacketRing.NONE) {
            return;
        }
        RtpPacket packet = scratch.packet;
        if (!packet.wrap(ring.buffer(), ring.offset(entry), ring.length(entry))) {
            return;
        }
        int payloadType = endpoint.payloads().retransmissionOf(packet.payloadType());
        if (payloadType == PayloadMap.NONE || !repetitions().allow(to.ssrc(), sequence, packet.length(), now)) {
            return;
        }
        packet.sequenceNumber(sequence);
        int length = Rtx.wrap(packet, scratch.repeated, 0, to.repeatSsrc(), payloadType, to.takeRepeatSequence());
        packet.sequenceNumber(original);
        RtpPacket repetition = scratch.restored;
        if (repetition.wrap(scratch.repeated, 0, length)) {
            int id = endpoint.payloads().transportSequence(stream.source().kind());
            boolean numbered = id != PayloadMap.NONE && repetition.transportSequence(id) >= 0;
            if (seal(scratch.repeated, 0, length, numbered ? repetition.elementOffset() : NO_EXTENSION) > 0) {
                plane.counters().increment(Counter.RETRANSMISSIONS_SENT);
            }
        }
    }

    private RetransmissionPolicy repetitions() {
        if (repetitions == null) {
            repetitions = new RetransmissionPolicy(REPEATED_BYTES_PER_SECOND, REPEATED_BYTES_AT_ONCE);
        }
        if (roundTripNanos >= 0) {
            repetitions.roundTrip(roundTripNanos);
        }
        return repetitions;
    }

    // --- Reports ---

    /**
     * Passes a sender's report on: the same tie of wall clock and timestamps, so that sound and picture stay together,
     * and the counts of this hop.
     */
    void report(ForwardedSource stream, long ntp, int rtpTimestamp, byte[] canonicalName, long now) {
        if (!endpoint.isReady()) {
            return;
        }
        int length =
                SenderReport.write(scratch.report, 0, stream.ssrc(), ntp, rtpTimestamp, (int) stream.packets(), (int)
                        stream.payloadBytes());
        length += SourceDescription.write(scratch.report, length, stream.ssrc(), canonicalName);
        stream.reported(SenderReport.compactNtp(ntp), now);
        sendReport(length);
    }

    /** Seals and sends the RTCP packet in {@link Scratch#report}. */
    void sendReport(int length) {
        if (!endpoint.isReady()) {
            return;
        }
        if (endpoint.tap() != null) {
            endpoint.tap().packet(true, scratch.report, 0, length, length);
        }
        int sealed = srtp.protectRtcp(scratch.report, 0, length, scratch.sealed, 0);
        if (sealed > 0) {
            send(sealed);
        }
    }

    /** A report block of the endpoint about something it is sent. */
    void receiverReport(byte[] buffer, int block, int ssrc, long now) {
        ForwardedSource stream = forwarded(ssrc);
        if (stream != null) {
            stream.receiverReport(buffer, block, now);
            if (stream.roundTripNanos() >= 0) {
                roundTripNanos = stream.roundTripNanos();
            }
        }
    }

    /** The endpoint has told which packets of any stream arrived. */
    void transportFeedback(int reported, int lost) {
        transportReported += reported;
        transportLost += lost;
    }

    long transportReported() {
        return transportReported;
    }

    long transportLost() {
        return transportLost;
    }

    /** -1 while unknown. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    double roundTripMillis() {
        return roundTripNanos < 0 ? -1 : roundTripNanos / 1e6;
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }
}
