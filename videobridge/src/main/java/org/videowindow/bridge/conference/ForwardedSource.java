package org.videowindow.bridge.conference;

import org.videowindow.bridge.layers.LayerTarget;
import org.videowindow.bridge.layers.Rewriter;
import org.videowindow.bridge.layers.VideoPacket;
import org.videowindow.bridge.rtcp.ReportBlock;

/**
 * One source as one receiver gets it: the SSRCs and the numbering it is sent under, up to which layer, what was sent, and
 * what the receiver says about it. Stays for the receiver's life, also while it is not subscribed, because SRTP must go on
 * where it stopped. Owned by the worker.
 *
 * <p>While a receiver does not want a source its sequence numbers go on. On return they are shifted so that the receiver
 * sees no gap: it would ask for thousands of packets, and after more than 32,768 of them SRTP could no longer tell the
 * roll-over counter (RFC 3711 section 3.3.1).
 */
final class ForwardedSource {
    /** The highest layer that arrives. */
    static final LayerTarget HIGHEST = new LayerTarget(Integer.MAX_VALUE, 7, 7);

    /** Who can begin with nothing for so long gets what comes: its sender's key frames cannot be told. */
    private static final long BEGIN_ANYWAY_NANOS = 2_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final int ssrc;
    private final int repeatSsrc;
    private final EndpointSession receiver;
    private final Rewriter<ReceivedStream> rewriter;
    private ReceivedSource source;
    private ReceivedSource lastSource;

    /** The encoding that is sent, or {@code null}. */
    private ReceivedStream stream;

    /** The encoding that is sent instead as soon as it can be decoded, or {@code null}. */
    private ReceivedStream waiting;

    /** When a packet of the encoding waited for was seen first, or {@link #NEVER}. */
    private long waitingSince = NEVER;

    private LayerTarget target = HIGHEST;
    private int nextRepeatSequence;

    private long packets;
    private long bytes;
    private long payloadBytes;
    private long repeated;
    private long switches;
    private int lastReport;
    private long lastReportAt;
    private long roundTripNanos = -1;
    private int fractionLost;
    private int cumulativeLost;

    /**
     * A source under the SSRCs that the receiver was told.
     *
     * @param repeatSsrc of the retransmission stream, 0 for none
     * @param firstRepeatSequence random, where its retransmission stream begins (RFC 3550 section 5.1)
     */
    ForwardedSource(int ssrc, int repeatSsrc, MediaKind kind, EndpointSession receiver, int firstRepeatSequence) {
        this.ssrc = ssrc;
        this.repeatSsrc = repeatSsrc;
        this.receiver = receiver;
        this.nextRepeatSequence = firstRepeatSequence;
        this.rewriter = new Rewriter<>(kind == MediaKind.VIDEO);
    }

    /** SSRC under which the receiver gets it. */
    int ssrc() {
        return ssrc;
    }

    /** SSRC of the retransmission stream to the receiver, 0 for none. */
    int repeatSsrc() {
        return repeatSsrc;
    }

    /** What is received now, or {@code null} while the receiver does not get it. */
    ReceivedSource source() {
        return source;
    }

    /** The encoding that the receiver gets, or {@code null}. */
    ReceivedStream stream() {
        return stream;
    }

    EndpointSession receiver() {
        return receiver;
    }

    /** A number that no other receiver of the conference has. */
    int receiverNumber() {
        return receiver.speakerNumber();
    }

    /** Changes of encoding so far. */
    long switches() {
        return switches;
    }

    // --- What is wanted ---

    /** Up to which layer it is wanted. */
    LayerTarget target() {
        return target;
    }

    /** Up to which layer it is wanted from now on; {@link LayerTarget#NONE} pauses it. */
    void target(LayerTarget wanted, long now) {
        if (!wanted.equals(target)) {
            target = wanted;
            retarget(now);
        }
    }

    /** The layers that are sent at the moment, {@link LayerTarget#NONE} for nothing. */
    LayerTarget current() {
        return stream == null
                ? LayerTarget.NONE
                : new LayerTarget(stream.encoding(), rewriter.spatial(), rewriter.temporal());
    }

    /** The receiver gets it from now on. */
    void begin(ReceivedSource from, long now) {
        end();
        source = from;
        from.add(this);
        retarget(now);
    }

    /** The receiver does not get it any more, for now. */
    void end() {
        release(stream);
        release(waiting);
        stream = null;
        waiting = null;
        rewriter.pause();
        if (source != null) {
            source.remove(this);
            source = null;
        }
    }

    private void release(ReceivedStream taken) {
        if (taken != null) {
            taken.remove(this);
        }
    }

    /** An encoding is no longer sent. */
    void ended(ReceivedStream encoding) {
        if (stream == encoding) {
            stream = null;
            rewriter.pause();
        }
        if (waiting == encoding) {
            waiting = null;
        }
    }

    /** What is wanted, or what arrives, has changed: chooses the encoding. */
    void retarget(long now) {
        if (source == null) {
            return;
        }
        if (target.isNone()) {
            release(stream);
            release(waiting);
            stream = null;
            waiting = null;
            rewriter.pause();
            return;
        }
        ReceivedStream best = source.best(target.encoding());
        rewriter.target(Math.min(target.spatial(), best.topSpatial()), target.temporal());
        if (best == waiting) {
            return;
        }
        release(waiting);
        waiting = null;
        if (best != stream) {
            waiting = best;
            waitingSince = NEVER;
            best.add(this);
            if (stream != null
                    && best.encoding() < stream.encoding()
                    && receiver.outbound().bandwidth().isFlooded(now)) {
                // Until the key frame of the smaller one comes, more of this one would only stand in its way.
                release(stream);
                stream = null;
            }
            needKeyFrame(now);
        }
    }

    /** The receiver cannot decode what it gets: asks the sender for a key frame of the encoding that it is to get. */
    void needKeyFrame(long now) {
        if (source != null && receiver.isReady()) {
            if (waiting != null) {
                source.sender().inbound().requestKeyFrame(waiting, now);
            } else if (stream != null) {
                source.sender().inbound().requestKeyFrame(stream, now);
            }
        }
    }

    /** From time to time: asks again for the key frame that is still awaited. */
    void tick(long now) {
        if (waiting != null || rewriter.needsKeyPicture()) {
            needKeyFrame(now);
        }
    }

    // --- Packets ---

    /**
     * A packet of an encoding that it gets or waits for.
     *
     * @return {@link Rewriter#DROP}, {@link Rewriter#SEND} or {@link Rewriter#FILL}
     */
    int accept(VideoPacket packet, ReceivedStream from, long now) {
        if (from == waiting && mayBegin(packet, now)) {
            release(stream);
            rewriter.begin(packet, from, from.clock(), lastSource == source, now);
            lastSource = source;
            switches += stream == null ? 0 : 1;
            stream = from;
            waiting = null;
        }
        return from == stream ? rewriter.accept(packet, now) : Rewriter.DROP;
    }

    private boolean mayBegin(VideoPacket packet, long now) {
        if (waitingSince == NEVER) {
            waitingSince = now;
        }
        return rewriter.canBegin(packet)
                || (stream == null && packet.startsAnything() && now - waitingSince >= BEGIN_ANYWAY_NANOS);
    }

    /** Packets cannot be sent to the receiver now: what follows must begin anew. */
    void interrupt() {
        if (stream != null) {
            release(waiting);
            waiting = stream;
            stream = null;
            rewriter.pause();
        }
        waitingSince = NEVER;
    }

    /** Numbers, SSRC and timestamps of the receiver. */
    Rewriter<ReceivedStream> rewriter() {
        return rewriter;
    }

    void sent(int length, int payloadLength) {
        packets++;
        bytes += length;
        payloadBytes += payloadLength;
    }

    long packets() {
        return packets;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    /** Sequence number of the next packet on the retransmission stream. */
    int takeRepeatSequence() {
        repeated++;
        int sequence = nextRepeatSequence;
        nextRepeatSequence = (nextRepeatSequence + 1) & 0xffff;
        return sequence;
    }

    /** A sender report with this compact NTP time has left. */
    void reported(int compactNtp, long now) {
        lastReport = compactNtp;
        lastReportAt = now;
    }

    /**
     * What the receiver says. The times in our sender reports are the original sender's, so the round trip is taken
     * from when the report left, not from its time.
     */
    void receiverReport(byte[] buffer, int block, long now) {
        fractionLost = ReportBlock.fractionLost(buffer, block);
        cumulativeLost = ReportBlock.cumulativeLost(buffer, block);
        int answered = ReportBlock.lastSenderReport(buffer, block);
        if (answered != 0 && answered == lastReport) {
            long held = (ReportBlock.delaySinceLastSenderReport(buffer, block) * 1_000_000_000L) >>> 16;
            long trip = now - lastReportAt - held;
            if (trip >= 0) {
                roundTripNanos = trip;
            }
        }
    }

    /** -1 while unknown. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    ConferenceSnapshot.Receiver snapshot() {
        return new ConferenceSnapshot.Receiver(
                receiver.id(),
                packets,
                bytes,
                cumulativeLost,
                fractionLost / 256.0,
                repeated,
                roundTripNanos < 0 ? -1 : roundTripNanos / 1e6);
    }
}
