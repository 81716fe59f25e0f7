package org.videowindow.shard.openfire;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The real shard server in a process of its own, as packaged, with a portal made by the test. Started once for all
 * tests; they keep apart by using rooms of their own.
 */
final class ShardProcess {
    static final String DOMAIN = "meet.test.local";
    static final String ROOMS = "conference." + DOMAIN;
    static final String FOCUS_PASSWORD = "focus-password-of-the-test";
    static final String BRIDGE_PASSWORD = "bridge-password-of-the-test";

    static final String TURN_SECRET = "turn-secret-of-the-test";

    private static ShardProcess shared;

    final Portal portal;
    final Path folder;
    final int clientPort;
    final int webSocketPort;
    final int httpPort;
    final Process process;
    final Duration startTime;

    private ShardProcess(String extraSettings) throws IOException, InterruptedException {
        long began = System.nanoTime();
        portal = new Portal();
        folder = Files.createTempDirectory("shard-it");
        clientPort = freePort();
        webSocketPort = freePort();
        httpPort = freePort();
        Files.writeString(folder.resolve("focus-password"), FOCUS_PASSWORD + "\n");
        Files.writeString(folder.resolve("bridge-password"), BRIDGE_PASSWORD + "\n");
        Files.writeString(folder.resolve("turn-secret"), TURN_SECRET + "\n");
        Path file = folder.resolve("shard.conf");
        Files.writeString(
                file,
                """
                xmpp.domain = "%s"
                openfire { home = "%s/home", client-port = %d, websocket-port = %d }
                token.jwks-url = "%s"
                services.focus.password-file = "%s/focus-password"
                services.bridge.password-file = "%s/bridge-password"
                http.port = %d
                """.formatted(DOMAIN, folder, clientPort, webSocketPort, portal.keysUrl(), folder, folder, httpPort)
                        + extraSettings.replace("FOLDER", folder.toString()));
        process = launch(file, folder.resolve("log"));
        awaitHealthy();
        startTime = Duration.ofNanos(System.nanoTime() - began);
    }

    static synchronized ShardProcess get() {
        if (shared == null) {
            try {
                shared = start("""
                        liveness { ping-after = 2 seconds, gone-after = 8 seconds, resume-within = 8 seconds }
                        turn { secret-file = "FOLDER/turn-secret", services = [
                          { type = stun, host = turn.test.local, port = 3478 },
                          { type = turns, host = turn.test.local, port = 443, transport = tcp } ] }
                        """);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(shared::kill));
        }
        return shared;
    }

    static ShardProcess start(String extraSettings) throws IOException, InterruptedException {
        return new ShardProcess(extraSettings);
    }

    /** Starts the packaged server; its output goes to a file. */
    static Process launch(Path configuration, Path log) throws IOException {
        return launch(configuration, log, Map.of());
    }

    /** The same with variables in its environment. */
    static Process launch(Path configuration, Path log, Map<String, String> environment) throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-cp");
        command.add(
                target.resolve("shard-server-openfire-0.1.0.jar") + File.pathSeparator + target.resolve("lib") + "/*");
        command.add("org.videowindow.shard.openfire.ShardServer");
        command.add("--config");
        command.add(configuration.toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Gets a page of the private HTTP port; the first line is the status. */
    String http(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + "\n" + response.body();
        }
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    void kill() {
        process.destroyForcibly();
        portal.stop();
    }

    private void awaitHealthy() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The server ended:\n" + log());
            }
            try {
                if (log().contains("shard server ready")
                        && http("/about/health").startsWith("200")) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new IllegalStateException("The server does not get healthy:\n" + log());
    }

    static int freePort() throws IOException {
        // Below the range that the kernel takes ports from for connections: one of those could have it a moment later.
        try (ServerSocket socket = new ServerSocket(ThreadLocalRandom.current().nextInt(10_000, 32_000))) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return freePort();
        }
    }
}
