package org.videowindow.bridge;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The embedded shard server as packaged by the module beside this one, in a process of its own. Missing, it fails the
 * tests that need it.
 */
final class ShardProcess implements AutoCloseable {
    static final String DOMAIN = "meet.test.local";

    private final Path folder;
    private final int clientPort;
    private final int httpPort;
    private final int webSocketPort;
    private Process process;

    /** @param folder empty folder for everything the server writes */
    ShardProcess(Path folder) throws IOException {
        this.folder = folder;
        clientPort = freePort();
        httpPort = freePort();
        webSocketPort = freePort();
        Files.writeString(passwordFile("focus"), "focus-password-of-the-test");
        Files.writeString(passwordFile("bridge"), "bridge-password-of-the-test");
        Files.writeString(folder.resolve("shard.conf"), """
                xmpp.domain = "%s"
                openfire { home = "%s/home", client-port = %d, websocket-port = %d }
                services.focus.password-file = "%s"
                services.bridge.password-file = "%s"
                http.port = %d
                """.formatted(
                DOMAIN, folder, clientPort, webSocketPort, passwordFile("focus"), passwordFile("bridge"), httpPort));
    }

    /** Starts the server and waits until it answers. */
    void start() throws IOException, InterruptedException {
        Path target = Path.of("..", "shard-server", "openfire", "target")
                .toAbsolutePath()
                .normalize();
        Path jar = target.resolve("shard-server-openfire-0.1.0.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("The shard server is not built: " + jar + " is missing.");
        }
        int readyBefore = timesReady();
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        jar + File.pathSeparator + target.resolve("lib") + "/*",
                        "org.videowindow.shard.openfire.ShardServer",
                        "--config",
                        folder.resolve("shard.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        awaitReady(readyBefore);
    }

    /** Ends the server without a word to anybody. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    Path passwordFile(String account) {
        return folder.resolve(account + "-password");
    }

    Path certificate() {
        return folder.resolve("home").resolve("certificate.pem");
    }

    int clientPort() {
        return clientPort;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    static int freePort() throws IOException {
        // Below the range that the kernel takes ports from for connections: one of those could have it a moment later.
        int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return freePort();
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** The server is healthy only with a portal, which bridges do not need; its ports are open when it says so. */
    private void awaitReady(int readyBefore) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The shard server has ended:\n" + Files.readString(log()));
            }
            if (timesReady() > readyBefore) {
                return;
            }
        }
        throw new IllegalStateException("The shard server does not get ready:\n" + Files.readString(log()));
    }

    private int timesReady() throws IOException {
        return Files.exists(log()) ? Files.readString(log()).split("shard server ready", -1).length - 1 : 0;
    }
}
