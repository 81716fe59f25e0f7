package org.videowindow.bridge.conference;

/** What the workers count. Every value only grows. */
public enum Counter {
    PACKETS_RECEIVED("Datagrams received."),
    BYTES_RECEIVED("Bytes of UDP payload received."),
    PACKETS_SENT("Datagrams sent."),
    BYTES_SENT("Bytes of UDP payload sent."),
    SEND_FAILURES("Datagrams the system did not take."),
    RTP_RECEIVED("Valid RTP packets received."),
    RTP_FORWARDED("RTP packets forwarded, counted once per receiver."),
    RTCP_RECEIVED("Valid compound RTCP packets received."),
    RETRANSMISSIONS_SENT("Packets sent again because a receiver asked."),
    PROBES_SENT("Packets sent to find out how much a receiver can take."),
    RETRANSMISSIONS_RECEIVED("Packets received on a retransmission stream."),
    NACKS_RECEIVED("Packets that receivers reported missing."),
    NACKS_SENT("Packets the bridge asked senders for again."),
    KEY_FRAMES_ASKED("Key frame requests received."),
    KEY_FRAMES_REQUESTED("Key frame requests sent."),
    STREAM_IDS_LEARNED("Encodings whose SSRC was learned from the stream id in their packets."),
    STREAM_IDS_REFUSED("Packets whose stream id was not believed: an SSRC of others, or another one too soon."),
    TRANSPORT_FEEDBACK_SENT("Transport-wide feedback messages sent."),
    ICE_CHECKS("Connectivity checks answered with success."),
    ICE_ROLE_CONFLICTS("Checks answered with 487."),
    ICE_CONNECTED("Endpoints with a first nominated pair."),
    ICE_PATH_CHANGES("Endpoints that moved to another address."),
    ICE_RESTARTS("ICE restarts begun in place."),
    DTLS_COMPLETED("Handshakes completed."),
    DTLS_FAILED("Handshakes refused or given up."),
    TCP_CONNECTIONS("Connections taken for ICE over TCP."),
    CONFERENCES_CREATED("Conferences created."),
    CONFERENCES_EXPIRED("Conferences expired."),
    ENDPOINTS_CREATED("Endpoints created."),
    ENDPOINTS_EXPIRED("Endpoints expired on request."),
    ENDPOINTS_SILENT("Endpoints expired because they were silent."),
    SPEAKER_CHANGES("Changes of a dominant speaker."),
    WORKER_TURNS("Turns of the worker loops."),
    WORKER_BUSY_NANOS("Nanoseconds the worker loops did not wait."),
    WORKER_FAULTS("Packets or commands that met a defect of the bridge."),
    DROPPED_UNCLASSIFIED("Datagrams that are none of STUN, DTLS, RTP, RTCP."),
    DROPPED_UNKNOWN_ADDRESS("Media or DTLS from an address that ICE has not validated."),
    DROPPED_STUN_MALFORMED("STUN that does not parse."),
    DROPPED_STUN_UNAUTHENTICATED("STUN with unknown user or wrong integrity."),
    DROPPED_STUN_UNEXPECTED("STUN that is not a binding request."),
    DROPPED_DTLS_MALFORMED("DTLS that is broken or comes after the end."),
    DROPPED_DTLS_QUEUE_FULL("DTLS records beyond the queue of their handshake."),
    DROPPED_DTLS_LIMIT("Handshakes refused because too many run."),
    DROPPED_NO_KEYS("SRTP before the handshake is complete."),
    DROPPED_RTP_MALFORMED("RTP that does not parse."),
    DROPPED_RTCP_MALFORMED("RTCP that does not parse."),
    DROPPED_SRTP_AUTHENTICATION("SRTP or SRTCP with a wrong tag."),
    DROPPED_SRTP_REPLAY("SRTP or SRTCP seen before or too old."),
    DROPPED_UNKNOWN_SSRC("RTP with an SSRC its sender has not signalled."),
    DROPPED_UNKNOWN_PAYLOAD("RTP with a payload type its sender was not offered."),
    DROPPED_DUPLICATE("Packets that came by retransmission and were there already."),
    DROPPED_REDUNDANCY("Sound whose redundant blocks lie, for receivers without redundancy."),
    DROPPED_PROTECTION("Forward error correction over numbers that a receiver knows otherwise, once per receiver."),
    DROPPED_RATE_LIMIT("Packets beyond the limits of an endpoint."),
    DROPPED_TOO_LARGE("Packets larger than a slot."),
    DROPPED_NOT_SEALED("Packets a receiver cannot be sent: numbers used before, or keys used up."),
    DROPPED_TCP_REFUSED("Connections closed at once because there were too many."),
    DROPPED_TCP_UNPROVEN("Connections closed because no endpoint proved to be behind them in time."),
    DROPPED_TCP_BROKEN("Connections closed because what came is not ICE over TCP."),
    DROPPED_TCP_NOT_TAKEN("Packets of connections beyond the worker's queue."),
    DROPPED_TCP_NOT_SENT("Packets for connections that are too slow or gone."),
    DROPPED_COMMANDS("Commands refused because the worker's queue was full.");

    private final String description;

    Counter(String description) {
        this.description = description;
    }

    /** One sentence for the metric's help text. */
    public String description() {
        return description;
    }

    /** Whether it counts packets that were thrown away; the metric then is one with a reason label. */
    public boolean isDrop() {
        return name().startsWith("DROPPED_");
    }
}
