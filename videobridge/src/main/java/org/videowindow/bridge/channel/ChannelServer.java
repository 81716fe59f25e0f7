package org.videowindow.bridge.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.channel.ChannelCounters.Event;
import org.videowindow.bridge.conference.Conference;
import org.videowindow.bridge.conference.Conferences;
import org.videowindow.bridge.config.ChannelSettings;

/**
 * The public WebSocket server: admits a client to the channel of its endpoint when path, origin and password are right.
 * Started and stopped by the main program; the rest is Jetty's threads.
 */
public final class ChannelServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChannelServer.class);
    private static final String ROOT = "colibri-ws";
    private static final int PASSWORD = 256;

    private final ChannelSettings settings;
    private final String bridgeId;
    private final Conferences conferences;
    private final Channels channels;
    private final ChannelCounters counters;
    private final Server server;
    private final ServerConnector connector;
    private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("channel-pings").daemon(true).factory());

    /** @param mostConnections connections at a time; more are not accepted */
    public ChannelServer(
            ChannelSettings settings,
            String bridgeId,
            Conferences conferences,
            Channels channels,
            ChannelCounters counters,
            int mostConnections) {
        this.settings = settings;
        this.bridgeId = bridgeId;
        this.conferences = conferences;
        this.channels = channels;
        this.counters = counters;
        QueuedThreadPool threads = new QueuedThreadPool(32, 2);
        threads.setName("channel");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.bind().getAddress().getHostAddress());
        connector.setPort(settings.bind().getPort());
        connector.setIdleTimeout(10_000);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(mostConnections, connector));
        server.setHandler(WebSocketUpgradeHandler.from(server, this::configure));
    }

    private void configure(ServerWebSocketContainer container) {
        container.setMaxTextMessageSize(settings.maxMessage());
        container.setMaxFrameSize(settings.maxMessage());
        container.setMaxBinaryMessageSize(1);
        container.setInputBufferSize(4 * 1024);
        container.setOutputBufferSize(4 * 1024);
        // Only a last resort: silence is noticed by the pings.
        container.setIdleTimeout(settings.pingInterval().multipliedBy(4).plus(Duration.ofSeconds(10)));
        container.addMapping("/" + ROOT + "/*", this::admit);
    }

    /** @throws IOException when the port cannot be had, in one sentence */
    public void start() throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException(
                    "The bridge channel server cannot listen on " + settings.bind() + ": " + e.getMessage(), e);
        }
        long interval = settings.pingInterval().toMillis();
        ScheduledFuture<?> _ = pings.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Where the server listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(settings.bind().getAddress(), connector.getLocalPort());
    }

    @Override
    public void close() {
        pings.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            log.warn("The bridge channel server did not stop cleanly: {}", e.getMessage());
        }
    }

    private void sweep() {
        try {
            channels.sweep(System.nanoTime());
        } catch (RuntimeException e) {
            log.error("Bridge channels could not be looked after", e);
        }
    }

    /** The socket for a client, or {@code null} after it was refused. Compression is never negotiated. */
    private Object admit(ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        String[] path = request.getHttpURI().getPath().split("/", -1);
        if (path.length != 5 || !path[1].equals(ROOT) || !path[2].equals(bridgeId)) {
            return refuse(request, response, callback, HttpStatus.NOT_FOUND_404, Event.REFUSED_CREDENTIALS);
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        List<String> allowed = settings.allowedOrigins();
        if (origin != null && !allowed.contains("*") && !allowed.contains(origin)) {
            return refuse(request, response, callback, HttpStatus.FORBIDDEN_403, Event.REFUSED_ORIGIN);
        }
        // One answer for an unknown conference, an unknown endpoint and a wrong password: nothing to probe for.
        Optional<Conference> conference = conferences.findById(path[3]);
        if (conference.isEmpty() || !conference.get().admitsChannel(path[4], password(request))) {
            return refuse(request, response, callback, HttpStatus.FORBIDDEN_403, Event.REFUSED_CREDENTIALS);
        }
        response.setExtensions(List.of());
        return channels.socket(conference.get(), path[4]);
    }

    private static String password(Request request) {
        try {
            Fields.Field password = Request.extractQueryParameters(request).get("pwd");
            String value = password == null ? "" : password.getValue();
            return value == null || value.length() > PASSWORD ? "" : value;
        } catch (RuntimeException e) {
            // A query that cannot be decoded holds no password.
            return "";
        }
    }

    private Object refuse(Request request, Response response, Callback callback, int status, Event event) {
        counters.count(event);
        Response.writeError(request, response, callback, status);
        return null;
    }
}
