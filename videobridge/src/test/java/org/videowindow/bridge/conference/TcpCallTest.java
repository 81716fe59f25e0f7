package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.videowindow.bridge.conference.TransportCandidate.Protocol;
import org.videowindow.bridge.ice.StunMessages;
import org.videowindow.bridge.io.IoPath;
import org.videowindow.bridge.tcp.TcpSettings;

/** Calls of clients whose networks let no datagrams pass, with real connections to a running bridge. */
class TcpCallTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String A = "aaaa1111";
    private static final String B = "bbbb2222";

    private final List<AutoCloseable> open = new ArrayList<>();
    private Bridge bridge;
    private Conference conference;

    private void start(int workers, TcpSettings tcp) throws Exception {
        bridge = Bridge.start(
                new BridgeSettings(
                                IoPath.AUTO,
                                InetAddress.getLoopbackAddress(),
                                0,
                                workers,
                                List.of(),
                                BridgeLimits.DEFAULTS,
                                BridgeTimes.DEFAULTS)
                        .with(tcp),
                ChannelEvents.NONE,
                RANDOM,
                System::nanoTime);
        conference = bridge.conferences().create("meeting-1", "room@conference.example");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        bridge.close();
    }

    private static TransportCandidate candidate(EndpointTransport transport, Protocol protocol) {
        return transport.candidates().stream()
                .filter(candidate -> candidate.protocol() == protocol)
                .findFirst()
                .orElseThrow();
    }

    private LoopbackClient join(String id, int ssrc, Protocol protocol) throws Exception {
        EndpointTransport transport = conference.addEndpoint(id, Offers.standard());
        LoopbackClient client =
                new LoopbackClient(id, transport, RANDOM, LoopbackLink.to(candidate(transport, protocol)));
        open.add(client);
        conference.setRemoteTransport(id, client.signalled());
        conference.setSources(id, Offers.camera(id, ssrc));
        client.connect();
        return client;
    }

    private LoopbackLink.Connection connect() throws Exception {
        TransportCandidate tcp = bridge.candidates().stream()
                .filter(candidate -> candidate.protocol() == Protocol.TCP)
                .findFirst()
                .orElseThrow();
        LoopbackLink.Connection connection = (LoopbackLink.Connection) LoopbackLink.to(tcp);
        open.add(connection);
        return connection;
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited in vain: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void awaitClosed(LoopbackLink link) {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        link.receive(1_000);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static void hear(LoopbackClient from, int ssrc, LoopbackClient to) throws IOException {
        byte[] sound = {1, 2, 3, 4, 5, 6, 7, 8};
        byte[] received = null;
        for (int sequence = 1; received == null && sequence < 200; sequence++) {
            from.sendRtp(
                    MediaPackets.rtp(MediaKind.AUDIO, Offers.OPUS, ssrc, sequence, sequence * 960, sequence, sound));
            received = to.receiveRtp(50);
        }
        assertThat(received).endsWith(sound);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "SSLTCP"})
    void aClientOverAConnectionAndOneOverDatagramsHearEachOther(Protocol protocol) throws Exception {
        start(2, new TcpSettings(0, 100, 100));
        LoopbackClient alice = join(A, 1_000, protocol);
        LoopbackClient bob = join(B, 2_000, Protocol.UDP);
        hear(alice, 1_000, bob);
        hear(bob, 2_000, alice);
        assertThat(bridge.total(Counter.TCP_CONNECTIONS)).isOne();
        assertThat(bridge.total(Counter.DTLS_COMPLETED)).isEqualTo(2);
        assertThat(conference.snapshot().endpoints())
                .extracting(ConferenceSnapshot.Endpoint::dtls)
                .containsOnly(ConferenceSnapshot.DtlsState.CONNECTED);
        assertThat(bridge.total(Counter.WORKER_FAULTS)).isZero();
    }

    @Test
    void whenTheConnectionIsGoneTheBridgeStopsSendingAndTheClientMayComeBackByAnother() throws Exception {
        start(1, new TcpSettings(0, 100, 100));
        LoopbackClient alice = join(A, 1_000, Protocol.TCP);
        alice.close();
        await("the path is gone", () -> ice(A) == ConferenceSnapshot.IceState.WAITING);
        try (LoopbackClient again = alice.again(LoopbackLink.to(candidate(alice.bridge(), Protocol.TCP)))) {
            again.check(true);
            await("the new path is there", () -> ice(A) == ConferenceSnapshot.IceState.CONNECTED);
        }
    }

    private ConferenceSnapshot.IceState ice(String id) {
        try {
            return conference.snapshot().endpoints().stream()
                    .filter(endpoint -> endpoint.id().equals(id))
                    .findFirst()
                    .orElseThrow()
                    .ice();
        } catch (ConferenceException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoLeavesLosesTheConnection() throws Exception {
        start(1, new TcpSettings(0, 100, 100));
        EndpointTransport transport = conference.addEndpoint(A, Offers.standard());
        LoopbackLink link = LoopbackLink.to(candidate(transport, Protocol.TCP));
        LoopbackClient alice = new LoopbackClient(A, transport, RANDOM, link);
        open.add(alice);
        conference.setRemoteTransport(A, alice.signalled());
        alice.check(true);
        conference.expireEndpoint(A);
        awaitClosed(link);
    }

    @Test
    void whatIsNotIceOverTcpIsClosedAtOnce() throws Exception {
        start(1, new TcpSettings(0, 100, 100));
        byte[][] first = {
            "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3},
            {0, 4, 1, 2, 3, 4},
            {(byte) 0x80, 0x46, 1, 3, 0},
            new byte[4_096],
        };
        for (byte[] bytes : first) {
            LoopbackLink.Connection connection = connect();
            connection.sendRaw(bytes);
            if (bytes[0] == (byte) 0x80) {
                connection.sendRaw(new byte[100]);
            } else if (bytes.length == 4_096) {
                // Empty frames are allowed; then comes a check for nobody.
                connection.send(StunMessages.check(new byte[12], "nobodyIs:here", "no such password, really", true));
            }
            awaitClosed(connection);
        }
        assertThat(bridge.total(Counter.DROPPED_TCP_BROKEN)).isEqualTo(first.length);
        assertThat(bridge.isHealthy()).isTrue();
    }

    @Test
    void whoProvesNothingIsClosedWithinSecondsAndNobodyElseNotices() throws Exception {
        start(1, new TcpSettings(0, 100, 100));
        LoopbackClient alice = join(A, 1_000, Protocol.TCP);
        LoopbackClient bob = join(B, 2_000, Protocol.UDP);
        LoopbackLink.Connection silent = connect();
        LoopbackLink.Connection guessing = connect();
        for (int i = 0; i < 50; i++) {
            byte[] transaction = new byte[12];
            RANDOM.nextBytes(transaction);
            guessing.send(StunMessages.check(
                    transaction, alice.bridge().ufrag() + ":cli" + A, "a password that is wrong", true));
        }
        hear(alice, 1_000, bob);
        awaitClosed(silent);
        awaitClosed(guessing);
        assertThat(bridge.total(Counter.DROPPED_TCP_UNPROVEN)).isEqualTo(2);
        assertThat(bridge.total(Counter.DROPPED_STUN_UNAUTHENTICATED)).isEqualTo(50);
        hear(bob, 2_000, alice);
    }

    @Test
    void connectionsOfOneAddressAreLimited() throws Exception {
        start(1, new TcpSettings(0, 100, 3));
        LoopbackClient alice = join(A, 1_000, Protocol.TCP);
        LoopbackClient bob = join(B, 2_000, Protocol.UDP);
        for (int i = 0; i < 2; i++) {
            connect();
        }
        await("three are there", () -> bridge.total(Counter.TCP_CONNECTIONS) == 3);
        awaitClosed(connect());
        assertThat(bridge.total(Counter.DROPPED_TCP_REFUSED)).isOne();
        hear(alice, 1_000, bob);
    }

    @Test
    void strangersDoNotKeepParticipantsOut() throws Exception {
        start(1, new TcpSettings(0, 5, 100));
        for (int i = 0; i < 20; i++) {
            connect();
        }
        LoopbackClient alice = join(A, 1_000, Protocol.TCP);
        LoopbackClient bob = join(B, 2_000, Protocol.TCP);
        hear(alice, 1_000, bob);
        assertThat(bridge.total(Counter.DROPPED_TCP_UNPROVEN)).isGreaterThanOrEqualTo(17);
    }

    @Test
    void aClientThatReadsNothingCostsABoundedQueueAndNobodyElseNotices() throws Exception {
        start(1, new TcpSettings(0, 100, 100));
        LoopbackClient slow = join(A, 1_000, Protocol.TCP);
        LoopbackClient sender = join(B, 2_000, Protocol.UDP);
        LoopbackClient third = join("cccc3333", 3_000, Protocol.UDP);
        byte[] picture = MediaPackets.vp8(true, true, 1_100);
        int sequence = 1;
        while (bridge.total(Counter.DROPPED_TCP_NOT_SENT) == 0 && sequence < 60_000) {
            sender.sendRtp(MediaPackets.rtp(MediaKind.VIDEO, Offers.VP8, 2_001, sequence, 3_000, sequence, picture));
            if (++sequence % 50 == 0) {
                while (third.receiveRtp(5) != null) {
                    // What others get, they get.
                }
            }
        }
        assertThat(bridge.total(Counter.DROPPED_TCP_NOT_SENT)).isPositive();
        assertThat(slow.receiveRtp(5_000)).as("and what waited for it is whole").isNotNull();
        while (third.receiveRtp(50) != null) {
            // The last pictures.
        }
        hear(sender, 2_000, third);
    }

    @Test
    void withoutAPortNoConnectionIsOffered() throws Exception {
        start(1, TcpSettings.OFF);
        assertThat(bridge.candidates()).extracting(TransportCandidate::protocol).containsOnly(Protocol.UDP);
    }

    @Test
    void aPortThatIsTakenStopsTheStart() throws Exception {
        start(1, new TcpSettings(0, 100, 100));
        int port = bridge.candidates().getLast().port();
        Bridge first = bridge;
        assertThatThrownBy(() -> start(1, new TcpSettings(port, 1, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The TCP address 127.0.0.1 port " + port + " cannot be used");
        bridge = first;
    }
}
