package org.videowindow.launcher.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can be reached through the TURN server: the bridges, and nobody else by any way. */
class TurnPeersIT {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private static Coturn coturn;

    @BeforeAll
    static void startServer() throws Exception {
        coturn = Coturn.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        coturn.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.5",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.254",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.255.254",
                "169.254.169.254",
                "192.0.2.1",
                "198.18.0.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "8.8.8.8",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:0.0.0.0",
                "::ffff:127.0.0.1",
                "::ffff:127.0.0.2",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:192.168.1.1",
                "::ffff:8.8.8.8",
                "::ffff:0:127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a00:1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::1",
                "2606:4700::1111",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1"
            })
    void aPeerThatIsNoBridgeIsRefusedByEveryRequest(String peer) throws Exception {
        byte[] address = bytes(peer);
        try (TurnClient client = coturn.client("attacker-of-" + peer)) {
            client.allocate(family(address.length == 4 ? 1 : 2));
            UnaryOperator<StunRequest> toPeer = r -> r.with(StunMessage.XOR_PEER_ADDRESS, address, 9);
            assertThat(code(client, StunMessage.CREATE_PERMISSION, toPeer)).isEqualTo(403);
            assertThat(code(
                            client,
                            StunMessage.CHANNEL_BIND,
                            r -> toPeer.apply(r.with(StunMessage.CHANNEL_NUMBER, 0x4000 << 16))))
                    .isEqualTo(403);
            assertThat(code(client, StunMessage.CONNECT, toPeer)).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "::ffff:127.0.0.2", "2001:db8::1"})
    void aPeerOfTheOtherFamilyIsRefused(String peer) throws Exception {
        try (TurnClient client = coturn.client("attacker")) {
            client.allocate();
            assertThat(code(
                            client,
                            StunMessage.CREATE_PERMISSION,
                            r -> r.with(StunMessage.XOR_PEER_ADDRESS, bytes(peer), 9)))
                    .isIn(403, 443);
        }
    }

    @Test
    void theServerItselfIsNoPeer() throws Exception {
        try (TurnClient client = coturn.client("attacker")) {
            InetSocketAddress relayed = client.allocate().relayed();
            for (int port : List.of(coturn.port, coturn.tlsPort, relayed.getPort(), coturn.firstRelayPort, 22)) {
                for (String own : List.of("127.0.0.1", "0.0.0.0")) {
                    assertThat(code(
                                    client,
                                    StunMessage.CREATE_PERMISSION,
                                    r -> r.with(StunMessage.XOR_PEER_ADDRESS, bytes(own), port)))
                            .isEqualTo(403);
                }
            }
        }
    }

    @Test
    void aBridgeAnswersThroughTheRelayByIndicationAndOnAChannel() throws Exception {
        try (Echo bridge = new Echo("127.0.0.2");
                TurnClient client = coturn.client("guest")) {
            TurnClient.Allocation allocation = client.allocate();
            assertThat(allocation.relayed().getAddress().isLoopbackAddress()).isTrue();
            assertThat(allocation.lifetime()).isPositive();
            client.permit(bridge.address());
            long begin = System.nanoTime();
            client.send(bridge.address(), HELLO);
            TurnClient.Received received = client.receive(Coturn.PATIENCE);
            System.out.printf("round trip through the relay: %.1f ms%n", (System.nanoTime() - begin) / 1e6);
            assertThat(received.peer()).isEqualTo(bridge.address());
            assertThat(received.text()).isEqualTo("hello");

            client.bindChannel(0x4001, bridge.address());
            client.send(0x4001, "on a channel".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.receive(Coturn.PATIENCE).text()).isEqualTo("on a channel");
        }
    }

    @Test
    void whatIsSentToOthersArrivesNowhere() throws Exception {
        try (Echo bridge = new Echo("127.0.0.3");
                Echo stranger = new Echo("127.0.0.1");
                Echo neighbour = new Echo("127.0.0.5");
                TurnClient client = coturn.client("attacker")) {
            client.allocate();
            client.permit(bridge.address());
            for (Echo other : List.of(stranger, neighbour)) {
                client.send(other.address(), HELLO);
                assertThatThrownBy(() -> client.bindChannel(0x4002, other.address()))
                        .isInstanceOf(TurnRefused.class);
                client.send(0x4002, HELLO);
            }
            // What the server was to relay before this it has relayed when this comes back.
            client.send(bridge.address(), HELLO);
            assertThat(client.receive(Coturn.PATIENCE).peer()).isEqualTo(bridge.address());
            assertThat(stranger.received()).isZero();
            assertThat(neighbour.received()).isZero();
        }
    }

    @Test
    void onePermittedPeerInARequestDoesNotBringAnotherAlong() throws Exception {
        try (Echo bridge = new Echo("127.0.0.2");
                Echo stranger = new Echo("127.0.0.1");
                TurnClient client = coturn.client("attacker")) {
            client.allocate();
            assertThat(code(
                            client,
                            StunMessage.CREATE_PERMISSION,
                            r -> r.with(StunMessage.XOR_PEER_ADDRESS, bridge.address())
                                    .with(StunMessage.XOR_PEER_ADDRESS, stranger.address())))
                    .isEqualTo(403);
            client.send(stranger.address(), HELLO);
            client.permit(bridge.address());
            client.send(bridge.address(), HELLO);
            client.receive(Coturn.PATIENCE);
            assertThat(stranger.received()).isZero();
        }
    }

    @Test
    void noRelayForTcpIsGiven() throws Exception {
        try (TurnClient client = coturn.client("attacker")) {
            int tcp = 6;
            assertThat(code(client, StunMessage.ALLOCATE, r -> r.with(StunMessage.REQUESTED_TRANSPORT, tcp << 24)))
                    .isEqualTo(442);
        }
    }

    @Test
    void twoRelaysDoNotReachEachOther() throws Exception {
        try (TurnClient one = coturn.client("one");
                TurnClient other = coturn.client("other")) {
            one.allocate();
            InetSocketAddress relay = other.allocate().relayed();
            assertThatThrownBy(() -> one.permit(relay))
                    .isInstanceOfSatisfying(
                            TurnRefused.class,
                            refused -> assertThat(refused.code()).isEqualTo(403));
        }
    }

    @Test
    void inProductionLoopbackStaysClosedEvenWhereItIsListedByMistake() throws Exception {
        Map<String, Object> production = Map.of(
                "loopback_bridges",
                "",
                "allowed_peers",
                List.of(Map.of("range", "127.0.0.0-127.255.255.255"), Map.of("range", "10.0.0.5")));
        try (Coturn strict = Coturn.start(production);
                TurnClient client = strict.client("attacker")) {
            client.allocate();
            assertThat(code(
                            client,
                            StunMessage.CREATE_PERMISSION,
                            r -> r.with(StunMessage.XOR_PEER_ADDRESS, bytes("127.0.0.2"), 9)))
                    .isEqualTo(403);
            client.permit(new InetSocketAddress("10.0.0.5", 10_000));
            assertThatThrownBy(() -> client.permit(new InetSocketAddress("10.0.0.6", 10_000)))
                    .isInstanceOf(TurnRefused.class);
        }
    }

    @Test
    void aRelayThatIsGivenBackForwardsNothingMore() throws Exception {
        try (Echo bridge = new Echo("127.0.0.2");
                TurnClient client = coturn.client("guest")) {
            client.allocate();
            client.permit(bridge.address());
            assertThat(client.refresh(Duration.ZERO)).isZero();
            int code = 0;
            for (int attempt = 0; attempt < 50 && code == 0; attempt++) {
                coturn.pause();
                code = code(
                        client,
                        StunMessage.CREATE_PERMISSION,
                        r -> r.with(StunMessage.XOR_PEER_ADDRESS, bridge.address()));
            }
            assertThat(code).as("no such allocation, or no such session").isIn(400, 401, 437);
            client.send(bridge.address(), HELLO);
            coturn.pause();
            assertThat(bridge.received()).isZero();
        }
    }

    private static int code(TurnClient client, int method, UnaryOperator<StunRequest> attributes) {
        TurnRefused refused = catchThrowableOfType(TurnRefused.class, () -> client.request(method, attributes));
        return refused == null ? 0 : refused.code();
    }

    private static UnaryOperator<StunRequest> family(int family) {
        return request -> request.with(StunMessage.REQUESTED_ADDRESS_FAMILY, family << 24);
    }

    /** 4 bytes, or 16 also of an address that Java would take for IPv4. */
    private static byte[] bytes(String address) {
        InetAddress read = InetAddress.ofLiteral(address);
        if (read instanceof Inet4Address && address.contains(":")) {
            return ByteBuffer.allocate(16)
                    .putShort(10, (short) -1)
                    .position(12)
                    .put(read.getAddress())
                    .array();
        }
        return read.getAddress();
    }
}
