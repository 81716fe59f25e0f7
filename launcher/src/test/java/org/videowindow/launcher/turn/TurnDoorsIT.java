package org.videowindow.launcher.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in: UDP, TCP and TLS 1.2 on two ports, and no others. */
class TurnDoorsIT {
    private static Coturn coturn;

    enum Way {
        UDP,
        TCP,
        TLS
    }

    @BeforeAll
    static void startServer() throws Exception {
        coturn = Coturn.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        coturn.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aDatagramGoesToABridgeAndBackByEveryWay(Way way) throws Exception {
        long begin = System.nanoTime();
        try (Echo bridge = new Echo("127.0.0.4");
                TurnClient client = coturn.client(open(way), "guest-" + way)) {
            client.allocate();
            client.bindChannel(0x4003, bridge.address());
            byte[] odd = "seven b".getBytes(StandardCharsets.US_ASCII);
            client.send(0x4003, odd);
            assertThat(client.receive(Coturn.PATIENCE).text()).isEqualTo("seven b");
            client.send(bridge.address(), odd);
            assertThat(client.receive(Coturn.PATIENCE).peer()).isEqualTo(bridge.address());
            System.out.printf("%s: relay and two round trips in %.1f ms%n", way, (System.nanoTime() - begin) / 1e6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2"})
    void tlsOfTodayIsSpoken(String version) throws Exception {
        SSLSession session = handshake(version, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        assertThat(session.getProtocol()).isEqualTo(version);
    }

    /** The hello of an old client by hand: Java itself does not speak these versions any more. */
    @ParameterizedTest
    @ValueSource(ints = {0x0300, 0x0301, 0x0302})
    void tlsOfYesterdayIsRefused(int version) throws Exception {
        byte[] suites = ByteBuffer.allocate(8)
                .putShort((short) 0xc00a) // ECDHE_ECDSA_WITH_AES_256_CBC_SHA
                .putShort((short) 0xc009)
                .putShort((short) 0xc014)
                .putShort((short) 0x002f)
                .array();
        ByteBuffer hello = ByteBuffer.allocate(4 + 2 + 32 + 1 + 2 + suites.length + 2)
                .putInt(0x0100_0000 | (2 + 32 + 1 + 2 + suites.length + 2))
                .putShort((short) version)
                .put(new byte[33])
                .putShort((short) suites.length)
                .put(suites)
                .putShort((short) 0x0100);
        try (Socket socket = new Socket()) {
            socket.connect(coturn.tlsAddress());
            socket.setSoTimeout(2_000);
            OutputStream out = socket.getOutputStream();
            out.write(ByteBuffer.allocate(5)
                    .put((byte) 22)
                    .putShort((short) 0x0301)
                    .putShort((short) hello.capacity())
                    .array());
            out.write(hello.array());
            out.flush();
            byte[] answer = new byte[5];
            int read;
            try {
                read = socket.getInputStream().readNBytes(answer, 0, 5);
            } catch (SocketTimeoutException silence) {
                read = 0;
            }
            int handshake = 22;
            assertThat(read == 5 && answer[0] == handshake)
                    .as("the server went on with the handshake")
                    .isFalse();
        }
    }

    @Test
    void weakCiphersAreRefused() {
        for (String suite : new String[] {
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"
        }) {
            assertThatThrownBy(() -> handshake("TLSv1.2", suite)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aCertificateOfAnotherNameIsNoticed() {
        assertThatThrownBy(() -> TurnTransport.tls(
                                coturn.tlsAddress(), "turn.example.org", coturn.trust(), Coturn.PATIENCE)
                        .close())
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("turn.example.org");
    }

    @Test
    void anExpiredCertificateIsNoticed() throws Exception {
        try (Coturn expired = Coturn.start(Map.of("expired", true))) {
            assertThatThrownBy(
                            () -> TurnTransport.tls(expired.tlsAddress(), Coturn.NAME, expired.trust(), Coturn.PATIENCE)
                                    .close())
                    .isInstanceOf(SSLException.class)
                    .hasStackTraceContaining("CertificateExpiredException");
        }
    }

    @Test
    void aRenewedCertificateIsTakenWithoutARestart() throws Exception {
        try (Coturn server = Coturn.start();
                TurnClient client = server.client("guest")) {
            client.allocate();
            server.renewCertificate();
            SSLContext newTrust = server.trust();
            boolean taken = false;
            for (int attempt = 0; attempt < 50 && !taken; attempt++) {
                try (TurnTransport transport =
                        TurnTransport.tls(server.tlsAddress(), Coturn.NAME, newTrust, Coturn.PATIENCE)) {
                    taken = transport.isReliable();
                } catch (SSLException old) {
                    server.pause();
                }
            }
            assertThat(taken).isTrue();
            assertThat(client.refresh(Duration.ofMinutes(10))).isPositive();
        }
    }

    @Test
    void noPortIsOpenButTheTwo() throws Exception {
        assertThat(listening("tcp", "tcp6")).containsExactlyInAnyOrder(coturn.port, coturn.tlsPort);
        assertThat(listening("udp", "udp6")).containsExactly(coturn.port);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"TCP", "TLS"})
    void noPageIsServed(Way way) throws Exception {
        for (String page : new String[] {"/", "/metrics", "/logon"}) {
            try (TurnTransport transport = open(way)) {
                transport.send(("GET " + page + " HTTP/1.1\r\nHost: turn\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThatThrownBy(() -> transport.receive(Duration.ofSeconds(1)))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    private static TurnTransport open(Way way) throws Exception {
        return switch (way) {
            case UDP -> TurnTransport.udp(coturn.address());
            case TCP -> TurnTransport.tcp(coturn.address(), Coturn.PATIENCE);
            case TLS -> TurnTransport.tls(coturn.tlsAddress(), Coturn.NAME, coturn.trust(), Coturn.PATIENCE);
        };
    }

    private static SSLSession handshake(String version, String suite) throws Exception {
        try (SSLSocket socket = (SSLSocket) coturn.trust().getSocketFactory().createSocket()) {
            InetSocketAddress address = coturn.tlsAddress();
            socket.connect(address);
            socket.setSoTimeout((int) Coturn.PATIENCE.toMillis());
            socket.setSSLParameters(new SSLParameters(new String[] {suite}, new String[] {version}));
            socket.startHandshake();
            return socket.getSession();
        }
    }

    /** The ports on which the server's process listens, from the tables of the kernel. */
    private static Set<Integer> listening(String... tables) throws IOException {
        Set<String> inodes;
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(coturn.pid()), "fd"))) {
            inodes = files.map(TurnDoorsIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring(8, target.length() - 1))
                    .collect(Collectors.toSet());
        }
        Set<Integer> ports = new TreeSet<>();
        for (String table : tables) {
            for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
                String[] fields = line.strip().split("\\s+");
                // State 0A is LISTEN of TCP, 07 an open socket of UDP.
                if (fields.length > 9
                        && inodes.contains(fields[9])
                        && (fields[3].equals("0A") || fields[3].equals("07"))
                        && fields[2].endsWith(":0000")) {
                    ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
