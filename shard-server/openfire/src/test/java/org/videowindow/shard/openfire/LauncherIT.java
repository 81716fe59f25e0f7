package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, failing to start with one sentence, and stopping. */
class LauncherIT {
    @TempDir
    Path folder;

    private String outcome(String settings) throws Exception {
        return outcome(settings, Map.of());
    }

    private String outcome(String settings, Map<String, String> environment) throws Exception {
        Path file = Files.writeString(folder.resolve("shard.conf"), settings);
        Path log = folder.resolve("log");
        Process process = ShardProcess.launch(file, log, environment);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        return Files.readString(log);
    }

    private String settings() throws Exception {
        return """
                openfire { home = "%s/home", client-port = %d, websocket-port = %d }
                http.port = 0
                """.formatted(folder, ShardProcess.freePort(), ShardProcess.freePort());
    }

    @Test
    void unknownKeyStopsTheStart() throws Exception {
        assertThat(outcome(settings() + "openfire.client-prot = 1\n")).contains("Unknown key openfire.client-prot in");
        assertThat(outcome(settings() + "token.isuer = x\n")).contains("Unknown key token.isuer in");
    }

    @Test
    void missingPasswordFileStopsTheStart() throws Exception {
        assertThat(outcome(settings() + "services.focus.password-file = \"/nowhere\"\n"))
                .contains("The file of services.focus.password-file, /nowhere, cannot be read.");
    }

    @Test
    void unknownTurnKeyStopsTheStart() throws Exception {
        assertThat(outcome(settings() + "turn.services = [{ type = turn, host = h, port = 1, prot = udp }]\n"))
                .contains("Unknown key prot in turn.services.");
    }

    @Test
    void portInUseStopsTheStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(outcome(settings() + "openfire.client-port = " + taken.getLocalPort() + "\n"))
                    .contains("Port " + taken.getLocalPort() + " on 127.0.0.1 cannot be opened")
                    .contains("openfire.client-port");
        }
    }

    @Test
    void environmentOverridesTheFile() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(outcome(settings(), Map.of("VW_SHARD_WEBSOCKET_PORT", port)))
                    .contains("Port " + port + " on 127.0.0.1 cannot be opened")
                    .contains("openfire.websocket-port");
        }
    }

    @Test
    void stopsSoonAndKeepsItsCertificate() throws Exception {
        ShardProcess shard = ShardProcess.start("");
        try {
            Path certificate = shard.folder.resolve("home/certificate.pem");
            String before = Files.readString(certificate);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shard.folder.resolve("home"))))
                    .isEqualTo("rwx------");
            try (SmackFocus focus = SmackFocus.focus(shard);
                    Browser browser = Browser.connect(shard, shard.portal.member("stop", "Ada"))) {
                focus.create("stop");
                shard.process.destroy();
                // Five seconds on a machine of its own.
                assertThat(shard.process.waitFor(15, TimeUnit.SECONDS)).isTrue();
                assertThat(browser.awaitEnd(15)).isTrue();
            }
            Path second = folder.resolve("second.log");
            Process again = ShardProcess.launch(shard.folder.resolve("shard.conf"), second);
            Await.until(
                    "the server is ready again", () -> Files.readString(second).contains("shard server ready"));
            assertThat(Files.readString(certificate)).isEqualTo(before);
            again.destroyForcibly();
        } finally {
            shard.kill();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5223, 5229, 5262, 5263, 5269, 5270, 5275, 5276, 7443, 7777})
    void opensNoneOfThePortsThatOpenfireOpensByItself(int port) throws Exception {
        assertThat(ShardProcess.get().process.isAlive()).isTrue();
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void unhealthyUntilThePortalsKeysAreLoaded() throws Exception {
        ShardProcess shard = ShardProcess.get();
        assertThat(shard.http("/about/health"))
                .matches("200\n\\{\"status\":\"ok\",\"keys\":\\{\"count\":1,\"fetchedAt\":\"[-0-9T:.]+Z\","
                        + "\"lastError\":null}}");
        assertThat(shard.http("/about/other")).startsWith("404");
        assertThat(shard.http("/metrics")).contains("videowindow_shard_keys_loaded 1");
    }

    @Test
    void nothingPersonalAndNoErrorIsLogged() throws Exception {
        ShardProcess shard = ShardProcess.get();
        Portal.Ticket ticket = shard.portal.member("log", "Secretina");
        try (SmackFocus focus = SmackFocus.focus(shard);
                Browser browser = Browser.connect(shard, ticket)) {
            focus.create("log");
            browser.join("log", ticket.nick(), "");
        }
        assertThat(shard.log()).doesNotContain("Secretina").doesNotContain(ticket.token());
    }
}
