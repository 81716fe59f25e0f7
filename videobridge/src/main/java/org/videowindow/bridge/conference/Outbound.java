package org.videowindow.bridge.conference;

import java.lang.foreign.MemorySegment;
import org.videowindow.bridge.dtls.SrtpKeyMaterial;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.layers.Rewriter;
import org.videowindow.bridge.layers.VideoPacket;
import org.videowindow.bridge.retransmit.PacketRing;
import org.videowindow.bridge.retransmit.RetransmissionPolicy;
import org.videowindow.bridge.rtcp.SenderReport;
import org.videowindow.bridge.rtcp.SourceDescription;
import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.EmptyPacket;
import org.videowindow.bridge.rtp.PaddingPacket;
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
    private final Subscriptions subscriptions;
    private SrtpSender srtp;
    private final ReceiverBandwidth bandwidth;
    private RetransmissionPolicy repetitions;
    private int nextTransportSequence;
    private long roundTripNanos = -1;
    private long transportReported;
    private long transportLost;
    private long packets;
    private long bytes;
    private long soundBytes;

    Outbound(EndpointSession endpoint, MediaPlane plane) {
        this.endpoint = endpoint;
        this.plane = plane;
        this.scratch = plane.scratch();
        this.subscriptions = new Subscriptions(endpoint, plane);
        this.bandwidth = new ReceiverBandwidth(this, plane);
    }

    void setKeys(SrtpKeyMaterial keys) {
        forgetKeys();
        srtp = new SrtpSender(keys.profile(), keys.localKey(), keys.localSalt(), scratch.ciphers);
    }

    void forgetKeys() {
        bandwidth.forgetWaiting();
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
        subscriptions.close();
        forgetKeys();
    }

    // --- Subscriptions ---

    /** What it is sent, and under which SSRCs. */
    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** The source with this SSRC that the endpoint gets now, or {@code null}. */
    ForwardedSource forwarded(int ssrc) {
        return subscriptions.at(ssrc);
    }

    /** Bytes of sound sent so far. */
    long soundBytes() {
        return soundBytes;
    }

    /** The endpoint can be reached: its pictures begin with key frames. */
    void wantKeyFrames(long now) {
        for (ForwardedSource sent : subscriptions.current()) {
            sent.needKeyFrame(now);
        }
    }

    // --- Media ---

    /**
     * Sends a packet of a stream, if the receiver is to get it. The receiver's numbers are written into the packet; the
     * caller puts the sender's back.
     */
    void forward(ForwardedSource to, VideoPacket packet, ReceivedStream from, long now) {
        if (srtp == null || endpoint.path() == PeerTable.NONE) {
            to.interrupt();
            return;
        }
        int outcome = to.accept(packet, from, now);
        if (outcome != Rewriter.SEND && packet.isProtection() && to.stream() == from) {
            plane.counters().increment(Counter.DROPPED_PROTECTION);
        }
        if (outcome == Rewriter.DROP) {
            return;
        }
        RtpPacket rtp = packet.rtp();
        int sealed;
        int payload = 0;
        if (outcome == Rewriter.SEND) {
            to.rewriter().write(packet, to.ssrc());
            payload = rtp.payloadLength();
            int limited = packet.isLimited() ? packet.writeLimited(from.reader(), scratch.limited) : 0;
            if (limited > 0) {
                sealed = sealOrHold(scratch.limited, 0, limited, packet.limitedTransportAt(), false);
            } else {
                sealed = to.source().isVideo()
                        ? sealOrHold(rtp.buffer(), rtp.offset(), rtp.length(), packet.transportAt(), false)
                        : seal(rtp.buffer(), rtp.offset(), rtp.length(), packet.transportAt());
            }
        } else {
            int length = EmptyPacket.write(
                    scratch.repeated,
                    rtp.payloadType(),
                    to.rewriter().sequence(),
                    to.rewriter().timestamp(packet.timestamp()),
                    to.ssrc());
            sealed = sealOrHold(scratch.repeated, 0, length, NO_EXTENSION, false);
        }
        if (sealed > 0) {
            to.sent(sealed, payload);
            soundBytes += from.source().isVideo() ? 0 : sealed;
            plane.counters().increment(Counter.RTP_FORWARDED);
        }
    }

    /** Seals and sends, now or in a later slot. */
    private int sealOrHold(byte[] buffer, int offset, int length, int transportAt, boolean ahead) {
        return bandwidth.holds(buffer, offset, length, transportAt, ahead)
                ? length + srtp.rtpOverhead()
                : seal(buffer, offset, length, transportAt);
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
            bandwidth.sent(nextTransportSequence, sealed);
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
        if (sendAgain(to, sequence, true, now)) {
            plane.counters().increment(Counter.RETRANSMISSIONS_SENT);
        }
    }

    /**
     * Sends a packet again on the retransmission stream, as it was sent the first time.
     *
     * @param asked whether the receiver asked for it; then it must not ask too much
     */
    private boolean sendAgain(ForwardedSource to, int sequence, boolean asked, long now) {
        Rewriter<ReceivedStream> sent = to.rewriter();
        if (to.repeatSsrc() == 0 || !endpoint.isReady() || !sent.find(sequence)) {
            return false;
        }
        if (asked && bandwidth.isConstrained() && sent.foundOrigin() != to.stream()) {
            // Of a size that has been left, to a narrow way: it would only stand in the way of the one that is there
            // now.
            return false;
        }
        PacketRing ring = sent.foundOrigin().ring();
        int entry = ring.find(sent.foundSequence(), now, OLDEST_REPEATED_NANOS);
        RtpPacket packet = scratch.packet;
        if (entry == PacketRing.NONE || !packet.wrap(ring.buffer(), ring.offset(entry), ring.length(entry))) {
            return false;
        }
        PayloadMap payloads = endpoint.payloads();
        int payloadType = payloads.retransmissionOf(packet.payloadType());
        if (payloadType == PayloadMap.NONE
                || (asked && !repetitions().allow(to.ssrc(), sequence, packet.length(), now))) {
            return false;
        }
        VideoPacket again = scratch.again;
        again.begin(packet, payloads.codecOf(packet.payloadType()), scratch.againReader, payloads.descriptor(), false);
        boolean empty = sent.foundEmpty() || !sent.foundIsWanted(again);
        sent.writeFound(again, to.ssrc());
        RtpPacket repetition = scratch.restored;
        int limited = again.isLimited() ? again.writeLimited(sent.foundOrigin().reader(), scratch.limited) : 0;
        RtpPacket written = limited > 0 && repetition.wrap(scratch.limited, 0, limited) ? repetition : packet;
        int length = Rtx.wrap(written, scratch.repeated, 0, to.repeatSsrc(), payloadType, to.takeRepeatSequence());
        again.restore();
        if (!repetition.wrap(scratch.repeated, 0, length)) {
            return false;
        }
        if (empty) {
            length -= repetition.payloadLength() - Rtx.OVERHEAD;
        }
        int id = payloads.transportSequence(MediaKind.VIDEO);
        boolean numbered = id != PayloadMap.NONE && repetition.transportSequence(id) >= 0;
        int transportAt = numbered ? repetition.elementOffset() : NO_EXTENSION;
        return (asked
                        ? sealOrHold(scratch.repeated, 0, length, transportAt, true)
                        : seal(scratch.repeated, 0, length, transportAt))
                > 0;
    }

    /**
     * Sends something to find out how much the receiver can take: a packet of lately once more, or padding.
     *
     * @param back which one, counted from the newest backwards
     * @return false when there is no retransmission stream to send it on
     */
    boolean sendProbe(int back, long now) {
        if (!endpoint.isReady()) {
            return false;
        }
        for (ForwardedSource to : subscriptions.current()) {
            if (to.repeatSsrc() != 0) {
                return sendAgain(to, (to.rewriter().newest() - back) & 0xffff, false, now) || sendPadding(to, now);
            }
        }
        return false;
    }

    /** A packet that had to wait leaves; {@code transportAt} counts from its begin, or is -1. */
    void sendWaiting(byte[] buffer, int offset, int length, int transportAt) {
        if (srtp != null && endpoint.path() != PeerTable.NONE) {
            seal(buffer, offset, length, transportAt < 0 ? NO_EXTENSION : offset + transportAt);
        }
    }

    private boolean sendPadding(ForwardedSource to, long now) {
        int payloadType = endpoint.payloads().anyRetransmission();
        int id = endpoint.payloads().transportSequence(MediaKind.VIDEO);
        if (payloadType == PayloadMap.NONE || id == PayloadMap.NONE || id > PaddingPacket.LARGEST_ID) {
            return false;
        }
        int timestamp = (int) (now / 1_000 * 9 / 100);
        PaddingPacket.write(scratch.repeated, payloadType, to.takeRepeatSequence(), timestamp, to.repeatSsrc(), id);
        return seal(scratch.repeated, 0, PaddingPacket.BYTES, PaddingPacket.TRANSPORT_AT) > 0;
    }

    private RetransmissionPolicy repetitions() {
        if (repetitions == null) {
            repetitions = new RetransmissionPolicy(REPEATED_BYTES_PER_SECOND, REPEATED_BYTES_AT_ONCE);
        }
        if (roundTripNanos >= 0) {
            repetitions.roundTrip(roundTripNanos);
        }
        repetitions.estimate(bandwidth.estimateBps(plane.now()));
        return repetitions;
    }

    // --- Bandwidth ---

    /** Bits per second that the way to the endpoint carries. */
    long estimate(long now) {
        return bandwidth.estimateBps(now);
    }

    /** Bits per second that would carry all that the endpoint wants. */
    void want(long bitsPerSecond) {
        bandwidth.want(bitsPerSecond);
    }

    ReceiverBandwidth bandwidth() {
        return bandwidth;
    }

    void tick(long now) {
        if (endpoint.isReady()) {
            bandwidth.tick(now);
        }
    }

    // --- Reports ---

    /**
     * Passes a sender's report on: the same tie of wall clock and timestamps, so that sound and picture stay together,
     * and the counts of this hop.
     */
    void report(ForwardedSource stream, long ntp, int senderTimestamp, byte[] canonicalName, long now) {
        if (!endpoint.isReady()) {
            return;
        }
        int rtpTimestamp = stream.rewriter().timestamp(senderTimestamp);
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

    /** A report block of the endpoint; answers whether it is about something that it is sent. */
    boolean receiverReport(byte[] buffer, int block, int ssrc, long now) {
        ForwardedSource stream = forwarded(ssrc);
        if (stream != null) {
            stream.receiverReport(buffer, block, now);
            if (stream.roundTripNanos() >= 0) {
                roundTripNanos = stream.roundTripNanos();
                bandwidth.roundTrip(roundTripNanos);
            }
        }
        return stream != null;
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
