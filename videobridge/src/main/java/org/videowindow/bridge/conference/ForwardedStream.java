package org.videowindow.bridge.conference;

import org.videowindow.bridge.rtcp.ReportBlock;

/**
 * One stream as one receiver gets it: its numbering, what was sent, and what the receiver says about it. Stays for the
 * receiver's life, also while it is not subscribed, because SRTP must go on where it stopped. Owned by the worker.
 *
 * <p>While a receiver does not want a source its sequence numbers go on. On return they are shifted so that the receiver
 * sees no gap: it would ask for thousands of packets, and after more than 32,768 of them SRTP could no longer tell the
 * roll-over counter (RFC 3711 section 3.3.1).
 */
final class ForwardedStream {
    private static final int NONE = -1;

    private final int ssrc;
    private final EndpointSession receiver;
    private ReceivedStream stream;
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

    /** @param firstRepeatSequence random, where its retransmission stream begins (RFC 3550 section 5.1) */
    ForwardedStream(int ssrc, EndpointSession receiver, int firstRepeatSequence) {
        this.ssrc = ssrc;
        this.receiver = receiver;
        this.nextRepeatSequence = firstRepeatSequence;
    }

    int ssrc() {
        return ssrc;
    }

    /** What is received now, or {@code null} while the receiver does not get it. */
    ReceivedStream stream() {
        return stream;
    }

    EndpointSession receiver() {
        return receiver;
    }

    /** The receiver gets it from now on. */
    void begin(ReceivedStream from) {
        stream = from;
        continuing = newestSent != NONE;
    }

    /** The receiver does not get it any more, for now. */
    void end() {
        stream = null;
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
