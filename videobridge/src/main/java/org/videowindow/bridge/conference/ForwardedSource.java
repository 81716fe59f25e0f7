package org.videowindow.bridge.conference;

import org.videowindow.bridge.layers.LayerTarget;
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

    private static final int NONE = -1;

    private final int ssrc;
    private final int repeatSsrc;
    private final EndpointSession receiver;
    private ReceivedSource source;
    private ReceivedStream stream;
    private LayerTarget target = HIGHEST;
    private int nextRepeatSequence;
    private int shift;
    private int newestSent = NONE;
    private boolean continuing;

    private long packets;
    private long bytes;
    private long payloadBytes;
    private long repeated;
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
    ForwardedSource(int ssrc, int repeatSsrc, EndpointSession receiver, int firstRepeatSequence) {
        this.ssrc = ssrc;
        this.repeatSsrc = repeatSsrc;
        this.receiver = receiver;
        this.nextRepeatSequence = firstRepeatSequence;
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

    /** Up to which layer it is wanted. */
    LayerTarget target() {
        return target;
    }

    /** Up to which layer it is wanted from now on; {@link LayerTarget#NONE} pauses it. */
    void target(LayerTarget wanted, long now) {
        target = wanted;
    }

    /** The receiver gets it from now on. */
    void begin(ReceivedSource from, long now) {
        end();
        source = from;
        from.add(this);
        take(from.encodings()[0], now);
    }

    private void take(ReceivedStream encoding, long now) {
        stream = encoding;
        encoding.add(this);
        continuing = newestSent != NONE;
        needKeyFrame(now);
    }

    /** The receiver cannot decode what it gets: asks the sender of the encoding for a key frame. */
    void needKeyFrame(long now) {
        if (stream != null && receiver.isReady()) {
            source.sender().inbound().requestKeyFrame(stream, now);
        }
    }

    /** The receiver does not get it any more, for now. */
    void end() {
        if (source != null) {
            source.remove(this);
            source = null;
        }
        if (stream != null) {
            stream.remove(this);
            stream = null;
        }
    }

    /** An encoding is no longer sent. */
    void ended(ReceivedStream encoding) {
        if (stream == encoding) {
            stream = null;
        }
    }

    /** The sequence number under which the receiver gets a packet. */
    int shifted(int sequence) {
        if (continuing) {
            continuing = false;
            shift = newestSent + 1 - sequence;
        }
        return (sequence + shift) & 0xffff;
    }

    /** The sender's sequence number of a packet that the receiver knows under this one. */
    int original(int sequence) {
        return (sequence - shift) & 0xffff;
    }

    void sent(int sequence, int length, int payloadLength) {
        if (newestSent == NONE || (short) (sequence - newestSent) > 0) {
            newestSent = sequence;
        }
        packets++;
        bytes += length;
        payloadBytes += payloadLength;
    }

    /** Whether it was ever sent anything. */
    boolean hasSent() {
        return newestSent != NONE;
    }

    /** Newest sequence number it was sent. */
    int newestSent() {
        return newestSent;
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
