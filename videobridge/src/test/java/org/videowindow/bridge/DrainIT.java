package org.videowindow.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jitsi.xmpp.extensions.colibri2.json.Colibri2JSONSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.videowindow.bridge.colibri.Stanzas;

/** The end of a drained bridge, which is the end of its process. */
@Timeout(120)
class DrainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Process process;
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = ShardProcess.freePort();
        Path file = Files.writeString(
                folder.resolve("bridge.conf"),
                "videobridge { media { port = 0, workers = 1 }, channel.port = 0, http.port = " + port + " }");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Videobridge.class.getName(),
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isUp()) {
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("log")))
                    .isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private boolean isUp() throws InterruptedException {
        try {
            return send("GET", "/about/health", "").statusCode() == 200;
        } catch (IOException e) {
            return process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
        http.shutdownNow();
    }

    @Test
    void withoutConferencesItEndsAtOnce() throws Exception {
        assertThat(send("POST", "/colibri/drain?end-after=600", "").statusCode())
                .isEqualTo(204);
        ends();
    }

    @Test
    void itEndsWithItsLastConferenceLongBeforeTheLimit() throws Exception {
        createConference();
        assertThat(send("POST", "/colibri/drain?end-after=600", "").statusCode())
                .isEqualTo(204);
        assertThat(send("GET", "/colibri/drain", "").body())
                .startsWith("{\"draining\":true,\"conferences\":1,\"endsWithinSeconds\":5");
        assertThat(send("DELETE", "/colibri/drain", "").statusCode()).isEqualTo(409);

        send("PATCH", "/colibri/v2/conferences/89b36181-ee61-47c4-aaf9-bfdd17805c38", "{\"expire\":true}");
        ends();
    }

    @Test
    void atTheLimitItEndsWhateverGoesOn() throws Exception {
        createConference();
        assertThat(send("POST", "/colibri/drain?end-after=1", "").statusCode()).isEqualTo(204);
        ends();
        assertThat(folder.resolve("log")).content().contains("The time for draining is over");
    }

    private void createConference() throws Exception {
        String body = Colibri2JSONSerializer.serializeConferenceModify(Stanzas.read(Stanzas.resource("create.xml")))
                .toString();
        HttpResponse<String> created = send("POST", "/colibri/v2/conferences", body);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    }

    private void ends() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(10))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
