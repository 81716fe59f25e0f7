package org.videowindow.focus.lab;

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
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.PinnedCertificate;
import org.videowindow.focus.xmpp.ShardLink;
import org.videowindow.focus.xmpp.SmackLink;

/**
 * The packaged shard server in its own process. Bridges sign in over TCP, clients over WebSocket with tokens. Everything
 * that fake clients and bridges hear is handled on one thread, on which conditions are looked at too.
 */
public final class RealShard implements Wire, AutoCloseable {
    private static final Path SERVER = Path.of("..", "shard-server", "openfire", "target");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final JoinTokens tokens = new JoinTokens();
    private final Path folder = Files.createTempDirectory("focus-it");
    private final int clientPort = freePort();
    private final int webSocketPort = freePort();
    private final int healthPort = freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Map<String, SmackLink> bridges = new ConcurrentHashMap<>();
    private final Map<String, BrowserSocket> browsers = new ConcurrentHashMap<>();
    private Process process;

    /** Starts it and waits until it is well. */
    public RealShard() throws IOException, GeneralSecurityException, InterruptedException {
        Files.writeString(folder.resolve("focus-password"), "focus-password-of-the-test\n");
        Files.writeString(folder.resolve("bridge-password"), "bridge-password-of-the-test\n");
        Files.writeString(folder.resolve("shard.conf"), """
                xmpp.domain = "%s"
                openfire { home = "%s/home", client-port = %d, websocket-port = %d }
                token.jwks-url = "%s"
                services.focus.password-file = "%s/focus-password"
                services.bridge.password-file = "%s/bridge-password"
                http.port = %d
                """.formatted(
                FakeShard.DOMAIN, folder, clientPort, webSocketPort, tokens.keysUrl(), folder, folder, healthPort));
        start();
    }

    /** Starts the server, also again after {@link #kill}. */
    public void start() throws IOException, InterruptedException {
        Path jar = SERVER.resolve("shard-server-openfire-0.1.0.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("build the shard server first: there is no " + jar.toAbsolutePath());
        }
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        jar + File.pathSeparator + SERVER.resolve("lib") + "/*",
                        "org.videowindow.shard.openfire.ShardServer",
                        "--config",
                        folder.resolve("shard.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!isHealthy()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the shard server did not start:\n" + log());
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    /** Kills the server. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** What a focus needs to sign in here. */
    public String focusConfiguration() {
        return """
               xmpp { port = %d, domain = "%s", password-file = "%s/focus-password"
                      certificate-file = "%s/home/certificate.pem" }
               http.port = 0
               """.formatted(clientPort, FakeShard.DOMAIN, folder, folder);
    }

    /** A focus of its own process, with its health at the given port. */
    public Program focus(int healthAt) throws IOException {
        return focus("focus.conf", healthAt);
    }

    /** A focus with a configuration file of that name. */
    public Program focus(String file, int healthAt) throws IOException {
        Path configuration = Files.writeString(
                folder.resolve(file), focusConfiguration().replace("http.port = 0", "http.port = " + healthAt));
        return Program.start(Path.of("target", "focus-0.1.0.jar"), "org.videowindow.focus.Focus", configuration);
    }

    /** A bridge of its own process. */
    public Program bridge(String id) throws IOException {
        Path configuration = Files.writeString(folder.resolve(id + ".conf"), """
                videobridge {
                  id = "%s"
                  xmpp.shards = [{
                    host = "127.0.0.1", port = %d, domain = "%s", username = "bridge"
                    password-file = "%s/bridge-password", certificate-file = "%s/home/certificate.pem"
                    brewery = "%s", focus-jid = "focus@%s"
                  }]
                  media { port = %d, workers = 1 }
                  channel { port = %d, public-url = "ws://127.0.0.1:9" }
                  http.port = %d
                }
                """.formatted(
                        id,
                        clientPort,
                        FakeShard.DOMAIN,
                        folder,
                        folder,
                        FakeBridge.BREWERY,
                        FakeShard.DOMAIN,
                        freePort(),
                        freePort(),
                        freePort()));
        return Program.start(
                Path.of("..", "videobridge", "target", "videobridge-0.1.0.jar"),
                "org.videowindow.bridge.Videobridge",
                configuration);
    }

    /** Waits until the condition holds. */
    public void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!thread.submit(condition).get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + what + "\n" + log());
            }
            // Nothing tells when a condition over several parts may hold: look again soon.
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }

    /** Does something on the thread of the fakes. */
    public void run(Runnable action) throws Exception {
        thread.submit(action).get();
    }

    @Override
    public void user(String fullJid, Consumer<XmlElement> inbox) {
        if (browsers.containsKey(fullJid) || bridges.containsKey(fullJid)) {
            return;
        }
        try {
            if (fullJid.startsWith("bridge@")) {
                bridges.put(fullJid, bridge(fullJid, inbox));
            } else {
                browsers.put(fullJid, browser(fullJid, inbox));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void send(String fullJid, XmlElement stanza) {
        if (bridges.containsKey(fullJid)) {
            bridges.get(fullJid).send(stanza);
        } else if (browsers.containsKey(fullJid)) {
            browsers.get(fullJid).send(stanza);
        }
    }

    @Override
    public void vanish(String fullJid) {
        BrowserSocket browser = browsers.remove(fullJid);
        if (browser != null) {
            browser.close();
        }
        SmackLink bridge = bridges.remove(fullJid);
        if (bridge != null) {
            bridge.close();
        }
    }

    @Override
    public void close() {
        browsers.values().forEach(BrowserSocket::close);
        bridges.values().forEach(SmackLink::close);
        process.destroyForcibly();
        thread.shutdownNow();
        http.close();
        tokens.close();
    }

    private SmackLink bridge(String fullJid, Consumer<XmlElement> inbox) throws InterruptedException {
        CountDownLatch up = new CountDownLatch(1);
        SmackLink link = new SmackLink(
                new SmackLink.Settings(
                        "127.0.0.1",
                        clientPort,
                        FakeShard.DOMAIN,
                        "bridge",
                        fullJid.substring(fullJid.indexOf('/') + 1),
                        () -> "bridge-password-of-the-test",
                        new PinnedCertificate(folder.resolve("home").resolve("certificate.pem")),
                        Xml.LIMITS),
                new ShardLink.Listener() {
                    @Override
                    public void up() {
                        up.countDown();
                    }

                    @Override
                    public void down() {}

                    @Override
                    public void stanza(XmlElement stanza, boolean complete) {
                        thread.execute(() -> inbox.accept(stanza));
                    }
                },
                () -> {},
                () -> {});
        link.start();
        if (!up.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the bridge cannot sign in");
        }
        return link;
    }

    private BrowserSocket browser(String fullJid, Consumer<XmlElement> inbox)
            throws GeneralSecurityException, InterruptedException {
        String account = fullJid.substring(0, fullJid.indexOf('@'));
        BrowserSocket socket = new BrowserSocket(http, webSocketPort);
        socket.signIn(
                account,
                tokens.token(account, FocusLab.ROOM, account.startsWith("0")),
                stanza -> thread.execute(() -> inbox.accept(stanza)));
        return socket;
    }

    private boolean isHealthy() throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:" + healthPort + "/about/health"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** A port that nobody uses now. */
    public static int freePort() throws IOException {
        // Below the range that the kernel takes ports from for connections: one of those could have it a moment later.
        try (ServerSocket socket = new ServerSocket(ThreadLocalRandom.current().nextInt(10_000, 32_000))) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return freePort();
        }
    }
}
