package org.videowindow.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The TLS port: what is spoken on it, with TURN behind it and without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {
    private Upstream portal;
    private Upstream management;
    private ServerSocket turn;
    private Haproxy plain;
    private Haproxy withTurn;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        InetAddress address = Loopback.nextAddress();
        portal = Upstream.named("portal-1", address);
        management = Upstream.healthAt("/actuator/health", address);
        turn = new ServerSocket();
        turn.bind(new InetSocketAddress(address, 0));
        Thread.ofVirtual().start(this::passThrough);
        plain = Haproxy.start(new Setup(folder, "haproxy-1", Loopback.next()).portal("portal-1", portal, management));
        withTurn = Haproxy.start(new Setup(folder, "haproxy-2", Loopback.next())
                .portal("portal-1", portal, management)
                .with("turn_address", address.getHostAddress() + ":" + turn.getLocalPort()));
    }

    @AfterAll
    void stop() throws IOException {
        plain.close();
        withTurn.close();
        portal.close();
        management.close();
        turn.close();
    }

    /** Answers the first bytes of each connection with "TURN" and those bytes. */
    private void passThrough() {
        while (!turn.isClosed()) {
            try (Socket socket = turn.accept()) {
                byte[] hello = new byte[5];
                int length = socket.getInputStream().readNBytes(hello, 0, hello.length);
                OutputStream out = socket.getOutputStream();
                out.write("TURN".getBytes(StandardCharsets.US_ASCII));
                out.write(hello, 0, length);
                out.flush();
            } catch (IOException e) {
                // The next one.
            }
        }
    }

    private List<Haproxy> both() {
        return List.of(plain, withTurn);
    }

    @Test
    void http2AndHttp11AreSpoken() throws IOException {
        for (Haproxy haproxy : both()) {
            try (Client client = haproxy.client()) {
                Client.Answer answer = client.get("/");
                assertThat(answer.from()).isEqualTo("portal-1");
                assertThat(answer.response().version()).isEqualTo(HttpClient.Version.HTTP_2);
            }
            for (String protocol : List.of("h2", "http/1.1")) {
                try (SSLSocket socket = RawTls.connect(haproxy.setup().https(), "meet.example.org", protocol)) {
                    assertThat(socket.getApplicationProtocol()).isEqualTo(protocol);
                    assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void oldTlsIsRefused(String version) throws IOException {
        for (Haproxy haproxy : both()) {
            Commands.Outcome outcome = handshake(haproxy, version, "-cipher", "ALL:@SECLEVEL=0");

            assertThat(outcome.status()).as(outcome.output()).isNotZero();
            assertThat(outcome.output()).contains("protocol version").doesNotContain("Cipher is ECDHE");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "aNULL", "AES256-SHA"
            })
    void weakCiphersAreRefused(String cipher) throws IOException {
        for (Haproxy haproxy : both()) {
            Commands.Outcome outcome = handshake(haproxy, "-tls1_2", "-cipher", cipher + ":@SECLEVEL=0");

            assertThat(outcome.status()).as(outcome.output()).isNotZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"
            })
    void modernCiphersAreTaken(String cipher) throws IOException {
        for (Haproxy haproxy : both()) {
            Commands.Outcome outcome = handshake(haproxy, "-tls1_2", "-cipher", cipher);

            assertThat(outcome.status()).as(outcome.output()).isZero();
            assertThat(outcome.output()).contains(cipher);
        }
    }

    @Test
    void turnIsTakenThroughByItsNameStillEncrypted() throws IOException {
        try (Socket socket = connect(withTurn)) {
            socket.getOutputStream().write(clientHello("turn.example.org"));
            byte[] answer = socket.getInputStream().readNBytes(9);

            assertThat(new String(answer, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("TURN");
            // What coturn gets first is the client's handshake record, no PROXY header.
            assertThat(answer[4]).isEqualTo((byte) 22);
        }
    }

    @Test
    void anotherNameIsNotTurn() throws IOException {
        try (SSLSocket socket = RawTls.connect(withTurn.setup().https(), "other.example.org")) {
            assertThat(socket.getSession().isValid()).isTrue();
        }
    }

    @Test
    void theClientsAddressSurvivesTheLookAtItsHello() throws IOException {
        for (Haproxy haproxy : both()) {
            for (String source : List.of("127.0.0.1", "127.9.9.9")) {
                String answer = Commands.run(
                        "curl",
                        "-sk",
                        "--interface",
                        source,
                        "https://" + haproxy.setup().https() + "/");

                assertThat(answer).contains("x-forwarded-for: " + source);
            }
        }
    }

    @Test
    void whoeverSaysNothingOrNothingOfTlsIsCut() throws IOException {
        long start = System.nanoTime();
        try (Socket silent = connect(withTurn);
                Socket other = connect(withTurn)) {
            other.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(endOf(other)).isLessThanOrEqualTo(0);
            assertThat(endOf(silent)).isLessThanOrEqualTo(0);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("measured: a connection without a ClientHello was cut after " + took.toMillis() + " ms");
            assertThat(took).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(30));
        }
    }

    private static int endOf(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            return in.read();
        } catch (IOException reset) {
            return -1;
        }
    }

    private static Socket connect(Haproxy haproxy) throws IOException {
        String[] address = haproxy.setup().https().split(":");
        Socket socket = new Socket(Inet4Address.getByName(address[0]), Integer.parseInt(address[1]));
        socket.setSoTimeout(60_000);
        return socket;
    }

    /** A ClientHello with a server name, RFC 8446 section 4.1.2, in a record of TLS 1.2. */
    private static byte[] clientHello(String serverName) {
        byte[] name = serverName.getBytes(StandardCharsets.US_ASCII);
        int extension = name.length + 5;
        int extensions = extension + 4;
        int body = 2 + 32 + 1 + 4 + 2 + 2 + extensions;
        java.nio.ByteBuffer hello = java.nio.ByteBuffer.allocate(9 + body);
        hello.put((byte) 22).putShort((short) 0x0301).putShort((short) (4 + body));
        hello.put((byte) 1).put((byte) 0).putShort((short) body);
        hello.putShort((short) 0x0303).put(new byte[32]).put((byte) 0);
        hello.putShort((short) 2).putShort((short) 0xc02b).put((byte) 1).put((byte) 0);
        hello.putShort((short) extensions).putShort((short) 0).putShort((short) extension);
        hello.putShort((short) (name.length + 3))
                .put((byte) 0)
                .putShort((short) name.length)
                .put(name);
        return hello.array();
    }

    private static Commands.Outcome handshake(Haproxy haproxy, String... options) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-brief",
                "-connect",
                haproxy.setup().https(),
                "-servername",
                "meet.example.org"));
        command.addAll(List.of(options));
        return Commands.attempt(command.toArray(String[]::new));
    }
}
