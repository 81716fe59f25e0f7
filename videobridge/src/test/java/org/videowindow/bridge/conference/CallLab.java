package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.videowindow.bridge.dtls.DtlsAssociation;
import org.videowindow.bridge.dtls.DtlsPeer;
import org.videowindow.bridge.dtls.PeerFingerprints;
import org.videowindow.bridge.io.IoPath;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.network.VirtualLink;
import org.videowindow.bridge.network.VirtualTime;

/**
 * A worker's logic with simulated clients, joined by a network with delay and loss, in virtual time: minutes of a call
 * take milliseconds and go the same way for the same seed.
 */
final class CallLab {
    static final long MILLI = 1_000_000L;
    static final long ADDRESS_LOW = 0xffff_c0000200L;
    private static final int IP_AND_UDP = 28;
    private static final long START = 5_000_000_000L;

    private final Random random;
    private final Commands commands = new Commands();
    private final WorkerCounters counters = new WorkerCounters();
    private final PeerTable table = new PeerTable(1_000, 7);
    private final PriorityQueue<Datagram> network =
            new PriorityQueue<>(Comparator.comparingLong(Datagram::at).thenComparingLong(Datagram::order));
    private final Map<Integer, LabClient> clientOfPort = new HashMap<>();
    private final List<LabClient> clients = new ArrayList<>();
    private final Map<String, LabClient> clientOfId = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    private final AtomicInteger endpoints = new AtomicInteger();
    private final MediaPlane plane;
    private final WorkerConference outside;
    private final ConferenceSession conference;
    private long now = START;
    private long sent;
    private double loss;
    private long delay = 20 * MILLI;
    private boolean expired;
    private final Set<LabClient> cutOff = new HashSet<>();
    private final VirtualTime time = new VirtualTime(START);
    private final Map<LabClient, VirtualLink> down = new HashMap<>();
    private final Map<LabClient, VirtualLink> up = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Datagram(long at, long order, int port, boolean toBridge, byte[] bytes) {}

    CallLab(long seed) {
        this(seed, BridgeLimits.DEFAULTS);
    }

    CallLab(long seed, BridgeLimits limits) {
        this(seed, limits, ForwardingSettings.DEFAULTS);
    }

    CallLab(long seed, BridgeLimits limits, ForwardingSettings forwarding) {
        random = new Random(seed);
        BridgeSettings settings = new BridgeSettings(
                        IoPath.CHANNEL, InetAddress.getLoopbackAddress(), 0, 1, List.of(), limits, BridgeTimes.DEFAULTS)
                .with(forwarding);
        plane = new MediaPlane(
                settings,
                new Network(),
                table,
                counters,
                new Events(),
                this::startDtls,
                commands,
                new SecureRandom(),
                new Fingerprint("sha-256", "00"),
                List.of(new TransportCandidate("1", "host", "192.0.2.1", 10_000, 1, "1")),
                now);
        outside = new WorkerConference("0123456789abcdef", "meeting", null, 0, commands, endpoints, () -> false, () -> {
            expired = true;
        });
        conference = new ConferenceSession(plane, outside, new SecureRandom());
        outside.begin(conference);
        conference.begin(now);
    }

    private DtlsAssociation startDtls(String name, PeerFingerprints expected, DtlsPeer peer) {
        LabClient client = clientOfId.get(name.substring("dtls-".length()));
        return new DtlsAssociation() {
            private boolean complete;

            @Override
            public boolean offer(byte[] datagram) {
                if (!complete) {
                    complete = true;
                    peer.connected(client.bridgeKeys());
                }
                return true;
            }

            @Override
            public void close() {}
        };
    }

    // --- The network ---

    CallLab withLoss(double share) {
        loss = share;
        return this;
    }

    private final class Network implements Outbox {
        @Override
        public void send(int peer, byte[] bytes, int offset, int length) {
            transmit(table.port(peer), false, bytes, offset, length);
        }

        @Override
        public void send(long high, long low, int port, byte[] bytes, int offset, int length) {
            transmit(port, false, bytes, offset, length);
        }
    }

    /** Something a client sends; media may get lost, set-up does not. */
    void toBridge(int port, byte[] bytes) {
        transmit(port, true, bytes, 0, bytes.length);
    }

    /** The client is behind these links from now on. */
    void behind(LabClient client, VirtualLink toClient, VirtualLink toBridge) {
        down.put(client, toClient);
        up.put(client, toBridge);
    }

    VirtualTime time() {
        return time;
    }

    private void transmit(int port, boolean toBridge, byte[] bytes, int offset, int length) {
        LabClient client = clientOfPort.get(port);
        if (cutOff.contains(client)) {
            return;
        }
        VirtualLink link = (toBridge ? up : down).get(client);
        if (link != null) {
            byte[] kept = Arrays.copyOfRange(bytes, offset, offset + length);
            link.send(length + IP_AND_UDP, () -> deliver(new Datagram(now, 0, port, toBridge, kept.clone())));
            return;
        }
        boolean media = (bytes[offset] & 0xC0) == 0x80;
        if (media && random.nextDouble() < loss) {
            return;
        }
        byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        network.add(new Datagram(now + delay, sent++, port, toBridge, copy));
    }

    /** Hands bytes to the bridge at once, from any address. */
    void inject(int port, byte[] bytes) {
        byte[] shifted = new byte[bytes.length + 300];
        System.arraycopy(bytes, 0, shifted, 11, bytes.length);
        plane.handle(now, shifted, 11, bytes.length, 0, ADDRESS_LOW, port);
        plane.handOut(now);
        commands.drain(now);
    }

    // --- Time ---

    void runMillis(long millis) {
        for (long i = 0; i < millis; i++) {
            now += MILLI;
            time.runUntil(now);
            while (!network.isEmpty() && network.peek().at() - now <= 0) {
                deliver(network.poll());
            }
            for (LabClient client : clients) {
                client.tick(now);
            }
            plane.handOut(now);
            commands.drain(now);
            plane.tick(now);
        }
    }

    private void drainCommands() {
        if (!commands.isEmpty()) {
            plane.handOut(now);
            commands.drain(now);
        }
    }

    private void deliver(Datagram datagram) {
        if (datagram.toBridge()) {
            plane.handle(now, datagram.bytes(), 0, datagram.bytes().length, 0, ADDRESS_LOW, datagram.port());
            drainCommands();
        } else {
            LabClient client = clientOfPort.get(datagram.port());
            if (client != null) {
                client.receive(datagram.bytes(), now);
            }
        }
    }

    long now() {
        return now;
    }

    // --- Who is there ---

    /** A client that has been signalled, with sound and a camera, and connects by itself. */
    LabClient join(String id) throws ConferenceException {
        LabClient client = add(id);
        conference.setSources(id, Offers.camera(id, client.audioSsrc()), now);
        return client;
    }

    /** As {@link #join}, without sources. */
    LabClient add(String id) throws ConferenceException {
        return add(id, Offers.standard());
    }

    /** As {@link #join}, of a client that maps sources. */
    LabClient joinMapping(String id) throws ConferenceException {
        EndpointSettings offered = Offers.standard();
        LabClient client = add(id, new EndpointSettings(offered.payloadTypes(), offered.extensions(), true));
        conference.setSources(id, Offers.camera(id, client.audioSsrc()), now);
        return client;
    }

    /** As {@link #add}, with an offer of its own. */
    LabClient add(String id, EndpointSettings offer) throws ConferenceException {
        EndpointTransport transport = conference.addEndpoint(id, offer, now);
        LabClient client = new LabClient(this, id, 20_000 + clients.size(), 1_000 * (clients.size() + 1), transport);
        clients.add(client);
        clientOfId.put(id, client);
        clientOfPort.put(client.port(), client);
        conference.setRemoteTransport(id, client.signalled());
        return client;
    }

    /** A client that does as {@link LabClient} does not. */
    <T extends LabClient> T join(T client, List<MediaSource> sources) throws ConferenceException {
        clients.add(client);
        clientOfId.put(client.id(), client);
        clientOfPort.put(client.port(), client);
        conference.setRemoteTransport(client.id(), client.signalled());
        conference.setSources(client.id(), sources, now);
        return client;
    }

    /** The client also receives at another port from now on. */
    void route(int port, LabClient client) {
        clientOfPort.put(port, client);
    }

    /** The client vanishes without a word. */
    void vanish(LabClient client) {
        clients.remove(client);
        clientOfPort.values().removeIf(one -> one == client);
    }

    /** The network of the client is cut, or there again. */
    void cut(LabClient client, boolean off) {
        if (off) {
            cutOff.add(client);
        } else {
            cutOff.remove(client);
        }
    }

    ConferenceSession conference() {
        return conference;
    }

    WorkerConference outside() {
        return outside;
    }

    MediaPlane plane() {
        return plane;
    }

    int paths() {
        return table.size();
    }

    boolean isExpired() {
        return expired;
    }

    long count(Counter counter) {
        return counters.get(counter);
    }

    long drops() {
        long drops = 0;
        for (Counter counter : Counter.values()) {
            drops += counter.isDrop() ? counters.get(counter) : 0;
        }
        return drops;
    }

    /** What bridge channels were told, in order. */
    List<String> events() {
        return events;
    }

    private final class Events implements ChannelEvents {
        @Override
        public void dominantSpeakerChanged(Conference conference, SpeakerOrder order) {
            events.add("speaker " + order.dominant());
        }

        @Override
        public void forwardedSourcesChanged(Conference conference, String endpointId, List<String> sources) {
            events.add("forwarded to " + endpointId + " " + sources);
        }

        @Override
        public void senderConstraintChanged(
                Conference conference, String endpointId, String sourceName, int maxHeight) {
            assertThat(sourceName).startsWith(endpointId);
            events.add("wanted " + sourceName + " " + (maxHeight == Integer.MAX_VALUE ? "any" : maxHeight));
        }

        @Override
        public void sourcesMapped(
                Conference conference, String endpointId, MediaKind kind, List<MappedSource> sources) {
            for (MappedSource source : sources) {
                events.add("mapped to " + endpointId + " " + source.name() + " " + source.videoType());
                // The first map of an endpoint comes before its client is there.
                commands.post(later -> {
                    LabClient sender = clientOfId.get(source.owner());
                    clientOfId
                            .get(endpointId)
                            .mapped(
                                    (int) source.ssrc(),
                                    (int) source.repeatSsrc(),
                                    kind == MediaKind.AUDIO ? sender.audioSsrc() : sender.videoSsrc());
                });
            }
        }

        @Override
        public void connectivityChanged(Conference conference, String endpointId, boolean active) {
            events.add((active ? "active " : "inactive ") + endpointId);
        }

        @Override
        public void endpointExpired(Conference conference, String endpointId) {
            events.add("expired " + endpointId);
        }

        @Override
        public void conferenceExpired(Conference conference) {
            events.add("expired conference");
        }
    }
}
