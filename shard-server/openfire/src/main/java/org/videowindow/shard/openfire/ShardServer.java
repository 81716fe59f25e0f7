package org.videowindow.shard.openfire;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.openfire.XMPPServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded shard server: prepares a home for Openfire, boots it with the plugin and stops it on SIGTERM. One server
 * per process, since Openfire keeps itself in static fields; the process ends with the server.
 *
 * <p>Started as {@code ShardServer --config <file>}. A start that fails prints one sentence to standard error and exits
 * with 1.
 */
public final class ShardServer {
    private static final Logger log = LoggerFactory.getLogger(ShardServer.class);

    /** Set by the plugin: {@code started}, or {@code failed: <sentence>}. */
    static final String PLUGIN_STATE = "org.videowindow.shard.state";

    private static final long START_LIMIT_SECONDS = 60;
    private static final long STOP_LIMIT_SECONDS = 4;

    private ShardServer() {}

    /**
     * Boots the server and returns when its ports are open; it then runs until the process is told to stop.
     *
     * @param arguments {@code --config <file>}
     */
    public static void main(String[] arguments) {
        long began = System.nanoTime();
        try {
            ShardConfiguration configuration = ShardConfiguration.load(configurationFile(arguments));
            boot(configuration);
            log.info(
                    "shard server ready after {} ms: domain {}, XMPP {}:{}, WebSocket ws://{}:{}/ws/",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
                    configuration.domain(),
                    configuration.listenAddress(),
                    configuration.clientPort(),
                    configuration.listenAddress(),
                    configuration.webSocketPort());
        } catch (StartException | ConfigException | IOException e) {
            fail(e.getMessage());
        } catch (InterruptedException e) {
            fail("The start was interrupted.");
        } catch (RuntimeException e) {
            log.error("the start failed", e);
            fail("The shard server could not start: " + e);
        }
    }

    private static Path configurationFile(String[] arguments) throws StartException {
        if (arguments.length != 2 || !"--config".equals(arguments[0])) {
            throw new StartException("Usage: ShardServer --config <file>");
        }
        return Path.of(arguments[1]);
    }

    private static void boot(ShardConfiguration configuration)
            throws IOException, StartException, InterruptedException {
        Ports.requireFree(configuration.listenAddress(), configuration.clientPort(), "openfire.client-port");
        Ports.requireFree(configuration.listenAddress(), configuration.webSocketPort(), "openfire.websocket-port");
        Home home = Home.prepare(configuration);
        home.activate();
        XMPPServer server = new XMPPServer();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shard-stop"));
        if (!server.isStarted()) {
            throw new StartException("Openfire did not start; the log above says why.");
        }
        awaitPlugin();
        if (!Ports.awaitOpen(configuration.listenAddress(), configuration.clientPort(), START_LIMIT_SECONDS)
                || !Ports.awaitOpen(
                        configuration.listenAddress(), configuration.webSocketPort(), START_LIMIT_SECONDS)) {
            throw new StartException("Openfire did not open its ports; the log above says why.");
        }
        StreamEnd.install(server);
        WebSocketResumption.install();
    }

    private static void awaitPlugin() throws StartException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
        while (System.getProperty(PLUGIN_STATE) == null && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        String state = System.getProperty(PLUGIN_STATE, "failed: The plugin did not start in time.");
        if (!"started".equals(state)) {
            throw new StartException(state.substring(state.indexOf(' ') + 1));
        }
    }

    /** Stops the server, and the process even where a module of the server hangs. */
    private static void stop(XMPPServer server) {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("shard-stop-openfire").start(() -> {
            server.stop();
            stopped.countDown();
        });
        try {
            if (!stopped.await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("Openfire did not stop within {} s, halting", STOP_LIMIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void fail(String sentence) {
        System.err.println(sentence);
        Runtime.getRuntime().halt(1);
    }
}
