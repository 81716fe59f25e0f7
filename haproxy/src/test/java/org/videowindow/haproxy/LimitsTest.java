package org.videowindow.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One client cannot take what belongs to all. */
final class LimitsTest {
    @TempDir
    private Path folder;

    private FakeShard shard;
    private Upstream portal;
    private Upstream management;

    @BeforeEach
    void start() throws IOException {
        InetAddress address = Loopback.nextAddress();
        shard = new FakeShard(1, "here", address);
        portal = Upstream.named("portal-1", address);
        management = Upstream.healthAt("/actuator/health", address);
    }

    @AfterEach
    void stop() throws IOException {
        shard.close();
        portal.close();
        management.close();
    }

    private Setup setup() throws IOException {
        return new Setup(folder, "haproxy-1", Loopback.next()).shards(shard).portal("portal-1", portal, management);
    }

    @Test
    void aRequestThatDripsInIsCut() throws IOException {
        try (Haproxy haproxy = Haproxy.start(setup());
                SSLSocket socket = RawTls.connect(haproxy.setup().https(), "meet.example.org", "http/1.1")) {
            long start = System.nanoTime();
            socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread drip = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        socket.getOutputStream().write("X-More: a\r\n".getBytes(StandardCharsets.US_ASCII));
                        socket.getOutputStream().flush();
                        java.util.concurrent.locks.LockSupport.parkNanos(500_000_000L);
                    }
                } catch (IOException cut) {
                    // As it should be.
                }
            });
            String answer = read(socket);
            drip.interrupt();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("measured: a slow request was cut after " + took.toMillis() + " ms");

            assertThat(answer).startsWith("HTTP/1.1 408 ");
            assertThat(took).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(40));
            assertThat(portal.requests()).isZero();
        }
    }

    @Test
    void aClientHasABoundedNumberOfConnectionsAndOthersGoOn() throws IOException {
        for (String turn : List.of("", "127.0.0.1:1")) {
            try (Haproxy haproxy =
                    Haproxy.start(setup().with("client_connections", 20).with("turn_address", turn))) {
                List<SSLSocket> open = new ArrayList<>();
                boolean refused = false;
                try {
                    for (int i = 0; i < 25; i++) {
                        open.add(RawTls.connect(haproxy.setup().https(), "meet.example.org"));
                    }
                } catch (IOException e) {
                    refused = true;
                }

                assertThat(refused).isTrue();
                assertThat(open).hasSize(20);
                assertThat(Commands.run(
                                "curl",
                                "-sk",
                                "--interface",
                                "127.9.9.9",
                                "https://" + haproxy.setup().https() + "/"))
                        .startsWith("portal-1");
                for (SSLSocket socket : open) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void aClientOpensConnectionsAtABoundedRate() throws IOException {
        try (Haproxy haproxy = Haproxy.start(setup().with("client_connection_rate", 10))) {
            int taken = 0;
            for (int i = 0; i < 15; i++) {
                try {
                    RawTls.connect(haproxy.setup().https(), "meet.example.org").close();
                    taken++;
                } catch (IOException refused) {
                    // Counted by not being taken.
                }
            }
            assertThat(taken).isEqualTo(10);
        }
    }

    @Test
    void aClientAsksAtABoundedRate() throws IOException {
        try (Haproxy haproxy = Haproxy.start(setup().with("client_request_rate", 10));
                Client client = haproxy.client()) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
            Client.Answer answer = client.get("/");

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body()).contains("Too many requests");
        }
    }

    @Test
    void aClientJoinsAtABoundedRate() throws IOException {
        try (Haproxy haproxy = Haproxy.start(setup().with("client_opening_rate", 5));
                Client client = haproxy.client()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.shardOf("a" + i)).isEqualTo("shard-1");
            }

            assertThat(client.shardOf("b")).isEqualTo("429");
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void sizesAreBounded() throws IOException {
        try (Haproxy haproxy = Haproxy.start(setup());
                Client client = haproxy.client()) {
            assertThat(client.post("/api/v1/x", "a".repeat(1_048_576)).from()).isEqualTo("portal-1");
            assertThat(RawTls.ask(
                            haproxy.setup().https(),
                            "POST /api/v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n"))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(RawTls.ask(
                            haproxy.setup().https(),
                            "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(17_000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(RawTls.ask(
                            haproxy.setup().https(), "GET / HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(70) + "\r\n"))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    private static String read(SSLSocket socket) {
        StringBuilder answer = new StringBuilder();
        try (InputStream in = socket.getInputStream()) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                answer.append((char) c);
            }
        } catch (IOException e) {
            // Cut while something was still being said; what came before that counts.
        }
        return answer.toString();
    }
}
