package org.videowindow.launcher.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the TURN server, how much, and what strangers get from it. */
class TurnAccessIT {
    private static final InetSocketAddress BRIDGE = new InetSocketAddress("127.0.0.2", 10_000);

    /** Until nothing more comes, when nothing is to come. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static Coturn coturn;

    @BeforeAll
    static void startServer() throws Exception {
        coturn = Coturn.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        coturn.close();
    }

    @Test
    void aPortThatSomebodyElseHadAMomentAgoIsChanged() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket()) {
            port = free.getLocalPort();
        }
        try (TurnTransport gone = TurnTransport.udp(coturn.address(), port)) {
            // Its relay stays: this one does not say good-bye.
            assertThat(coturn.client(gone, "first").allocate().mapped().getPort())
                    .isEqualTo(port);
        }
        try (TurnClient next = coturn.client(TurnTransport.udp(coturn.address(), port), "second")) {
            assertThat(next.allocate().mapped().getPort()).isNotEqualTo(port);
        }
    }

    @Test
    void aCredentialWorksUntilItsEnd() throws Exception {
        long now = Instant.now().getEpochSecond();
        assertThat(allocate(now + 60 + ":guest", Optional.empty())).isZero();
        assertThat(allocate(Long.toString(now + 60), Optional.empty())).isZero();
        assertThat(allocate(now - 1 + ":guest", Optional.empty())).isEqualTo(401);
        assertThat(allocate("1:guest", Optional.empty())).isEqualTo(401);
    }

    /** Each of its threads opens its database after it has become another user, who cannot enter this folder. */
    @Test
    void aGoodCredentialIsTakenAtOnceByAServerThatCannotReachItsFolder() throws Exception {
        String user = "root".equals(System.getProperty("user.name")) ? "turnserver" : "";
        try (Coturn unprivileged = Coturn.start(Map.of("run_user", user))) {
            for (int i = 0; i < 8; i++) {
                try (TurnClient client = unprivileged.client("guest-" + i)) {
                    client.allocate();
                }
            }
        }
    }

    @Test
    void aForgedCredentialIsRefused() throws Exception {
        long end = Instant.now().getEpochSecond() + 60;
        String good = Coturn.password(end + ":guest");
        assertThat(allocate(end + 3600 + ":guest", Optional.of(good))).isEqualTo(401);
        assertThat(allocate(end + ":other", Optional.of(good))).isEqualTo(401);
        assertThat(allocate(end + ":guest", Optional.of(good.toLowerCase(java.util.Locale.ROOT))))
                .isEqualTo(401);
        assertThat(allocate(end + ":guest", Optional.of(""))).isEqualTo(401);
        assertThat(allocate("guest", Optional.of("guest"))).isEqualTo(401);
        assertThat(allocate("", Optional.of(""))).isEqualTo(401);
        byte[] zeros = new byte[20];
        assertThat(allocate(
                        Long.MAX_VALUE + ":guest",
                        Optional.of(Base64.getEncoder().encodeToString(zeros))))
                .isEqualTo(401);
    }

    @Test
    void anAllocationIsNotForAnotherUserOfTheSameConnection() throws Exception {
        TurnTransport transport = TurnTransport.udp(coturn.address());
        try (TurnClient owner = coturn.client(transport, "owner")) {
            owner.allocate();
            TurnClient other = coturn.client(transport, "other");
            assertThat(refusal(() -> other.permit(BRIDGE))).isEqualTo(441);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                StunMessage.ALLOCATE,
                StunMessage.REFRESH,
                StunMessage.CREATE_PERMISSION,
                StunMessage.CHANNEL_BIND,
                StunMessage.CONNECT
            })
    void withoutACredentialEveryRequestIsAnsweredByTheChallengeOnly(int method) throws Exception {
        byte[] request = StunRequest.request(method).bytes();
        StunMessage answer = StunMessage.read(ask(request)).orElseThrow();
        assertThat(answer.errorCode()).isEqualTo(401);
        assertThat(answer.attribute(StunMessage.XOR_RELAYED_ADDRESS)).isEmpty();
        assertThat(answer.attribute(StunMessage.SOFTWARE)).isEmpty();
    }

    @Test
    void withoutACredentialNothingIsRelayed() throws Exception {
        try (Echo bridge = new Echo("127.0.0.2");
                TurnTransport transport = TurnTransport.udp(coturn.address())) {
            transport.send(StunRequest.indication(StunMessage.SEND)
                    .with(StunMessage.XOR_PEER_ADDRESS, bridge.address())
                    .with(StunMessage.PEER_DATA, "x")
                    .bytes());
            transport.send(new byte[] {0x40, 0, 0, 1, 'x', 0, 0, 0});
            // This is answered after those were dealt with.
            transport.send(StunRequest.request(StunMessage.ALLOCATE).bytes());
            transport.receive(Coturn.PATIENCE);
            assertThat(bridge.received()).isZero();
        }
    }

    @Test
    void whatStrangersGetIsHardlyMoreThanTheySent() throws Exception {
        byte[] binding = StunRequest.request(StunMessage.BINDING).bytes();
        assertThat(ask(binding, SILENCE)).as("STUN without TURN").isEmpty();
        byte[] classic = binding.clone();
        classic[4] = 0;
        assertThat(ask(classic, SILENCE)).as("STUN of RFC 3489").isEmpty();
        byte[] page = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(ask(page, SILENCE)).isEmpty();
        assertThat(ask(new byte[] {1, 2, 3}, SILENCE)).isEmpty();

        byte[] smallest = StunRequest.request(StunMessage.ALLOCATE).bytes();
        int challenge = ask(smallest).length;
        int headers = 20 + 8;
        double onTheWire = (double) (headers + challenge) / (headers + smallest.length);
        System.out.printf(
                "STUN binding: not answered; challenge: %d bytes for %d, %.2f times with the headers of IP and UDP%n",
                challenge, smallest.length, onTheWire);
        // The challenge cannot be smaller: header, error code, nonce and realm.
        assertThat(onTheWire).isLessThanOrEqualTo(2);
    }

    @Test
    void aThousandChallengesDoNotKeepOthersOut() throws Exception {
        int answered = 0;
        try (TurnTransport flood = TurnTransport.udp(coturn.address())) {
            for (int i = 0; i < 1_000; i++) {
                flood.send(StunRequest.request(StunMessage.ALLOCATE).bytes());
            }
            long begin = System.nanoTime();
            try (TurnClient client = coturn.client("guest")) {
                client.allocate();
            }
            System.out.printf(
                    "allocation beside 1000 strangers' requests: %.1f ms%n", (System.nanoTime() - begin) / 1e6);
            try {
                while (true) {
                    flood.receive(SILENCE);
                    answered++;
                }
            } catch (SocketTimeoutException allSeen) {
                System.out.println("challenges answered to one stranger: " + answered + " of 1000");
            }
        }
    }

    @Test
    void aNonceOfAnotherSessionIsStale() throws Exception {
        try (TurnClient one = coturn.client("one");
                TurnClient other = coturn.client("other")) {
            one.allocate();
            other.allocate();
            String good = other.nonce().orElseThrow();
            other.useNonce(one.nonce().orElseThrow());
            other.permit(BRIDGE);
            assertThat(other.nonce().orElseThrow())
                    .as("the server asked for another nonce")
                    .isNotEqualTo(one.nonce().orElseThrow());
            other.useNonce(good.replace(good.charAt(0), good.charAt(0) == '0' ? '1' : '0'));
            other.permit(BRIDGE);
        }
    }

    @Test
    void aRecordedRequestOfAnotherConnectionIsWorthNothing() throws Exception {
        try (Recorder recorder = new Recorder(TurnTransport.udp(coturn.address()));
                TurnClient client = coturn.client(recorder, "guest")) {
            client.allocate();
            for (byte[] request : recorder.sent()) {
                StunMessage answer = StunMessage.read(ask(request)).orElseThrow();
                assertThat(answer.errorCode()).isIn(401, 438);
            }
        }
    }

    @Test
    void aNonceGrowsOldAndTheClientGoesOnWithTheNextOne() throws Exception {
        try (Coturn hasty = Coturn.start(Map.of("nonce_seconds", 3));
                TurnClient client = hasty.client("guest")) {
            client.allocate();
            String first = client.nonce().orElseThrow();
            long end = System.nanoTime() + Coturn.PATIENCE.toNanos();
            while (client.nonce().orElseThrow().equals(first) && System.nanoTime() < end) {
                hasty.pause();
                client.permit(BRIDGE);
            }
            assertThat(client.nonce().orElseThrow()).isNotEqualTo(first);
        }
    }

    @Test
    void oneUserGetsNoMoreThanTheQuotaAndGetsItAgainAfterGivingBack() throws Exception {
        try (Coturn small = Coturn.start(Map.of("user_quota", 3))) {
            List<TurnClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    clients.add(small.client("greedy"));
                    clients.getLast().allocate();
                }
                // Another end of the credential makes no other user.
                String later = Instant.now().plusSeconds(1_000).getEpochSecond() + ":greedy";
                try (TurnClient fourth = new TurnClient(
                        TurnTransport.udp(small.address()), later, Coturn.password(later), Coturn.PATIENCE)) {
                    assertThat(refusal(fourth::allocate)).isEqualTo(486);
                }
                try (TurnClient modest = small.client("modest")) {
                    modest.allocate();
                }
                clients.getFirst().refresh(Duration.ZERO);
                awaitAllocation(small, "greedy", true);
            } finally {
                for (TurnClient client : clients) {
                    client.close();
                }
            }
        }
    }

    @Test
    void allUsersTogetherGetNoMoreThanTheTotalQuota() throws Exception {
        try (Coturn small = Coturn.start(Map.of("total_quota", 2));
                TurnClient one = small.client("one");
                TurnClient two = small.client("two");
                TurnClient three = small.client("three")) {
            one.allocate();
            two.allocate();
            assertThat(refusal(three::allocate)).isEqualTo(486);
        }
    }

    @Test
    void oneRelayForwardsNoMoreBytesASecondThanAllowed() throws Exception {
        int datagrams = 500;
        try (Coturn slow = Coturn.start(Map.of("max_bps", 20_000));
                Echo bridge = new Echo("127.0.0.2");
                TurnClient client = slow.client("greedy")) {
            client.allocate();
            client.bindChannel(0x4000, bridge.address());
            long begin = System.nanoTime();
            for (int i = 0; i < datagrams; i++) {
                client.send(0x4000, new byte[1_000]);
            }
            slow.pause();
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("%d of %d kB in %.1f s at 20 kB/s%n", bridge.received(), datagrams, seconds);
            assertThat(bridge.received()).isPositive().isLessThanOrEqualTo((int) (20 * (seconds + 2)));
        }
    }

    @Test
    void allPortsInUseIsSaidAndEndsWhenOneIsGivenBack() throws Exception {
        try (Coturn small = Coturn.start(Map.of("relays", 4))) {
            List<TurnClient> clients = new ArrayList<>();
            try {
                int refused = 0;
                for (int i = 0; i < 12 && refused == 0; i++) {
                    clients.add(small.client("user" + i));
                    refused = refusal(clients.getLast()::allocate);
                }
                System.out.println("relays before the ports were used up: " + (clients.size() - 1));
                assertThat(refused).isEqualTo(508);
                assertThat(clients.size() - 1).isEqualTo(4);
                for (TurnClient client : clients) {
                    if (client != clients.getLast()) {
                        client.refresh(Duration.ZERO);
                    }
                }
                awaitAllocation(small, "patient", false);
            } finally {
                for (TurnClient client : clients) {
                    client.close();
                }
            }
        }
    }

    private static void awaitAllocation(Coturn server, String user, boolean again) throws Exception {
        long begin = System.nanoTime();
        long end = begin + Duration.ofSeconds(60).toNanos();
        int code = -1;
        for (int attempt = 0; code != 0 && System.nanoTime() < end; attempt++) {
            server.pause();
            // A refused attempt counts for its user until the server forgets it.
            try (TurnClient client = server.client(again ? user : user + attempt)) {
                code = refusal(client::allocate);
            }
        }
        assertThat(code).isZero();
        System.out.printf("a relay again after %.1f s%n", (System.nanoTime() - begin) / 1e9);
    }

    private static int allocate(String username, Optional<String> password) throws Exception {
        try (TurnClient client = new TurnClient(
                TurnTransport.udp(coturn.address()),
                username,
                password.isPresent() ? password.get() : Coturn.password(username),
                Coturn.PATIENCE)) {
            return refusal(client::allocate);
        }
    }

    /** What a connection without a past gets for these bytes. */
    private static byte[] ask(byte[] request) throws IOException {
        return ask(request, Coturn.PATIENCE).orElseThrow();
    }

    private static Optional<byte[]> ask(byte[] request, Duration within) throws IOException {
        try (TurnTransport transport = TurnTransport.udp(coturn.address())) {
            transport.send(request);
            return Optional.of(transport.receive(within));
        } catch (SocketTimeoutException silence) {
            return Optional.empty();
        }
    }

    private static int refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable request) {
        TurnRefused refused = catchThrowableOfType(TurnRefused.class, request);
        return refused == null ? 0 : refused.code();
    }

    /** Keeps what was sent. */
    private static final class Recorder extends TurnTransport {
        private final TurnTransport transport;
        private final List<byte[]> sent = new ArrayList<>();

        Recorder(TurnTransport transport) {
            this.transport = transport;
        }

        List<byte[]> sent() {
            return List.copyOf(sent);
        }

        @Override
        boolean isReliable() {
            return transport.isReliable();
        }

        @Override
        public void send(byte[] message) throws IOException {
            sent.add(message);
            transport.send(message);
        }

        @Override
        public byte[] receive(Duration within) throws IOException {
            return transport.receive(within);
        }

        @Override
        public void close() throws IOException {
            transport.close();
        }
    }
}
