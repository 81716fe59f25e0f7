package org.videowindow.bridge.conference;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.videowindow.bridge.dtls.DtlsAssociation;
import org.videowindow.bridge.dtls.SrtpKeyMaterial;
import org.videowindow.bridge.ice.StunMessages;
import org.videowindow.bridge.io.IoPath;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.io.TransmitArena;
import org.videowindow.bridge.srtp.CryptoProvider;
import org.videowindow.bridge.srtp.SrtpProfile;

/**
 * A room whose endpoints are connected, on the caller's thread: no sockets, no handshakes, keys of zeros; endpoint {@code i}
 * has the port {@link #FIRST_PORT} + i. What is sent is sealed into native memory as on a worker, shown, and forgotten.
 * Makes no garbage of its own after it is open.
 */
final class SealedRoom {
    static final int FIRST_PORT = 1_000;
    static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;

    private static final int MOST_PEERS = 100;

    /** Shown every packet of media that leaves, sealed. */
    @FunctionalInterface
    interface Sight {
        void packet(int port, MemorySegment memory, int offset, int length);
    }

    private final Commands commands = new Commands();
    private final WorkerCounters counters = new WorkerCounters();
    private final PeerTable peers = new PeerTable(MOST_PEERS, 1);
    private final List<EndpointTransport> transports = new ArrayList<>();
    private final MediaPlane plane;
    private final ConferenceSession conference;

    private SealedRoom(CryptoProvider provider, Sight sight, long now) {
        BridgeSettings settings = new BridgeSettings(
                IoPath.CHANNEL,
                InetAddress.getLoopbackAddress(),
                0,
                1,
                List.of(),
                new BridgeLimits(1, MOST_PEERS, MOST_PEERS, 20, 1_000_000, 1_000_000_000L, 1),
                BridgeTimes.DEFAULTS);
        plane = new MediaPlane(
                settings.with(provider),
                new Arena(peers, sight),
                peers,
                counters,
                ChannelEvents.NONE,
                (name, expected, peer) -> new DtlsAssociation() {
                    @Override
                    public boolean offer(byte[] datagram) {
                        peer.connected(
                                new SrtpKeyMaterial(PROFILE, new byte[16], new byte[12], new byte[16], new byte[12]));
                        return true;
                    }

                    @Override
                    public void close() {}
                },
                commands,
                new SecureRandom(),
                new Fingerprint("sha-256", "00"),
                List.of(),
                now);
        WorkerConference outside =
                new WorkerConference("id", "meeting", null, 0, commands, new AtomicInteger(), () -> false, () -> {});
        conference = new ConferenceSession(plane, outside, new SecureRandom());
        outside.begin(conference);
        conference.begin(now);
    }

    /** A room with so many endpoints, of whom none sends yet. */
    static SealedRoom open(CryptoProvider provider, int endpoints, Sight sight, long now) throws ConferenceException {
        SealedRoom room = new SealedRoom(provider, sight, now);
        for (int i = 0; i < endpoints; i++) {
            room.join("endpoint" + i, FIRST_PORT + i, now);
        }
        return room;
    }

    private void join(String id, int port, long now) throws ConferenceException {
        transports.add(conference.addEndpoint(id, Offers.standard(), now));
        conference.setRemoteTransport(
                id,
                new RemoteTransport(
                        "abcd",
                        "0123456789012345678901",
                        List.of(new Fingerprint("sha-256", "00" + ":00".repeat(31))),
                        DtlsSetup.ACTIVE));
        byte[] check = check(transports.size() - 1);
        handle(check, check.length, port, now);
        byte[] hello = LabClient.clientHello();
        handle(hello, hello.length, port, now);
        commands.drain(now);
    }

    /** A connectivity check of an endpoint; handling it changes its bytes. */
    byte[] check(int endpoint) {
        EndpointTransport transport = transports.get(endpoint);
        return StunMessages.check(new byte[12], transport.ufrag() + ":abcd", transport.password(), true);
    }

    /** The first endpoint sends sound on the SSRC 1,000 and a picture on 1,001. */
    void begin(long now) throws ConferenceException {
        conference.setSources("endpoint0", Offers.camera("endpoint0", 1_000), now);
    }

    /** A datagram from a port, with nothing behind it. */
    void handle(byte[] datagram, int length, int port, long now) {
        arrive(datagram, length, port, now);
        handOut(now);
    }

    /** A datagram from a port, behind which others may come before {@link #handOut}. */
    void arrive(byte[] datagram, int length, int port, long now) {
        plane.handle(now, datagram, 0, length, 0, CallLab.ADDRESS_LOW, port);
    }

    /** No more datagrams come for now. */
    void handOut(long now) {
        plane.handOut(now);
    }

    void tick(long now) {
        plane.tick(now);
    }

    long count(Counter counter) {
        return counters.get(counter);
    }

    private static final class Arena implements Outbox {
        private final TransmitArena arena = new TransmitArena(MOST_PEERS);
        private final PeerTable peers;
        private final Sight sight;
        private int reserved;

        Arena(PeerTable peers, Sight sight) {
            this.peers = peers;
            this.sight = sight;
        }

        @Override
        public MemorySegment reserve(int peer, int length) {
            reserved = arena.reserve(length);
            if (reserved < 0) {
                arena.clear();
                reserved = arena.reserve(length);
            }
            return arena.memory();
        }

        @Override
        public long reserved() {
            return reserved;
        }

        @Override
        public void commit(int peer, int length) {
            sight.packet(peers.port(peer), arena.memory(), reserved, length);
            arena.commit(peers, peer, length);
        }

        @Override
        public void send(int peer, byte[] bytes, int offset, int length) {}

        @Override
        public void send(long high, long low, int port, byte[] bytes, int offset, int length) {}
    }
}
