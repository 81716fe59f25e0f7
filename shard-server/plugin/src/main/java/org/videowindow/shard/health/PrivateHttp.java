package org.videowindow.shard.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.videowindow.shard.token.PortalKeys;

/**
 * The private HTTP port: {@code /about/health} and {@code /metrics}. Not for the public; it listens on loopback by
 * default.
 */
public final class PrivateHttp implements AutoCloseable {
    private static final int THREADS = 2;

    private final HttpServer server;
    private final ExecutorService executor;

    /**
     * Opens the port.
     *
     * @param trouble what keeps the shard from working, empty if nothing does
     * @param keys how the portal's keys are
     */
    public PrivateHttp(
            String address,
            int port,
            Supplier<Optional<String>> trouble,
            Supplier<PortalKeys.State> keys,
            Metrics metrics)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
        executor = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "video-window-http");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        server.createContext("/about/health", exchange -> {
            Optional<String> reason = trouble.get();
            String body = reason.map(r -> "{\"status\":\"failing\",\"reason\":" + string(r))
                            .orElse("{\"status\":\"ok\"")
                    + ",\"keys\":" + json(keys.get()) + "}";
            answer(exchange, reason.isPresent() ? 503 : 200, "application/json", body);
        });
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.render()));
        server.start();
    }

    /** The port in use. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            boolean exact = exchange.getHttpContext()
                    .getPath()
                    .equals(exchange.getRequestURI().getPath());
            byte[] bytes = (exact ? body : "").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (!exact) {
                exchange.sendResponseHeaders(404, -1);
            } else if ("GET".equals(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            } else {
                exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private static String json(PortalKeys.State keys) {
        return "{\"count\":" + keys.count()
                + ",\"fetchedAt\":"
                + keys.fetchedAt().map(at -> string(at.toString())).orElse("null")
                + ",\"lastError\":" + keys.lastError().map(PrivateHttp::string).orElse("null") + "}";
    }

    private static String string(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append(c < ' ' ? ' ' : c);
            }
        }
        return out.append('"').toString();
    }
}
