package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One running installation with HAProxy and coturn. Each test plants one fault in it, lets the doctor look, and takes the
 * fault away again; after each the doctor has to find nothing.
 */
class DoctorIT {
    /** No port of it is one that the kernel gives to others: those begin at 32768. */
    private static final int OFFSET = 19_000;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static Path home;
    private static Script script;
    private static Installation installation;

    private final Map<Path, String> changed = new LinkedHashMap<>();
    private String faulty = "";

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        home = Files.createTempDirectory("video-window-doctor");
        script = new Script(home, OFFSET);
        Script.Run up = script.run("up", "--with", "haproxy,coturn");
        assertThat(up.output()).contains("Video Window is up");
        installation = Installation.of(
                Script.ROOT,
                Map.of("VIDEO_WINDOW_HOME", home.toString(), "VIDEO_WINDOW_PORT_OFFSET", Integer.toString(OFFSET)));
        awaitNothingFailed();
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        script.run("down");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @AfterEach
    void theFaultIsGoneAndNothingFails() throws IOException, InterruptedException {
        for (Map.Entry<Path, String> file : changed.entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
        }
        if (!faulty.isEmpty()) {
            restart(faulty);
        }
        awaitNothingFailed();
    }

    @Test
    void wrongAdvertisedAddress() throws IOException, InterruptedException {
        change(
                Part.VIDEOBRIDGE,
                text -> text.replaceAll("advertised-addresses = .*", "advertised-addresses = [\"192.0.2.1\"]"));
        restart("bridge-1");
        assertFirst("UDP to videobridge", "the advertised address 192.0.2.1:", "advertised-addresses");
    }

    /** What a firewall that drops UDP looks like from here: a port of this machine from which nothing ever comes. */
    @Test
    void closedUdp() throws IOException, InterruptedException {
        List<DatagramSocket> silent = new ArrayList<>();
        try {
            for (int worker = 0; worker < installation.ports().workers(); worker++) {
                silent.add(new DatagramSocket(new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.0.2"), installation.ports().media(1) + worker)));
            }
            change(
                    Part.VIDEOBRIDGE,
                    text -> text.replaceAll("advertised-addresses = .*", "advertised-addresses = [\"127.0.0.2\"]"));
            restart("bridge-1");
            assertFirst("UDP to videobridge", "UDP is closed: the advertised address 127.0.0.2:", "firewall");
        } finally {
            silent.forEach(DatagramSocket::close);
        }
    }

    @Test
    void wrongTurnSecret() throws IOException, InterruptedException {
        change(Part.COTURN, text -> text.replaceAll("static-auth-secret=.*", "static-auth-secret=another"));
        restart("coturn");
        assertFirst("TURN over UDP", "another TURN secret", "static-auth-secret");
    }

    @Test
    void expiredCertificate() throws IOException, InterruptedException {
        Path both = installation.secret(Certificate.BOTH);
        changed.put(both, Files.readString(both));
        Files.writeString(both, expired());
        restart("haproxy");
        assertFirst("TLS of haproxy", "the certificate expired at 2", "secrets/tls.pem");
    }

    @Test
    void stoppedBridge() throws IOException, InterruptedException {
        faulty = "videobridge";
        script.run("stop", faulty);
        assertFirst("videobridge", "does not run", "./video-window start videobridge");
    }

    @Test
    void wrongXmppPasswordOfTheFocus() throws IOException, InterruptedException {
        Path other = Files.writeString(home.resolve("other-password"), "another-password-altogether\n");
        change(Part.FOCUS, text -> text.replaceAll("password-file = .*", "password-file = \"" + other + "\""));
        restart("focus");
        awaitHop("health of focus", "refuses the account's password");
        assertFirst("health of focus", "refuses the account's password", "password-file");
    }

    @Test
    void jwksUnreachable() throws IOException, InterruptedException {
        change(Part.SHARD_SERVER, text -> text.replaceAll("jwks-url = .*", "jwks-url = \"http://127.0.0.1:9/jwks\""));
        restart("shard-server");
        awaitHop("clock of shard-server", "less than");
        assertFirst("portal's keys in shard-server", "JWKS unreachable", "token.jwks-url");
    }

    @Test
    void webSocketPathBlocked() throws IOException, InterruptedException {
        change(
                Part.HAPROXY,
                text -> text.replaceFirst(
                        "(?m)^frontend https\\b.*\n", "$0    http-request deny if { path_beg /xmpp-websocket }\n"));
        restart("haproxy");
        assertFirst("XMPP through haproxy", "takes no WebSocket: HTTP status 403", "/xmpp-websocket");
    }

    @Test
    void fullDiskOfTheLogFolder() throws IOException, InterruptedException {
        assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && run(
                                        "mount",
                                        "-t",
                                        "tmpfs",
                                        "-o",
                                        "size=64k",
                                        "full",
                                        installation.logs().toString())
                                == 0,
                "only root can mount the small disk that gets full here");
        try {
            Path filler = installation.logs().resolve("filler");
            try {
                Files.write(filler, new byte[128 * 1024]);
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
            }
            assertFirst("logs folder", "No space left", "Make room");
        } finally {
            assertThat(run("umount", installation.logs().toString())).isZero();
        }
    }

    /** The machine of the doctor is an hour ahead of the others. */
    @Test
    void clockOffByAnHour() throws IOException, InterruptedException {
        Script.Run doctor = script.runUnder(List.of("faketime", "-m", "-f", "+1h"), Map.of(), "doctor");
        assertFirst(doctor, "clock of shard-server", " s behind the clock here", "NTP");
    }

    /** The doctor names the fault first, what mends it, and answers exit code 1. */
    private static void assertFirst(String hop, String problem, String fix) throws IOException, InterruptedException {
        // Beside the fault something may be shown that only was not ready yet after the restart.
        assertFirst(await(doctor -> first(doctor).startsWith(hop + " ")), hop, problem, fix);
    }

    private static void assertFirst(Script.Run doctor, String hop, String problem, String fix) {
        assertThat(doctor.code()).as(doctor.output()).isEqualTo(1);
        List<String> lines = doctor.output().lines().toList();
        String first = first(doctor);
        assertThat(first).as(doctor.output()).startsWith(hop + " ").contains(problem);
        assertThat(lines.get(lines.indexOf(first) + 1)).contains("-> ").contains(fix);
        System.out.printf("doctor, %.1f s: %s%n", doctor.took().toMillis() / 1e3, first.replaceAll(" +", " "));
    }

    private static String first(Script.Run doctor) {
        return doctor.output()
                .lines()
                .filter(line -> line.contains(" FAILED "))
                .findFirst()
                .orElse("nothing failed");
    }

    private void change(Part part, UnaryOperator<String> change) throws IOException {
        Path file = installation.configuration(new Instance(part, 1));
        String text = Files.readString(file);
        String other = change.apply(text);
        assertThat(other).isNotEqualTo(text);
        changed.put(file, text);
        Files.writeString(file, other);
    }

    private void restart(String instance) throws IOException, InterruptedException {
        faulty = instance;
        script.run("stop", instance);
        Script.Run start = script.run("start", instance);
        assertThat(start.code()).as(start.output()).isZero();
        String label = installation.setUp().label(installation.setUp().named(instance));
        awaitHop(label, "listens on");
    }

    private interface Condition {
        boolean isMet(Script.Run doctor);
    }

    private static Script.Run await(Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Script.Run doctor = script.run("doctor");
        while (!condition.isMet(doctor)) {
            assertThat(System.nanoTime()).as(doctor.output()).isLessThan(deadline);
            doctor = script.run("doctor");
        }
        return doctor;
    }

    private static void awaitHop(String hop, String detail) throws IOException, InterruptedException {
        await(doctor -> doctor.output().lines().anyMatch(line -> line.startsWith(hop + " ") && line.contains(detail)));
    }

    private static void awaitNothingFailed() throws IOException, InterruptedException {
        await(doctor -> doctor.code() == 0 && doctor.output().contains("Everything that was checked"));
    }

    /** A certificate like ours whose day was yesterday, with its key. */
    private static String expired() throws IOException, InterruptedException {
        Path store = Files.createTempDirectory("expired").resolve("store");
        assertThat(run(
                        installation.jdk().resolve("bin").resolve("keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=expired",
                        "-startdate",
                        "-3d",
                        "-validity",
                        "2",
                        "-ext",
                        "san=dns:localhost,dns:turn.localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "passing",
                        "-alias",
                        "tls"))
                .isZero();
        String pem = Certificate.pem(store, "passing");
        Files.delete(store);
        Files.delete(store.getParent());
        return pem;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }
}
