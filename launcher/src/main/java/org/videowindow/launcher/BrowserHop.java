package org.videowindow.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The portal's page "Test my connection" in a headless Chromium: what a browser can do that the doctor itself cannot.
 * Speaks to it by the DevTools protocol.
 */
final class BrowserHop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLISECONDS = 500;
    private static final String ROWS = "JSON.stringify([...document.querySelectorAll('[data-testid^=\"check-\"]')]"
            + ".map(row => [row.dataset.testid.slice(6), row.dataset.result || '',"
            + " row.innerText.replace(/\\s+/g, ' ').slice(0, 200)]))";

    private final Doctor doctor;
    private final String page;

    BrowserHop(Doctor doctor) {
        this.doctor = doctor;
        this.page = doctor.installation().address() + "/test-connection";
    }

    void look() throws IOException, InterruptedException {
        Optional<Path> chromium =
                Test.CHROMIUM.stream().filter(Files::isExecutable).findFirst();
        if (chromium.isEmpty()) {
            doctor.findings().skipped("browser", "there is no Chromium: apt-get install chromium");
            return;
        }
        Path profile = Files.createTempDirectory("video-window-doctor");
        Process browser = start(chromium.get(), profile);
        try {
            report(rows(profile));
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            delete(profile);
        }
    }

    private Process start(Path chromium, Path profile) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                chromium.toString(),
                "--headless=new",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--ignore-certificate-errors",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream"));
        if (Programs.areWeRoot()) {
            command.add("--no-sandbox");
        }
        command.add(page);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The rows of the page once each has a result, or what there is when the patience ends. */
    private List<?> rows(Path profile) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Path portFile = profile.resolve("DevToolsActivePort");
        XmppHops.Frames frames = new XmppHops.Frames();
        List<?> rows = List.of();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = null;
            for (int id = 1; System.nanoTime() < deadline; id++) {
                Thread.sleep(LOOK_EVERY_MILLISECONDS);
                if (socket == null) {
                    String target = target(client, portFile);
                    if (target.isEmpty()) {
                        continue;
                    }
                    socket = client.newWebSocketBuilder()
                            .buildAsync(URI.create(target), frames)
                            .join();
                }
                socket.sendText(
                                "{\"id\":" + id + ",\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":"
                                        + Json.quoted(ROWS) + "}}",
                                true)
                        .join();
                String text = Json.text(Json.read(frames.next()), "result", "result", "value");
                rows = text.isEmpty() ? List.of() : Json.list(Json.read(text));
                if (!rows.isEmpty()
                        && rows.stream().allMatch(row -> Json.text(row, 1).matches("ok|failed|skipped"))) {
                    break;
                }
            }
            client.shutdownNow();
        }
        return rows;
    }

    private static String target(HttpClient client, Path portFile) throws IOException, InterruptedException {
        List<String> lines = Files.exists(portFile) ? Files.readAllLines(portFile) : List.of();
        if (lines.isEmpty()) {
            return "";
        }
        String list = client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lines.getFirst() + "/json/list"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return Json.list(Json.read(list.strip())).stream()
                .filter(target -> Json.text(target, "type").equals("page"))
                .map(target -> Json.text(target, "webSocketDebuggerUrl"))
                .findFirst()
                .orElse("");
    }

    private void report(List<?> rows) {
        if (rows.isEmpty()) {
            doctor.findings()
                    .failed(
                            "browser",
                            page + " shows no checks",
                            "Open that page in a browser and look at its console.");
        }
        for (Object row : rows) {
            String hop = "browser: " + Json.text(row, 0);
            String text = Json.text(row, 2);
            switch (Json.text(row, 1)) {
                case "ok" -> doctor.findings().ok(hop, text);
                case "skipped" -> doctor.findings().skipped(hop, text);
                default ->
                    doctor.findings()
                            .failed(
                                    hop,
                                    text,
                                    "The first failed check above says what to mend; if there is none, the way from the"
                                            + " browser to that server is closed.");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException stillWriting) {
            // The temporary folder goes with the system's next cleaning.
        }
    }
}
