package org.videowindow.launcher.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.videowindow.launcher.template.Template;

/** A real turnserver with our configuration, on ports and in a folder of its own. */
final class Coturn implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final String NAME = "turn.localhost";
    private static final String SECRET = "a secret of these tests only";
    private static final Path PROGRAM = Path.of("/usr/bin/turnserver");
    private static final Path TEMPLATE =
            Path.of("").toAbsolutePath().getParent().resolve("coturn").resolve("turnserver.conf.j2");

    final int port;
    final int tlsPort;
    final int firstRelayPort;
    private final Path folder;
    private final Process process;

    private Coturn(Path folder, int port, int tlsPort, int firstRelayPort, Process process) {
        this.folder = folder;
        this.port = port;
        this.tlsPort = tlsPort;
        this.firstRelayPort = firstRelayPort;
        this.process = process;
    }

    /** On 127.0.0.1 and ::1, with relays to 127.0.0.2 to 127.0.0.4 only. */
    static Coturn start() throws Exception {
        return start(Map.of());
    }

    /** The same with some values of the template changed. */
    static Coturn start(Map<String, Object> changes) throws Exception {
        assertThat(PROGRAM)
                .as("the tests of the TURN server need Debian's package coturn: apt-get install coturn")
                .isExecutable();
        Path folder = Files.createTempDirectory("video-window-coturn-");
        int port = freePort();
        int tlsPort = freePort();
        int relays = freePortRange();
        if (changes.containsKey("expired")) {
            makeExpiredCertificate(folder);
        } else {
            makeCertificate(folder);
        }
        Map<String, Object> values = new HashMap<>();
        values.put("listen", List.of("127.0.0.1", "::1"));
        values.put("relay", List.of("127.0.0.1", "::1"));
        values.put("external_address", "");
        values.put("port", port);
        values.put("tls_port", tlsPort);
        values.put("realm", "vw");
        values.put("secret", SECRET);
        values.put("certificate_file", folder.resolve("certificate.pem").toString());
        values.put("key_file", folder.resolve("key.pem").toString());
        values.put("relay_min_port", relays);
        values.put("relay_max_port", relays + RELAYS - 1);
        values.put("allowed_peers", List.of(Map.of("range", "127.0.0.2-127.0.0.4")));
        values.put("loopback_bridges", true);
        values.put("user_quota", 24);
        values.put("total_quota", 200);
        values.put("max_bps", 2_500_000);
        values.put("nonce_seconds", 600);
        values.put("run_user", "");
        values.put("pid_file", folder.resolve("pid").toString());
        values.putAll(changes);
        if (changes.containsKey("relays")) {
            values.put("relay_max_port", relays + (Integer) changes.get("relays") - 1);
        }
        Path configuration = folder.resolve("turnserver.conf");
        Files.writeString(
                configuration, Template.parse(Files.readString(TEMPLATE)).render(Map.of("coturn", values)));
        Process process = new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Coturn coturn = new Coturn(folder, port, tlsPort, relays, process);
        try {
            coturn.awaitAnswer();
            return coturn;
        } catch (Exception | AssertionError failed) {
            coturn.close();
            throw failed;
        }
    }

    private static final int RELAYS = 120;

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    InetSocketAddress tlsAddress() {
        return new InetSocketAddress("127.0.0.1", tlsPort);
    }

    /** A client over UDP with a good credential. */
    TurnClient client(String user) throws Exception {
        return client(TurnTransport.udp(address()), user);
    }

    TurnClient client(TurnTransport transport, String user) throws Exception {
        String username = Instant.now().plusSeconds(600).getEpochSecond() + ":" + user;
        return new TurnClient(transport, username, password(username), PATIENCE);
    }

    /** What portal and shard make of a user name: Base64 of its HMAC-SHA1 under the secret. */
    static String password(String username) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    }

    /** Trusts the certificate of this server. */
    SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var in = Files.newInputStream(folder.resolve("certificate.pem"))) {
            store.setCertificateEntry(
                    "turn", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Lets time go by; the server ends what was given back about once a second. */
    void pause() throws IOException {
        try (TurnTransport silent = TurnTransport.udp(address())) {
            silent.receive(Duration.ofMillis(300));
        } catch (SocketTimeoutException asItShould) {
            return;
        }
    }

    /** Another certificate in the same files; the server is told, as after a renewal. */
    void renewCertificate() throws Exception {
        makeCertificate(folder);
        run(folder, "kill -USR2 " + process.pid());
    }

    private static void makeCertificate(Path folder) throws Exception {
        run(
                folder,
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" + NAME
                        + " -addext subjectAltName=DNS:" + NAME + " -keyout key.pem -out certificate.pem");
    }

    private static void makeExpiredCertificate(Path folder) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        run(
                folder,
                keytool
                        + " -genkeypair -alias turn -keyalg EC -groupname secp256r1 -startdate -3d -validity 2 -dname CN="
                        + NAME + " -ext san=dns:" + NAME + " -keystore store.p12 -storepass password");
        run(folder, "openssl pkcs12 -in store.p12 -passin pass:password -nokeys -out certificate.pem");
        run(folder, "openssl pkcs12 -in store.p12 -passin pass:password -nocerts -nodes -out key.pem");
    }

    long pid() {
        return process.pid();
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, 10, TimeUnit.SECONDS)
                .thenCompose(late -> late.destroyForcibly().onExit())
                .join();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void awaitAnswer() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (TurnTransport transport = TurnTransport.udp(address())) {
                transport.send(StunRequest.request(StunMessage.ALLOCATE).bytes());
                transport.receive(Duration.ofMillis(200));
                return;
            } catch (SocketTimeoutException | java.net.PortUnreachableException notYet) {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        throw new AssertionError("turnserver did not start: " + log());
    }

    private static void run(Path folder, String command) throws Exception {
        Process process = new ProcessBuilder(command.split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor()).as(command).isZero();
    }

    /** Free for both transports, as far as one can know. */
    private static int freePort() throws IOException {
        // Below the range that the kernel takes ports from for connections: one of those could have it a moment later.
        int port = ThreadLocalRandom.current().nextInt(10_000, 16_000);
        try (ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getByName("127.0.0.1"))) {
            return udp.getLocalPort();
        } catch (BindException taken) {
            return freePort();
        }
    }

    /** Below the range that the kernel takes ports from for others. */
    private static int freePortRange() throws IOException {
        for (int first = 16_000; first < 32_000; first += RELAYS) {
            if (isFree(first)) {
                return first;
            }
        }
        throw new IOException("no free ports for relays");
    }

    private static boolean isFree(int first) throws IOException {
        for (int port = first; port < first + RELAYS; port++) {
            try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getByName("127.0.0.1"))) {
                assertThat(socket.isBound()).isTrue();
            } catch (BindException taken) {
                return false;
            }
        }
        return true;
    }
}
