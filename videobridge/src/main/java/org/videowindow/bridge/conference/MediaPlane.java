package org.videowindow.bridge.conference;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.videowindow.bridge.dtls.DtlsStarter;
import org.videowindow.bridge.ice.HmacSha1;
import org.videowindow.bridge.ice.IceAgent;
import org.videowindow.bridge.ice.StunReply;
import org.videowindow.bridge.ice.StunRequest;
import org.videowindow.bridge.ice.UserFragment;
import org.videowindow.bridge.io.PeerAddress;
import org.videowindow.bridge.io.PeerTable;

/**
 * Everything one worker does with datagrams, as a function of bytes and time: what arrives goes to {@link #handle}, time
 * passes by {@link #tick}, what leaves goes to the {@link Outbox}. No socket, thread or clock below here, so that tests
 * run whole conferences in virtual time.
 *
 * <p>Owned by its worker thread, with all conferences and endpoints it holds.
 */
final class MediaPlane {
    /** How often timers are looked at while there are endpoints. Lower costs wake-ups, higher makes feedback late. */
    private static final long TICK_NANOS = 10_000_000L;

    /** How much later than that, while nothing arrives: a packet that comes soon saves waking up for them alone. */
    private static final long TICK_SLACK_NANOS = 5_000_000L;

    /** How far apart packets of probes are sent. Lower costs wake-ups, higher makes bursts. */
    private static final long SLOT_NANOS = 2_000_000L;

    /** How long a worker without endpoints may sleep; commands and datagrams wake it anyway. */
    private static final long IDLE_NANOS = 500_000_000L;

    /** An address with a check this fresh is not handed to another endpoint. */
    private static final long ADDRESS_GRACE_NANOS = 15_000_000_000L;

    private final BridgeSettings settings;
    private final Outbox outbox;
    private final PeerTable peers;
    private final EndpointSession[] endpointOfPeer;
    private final WorkerCounters counters;
    private final ChannelEvents events;
    private final DtlsStarter dtls;
    private final Commands commands;
    private final SecureRandom random;
    private final Fingerprint fingerprint;
    private final List<TransportCandidate> candidates;
    private final Scratch scratch;

    private final HmacSha1 hmac = new HmacSha1();
    private final StunRequest stunRequest = new StunRequest();
    private final StunReply stunReply = new StunReply(hmac);
    private final LongTable<EndpointSession> endpointOfFragment;
    private final List<ConferenceSession> conferences = new ArrayList<>();
    private final List<ReceiverBandwidth> slotted = new ArrayList<>();
    private long now;
    private long nextTick;
    private long nextSlot;
    private final FrameGathering gathering = new FrameGathering();
    private final PacketsInHand hand;
    private Streams streams = Streams.NONE;

    MediaPlane(
            BridgeSettings settings,
            Outbox outbox,
            PeerTable peers,
            WorkerCounters counters,
            ChannelEvents events,
            DtlsStarter dtls,
            Commands commands,
            SecureRandom random,
            Fingerprint fingerprint,
            List<TransportCandidate> candidates,
            long now) {
        this.settings = settings;
        this.outbox = outbox;
        this.peers = peers;
        this.endpointOfPeer = new EndpointSession[peers.capacity()];
        this.counters = counters;
        this.events = events;
        this.dtls = dtls;
        this.commands = commands;
        this.random = random;
        this.fingerprint = fingerprint;
        this.candidates = List.copyOf(candidates);
        this.scratch = new Scratch(settings.crypto());
        this.endpointOfFragment = new LongTable<>(random.nextLong());
        this.hand = new PacketsInHand(outbox);
        this.now = now;
        this.nextTick = now;
        this.nextSlot = now;
    }

    /** Whether what is to be sent waits for the rest of a frame. */
    FrameGathering gathering() {
        return gathering;
    }

    /** Packets on their way to their receivers. */
    PacketsInHand hand() {
        return hand;
    }

    /** The time of what is being handled. */
    long now() {
        return now;
    }

    /** The receiver needs slots from now on, until it says otherwise. */
    void addSlots(ReceiverBandwidth receiver) {
        slotted.add(receiver);
    }

    /** Connections that may be peers too; before the first endpoint. */
    void streams(Streams connections) {
        streams = connections;
    }

    BridgeSettings settings() {
        return settings;
    }

    Outbox outbox() {
        return outbox;
    }

    PeerTable peers() {
        return peers;
    }

    WorkerCounters counters() {
        return counters;
    }

    ChannelEvents events() {
        return events;
    }

    DtlsStarter dtls() {
        return dtls;
    }

    Commands commands() {
        return commands;
    }

    SecureRandom random() {
        return random;
    }

    /** Of the bridge's certificate. */
    Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Where this worker can be reached. */
    List<TransportCandidate> candidates() {
        return candidates;
    }

    Scratch scratch() {
        return scratch;
    }

    HmacSha1 hmac() {
        return hmac;
    }

    // --- Conferences and endpoints ---

    void add(ConferenceSession conference) {
        conferences.add(conference);
    }

    void remove(ConferenceSession conference) {
        conferences.remove(conference);
    }

    /** Expires everything; the bridge is stopping. */
    void close(long now) {
        for (ConferenceSession conference : List.copyOf(conferences)) {
            conference.expire(now);
        }
    }

    /** A user fragment no endpoint of this worker has. */
    String newFragment() {
        String fragment;
        do {
            fragment = UserFragment.newFragment(random);
        } while (endpointOfFragment.get(UserFragment.pack(fragment)) != null);
        return fragment;
    }

    void register(String fragment, EndpointSession endpoint) {
        endpointOfFragment.put(UserFragment.pack(fragment), endpoint);
        streams.route(UserFragment.pack(fragment));
    }

    void unregister(String fragment) {
        endpointOfFragment.remove(UserFragment.pack(fragment));
        streams.unroute(UserFragment.pack(fragment));
    }

    /** Gives an address to an endpoint, unless another one uses it now. */
    boolean claim(EndpointSession endpoint, long addressHigh, long addressLow, int port, long now) {
        int peer = peers.add(addressHigh, addressLow, port);
        if (peer == PeerTable.NONE) {
            return false;
        }
        EndpointSession owner = endpointOfPeer[peer];
        if (owner != null && owner != endpoint) {
            long never = now - ADDRESS_GRACE_NANOS - 1;
            if (now - owner.ice().lastCheck(addressHigh, addressLow, port, never) <= ADDRESS_GRACE_NANOS) {
                return false;
            }
            owner.ice().forget(addressHigh, addressLow, port);
            peer = peers.add(addressHigh, addressLow, port);
        }
        endpointOfPeer[peer] = endpoint;
        if (PeerAddress.isStream(port)) {
            streams.proven(peers.address(peer));
        }
        return true;
    }

    /** Takes an address back. */
    void release(int peer) {
        endpointOfPeer[peer] = null;
        if (PeerAddress.isStream(peers.port(peer))) {
            streams.release(peers.address(peer));
        }
        outbox.released(peer);
        peers.remove(peer);
    }

    /** A connection is gone. */
    void streamClosed(long addressHigh, long addressLow, int port) {
        int peer = peers.find(addressHigh, addressLow, port);
        if (peer != PeerTable.NONE) {
            endpointOfPeer[peer].ice().forget(addressHigh, addressLow, port);
        }
    }

    /** Adds what is known of its receivers. */
    void collect(Vitals vitals, long now) {
        conferences.forEach(conference -> conference.collect(vitals, now));
    }

    // --- Packets ---

    /**
     * Handles one datagram. Its bytes may be changed. Packets of media may wait for others until {@link
     * #handOut}.
     */
    void handle(long time, byte[] buffer, int offset, int length, long addressHigh, long addressLow, int port) {
        now = time;
        if (length == 0) {
            counters.increment(Counter.DROPPED_UNCLASSIFIED);
            return;
        }
        // The first byte tells (RFC 7983 section 7); RTCP is told from RTP by the second (RFC 5761 section 4).
        int first = buffer[offset] & 0xff;
        if (first <= 3) {
            handleStun(now, buffer, offset, length, addressHigh, addressLow, port);
            return;
        }
        boolean media = first >= 128 && first <= 191;
        if (!media && (first < 20 || first > 63)) {
            counters.increment(Counter.DROPPED_UNCLASSIFIED);
            return;
        }
        int peer = peers.find(addressHigh, addressLow, port);
        EndpointSession endpoint = peer == PeerTable.NONE ? null : endpointOfPeer[peer];
        if (endpoint == null) {
            counters.increment(Counter.DROPPED_UNKNOWN_ADDRESS);
        } else if (!media) {
            endpoint.handleDtls(buffer, offset, length, peer);
        } else if (length > 1 && (buffer[offset + 1] & 0xff) >= 192 && (buffer[offset + 1] & 0xff) <= 223) {
            endpoint.handleRtcp(now, buffer, offset, length);
        } else {
            endpoint.handleRtp(now, buffer, offset, length);
        }
    }

    /** Sends what is to be sent of packets that arrived: before commands, before {@link #tick}, and when no more come. */
    void handOut(long time) {
        now = time;
        hand.handOut(time);
    }

    private void handleStun(
            long now, byte[] buffer, int offset, int length, long addressHigh, long addressLow, int port) {
        switch (stunRequest.read(buffer, offset, length)) {
            case MALFORMED -> counters.increment(Counter.DROPPED_STUN_MALFORMED);
            case OTHER -> counters.increment(Counter.DROPPED_STUN_UNEXPECTED);
            case REQUEST -> {
                EndpointSession endpoint = endpointOfFragment.get(stunRequest.localFragment());
                if (endpoint == null) {
                    counters.increment(Counter.DROPPED_STUN_UNAUTHENTICATED);
                } else {
                    handleCheck(now, endpoint, addressHigh, addressLow, port);
                }
            }
        }
    }

    private void handleCheck(long now, EndpointSession endpoint, long addressHigh, long addressLow, int port) {
        IceAgent.Outcome outcome = endpoint.ice().handle(stunRequest, now, addressHigh, addressLow, port, stunReply);
        switch (outcome) {
            case UNAUTHENTICATED -> counters.increment(Counter.DROPPED_STUN_UNAUTHENTICATED);
            case ADDRESS_TAKEN, ROLE_CONFLICT_KNOWN -> counters.increment(Counter.DROPPED_STUN_UNEXPECTED);
            case ROLE_CONFLICT -> counters.increment(Counter.ICE_ROLE_CONFLICTS);
            case REFUSED -> counters.increment(Counter.DROPPED_STUN_UNEXPECTED);
            case VALID, MOVED -> counters.increment(Counter.ICE_CHECKS);
        }
        if (!outcome.hasReply()) {
            return;
        }
        outbox.send(addressHigh, addressLow, port, stunReply.bytes(), 0, stunReply.length());
        if (outcome == IceAgent.Outcome.VALID || outcome == IceAgent.Outcome.MOVED) {
            endpoint.checked(now, outcome == IceAgent.Outcome.MOVED);
        }
    }

    // --- Time ---

    /** Lets time pass. */
    void tick(long time) {
        now = time;
        if (!slotted.isEmpty() && now - nextSlot >= 0) {
            nextSlot = now + SLOT_NANOS;
            for (int i = slotted.size() - 1; i >= 0; i--) {
                if (!slotted.get(i).slot(now)) {
                    slotted.remove(i);
                }
            }
        }
        if (now - nextTick < 0) {
            return;
        }
        nextTick = now + TICK_NANOS;
        for (int i = conferences.size() - 1; i >= 0; i--) {
            conferences.get(i).tick(now);
        }
    }

    /** Nanoseconds until {@link #tick} has something to do. */
    long untilTick(long time) {
        return until(nextTick, time);
    }

    /** Nanoseconds that a worker may sleep at most; longer than {@link #untilTick} where timers are not urgent. */
    long longestSleep(long time) {
        return until(nextTick + TICK_SLACK_NANOS, time);
    }

    private long until(long tick, long time) {
        if (conferences.isEmpty()) {
            return IDLE_NANOS;
        }
        long next = slotted.isEmpty() ? tick : Math.min(tick, nextSlot);
        return Math.max(0, next - time);
    }
}
