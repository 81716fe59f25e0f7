package org.videowindow.focus.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * What operators and their machines ask over HTTP, on an address that is not for the public: {@code /about/health},
 * {@code /about/version}, {@code /conferences}, {@code /bridges}, {@code /metrics}.
 */
public final class PrivateHttp implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Opens the port. */
    public PrivateHttp(
            InetSocketAddress address, FocusHealth health, FocusView view, String version, Supplier<String> metrics)
            throws IOException {
        server = HttpServer.create(address, BACKLOG);
        server.setExecutor(threads);
        server.createContext("/about/health", exchange -> {
            FocusHealth.Report report = health.report();
            answer(exchange, "/about/health", report.healthy() ? 200 : 503, "application/json", report.json());
        });
        server.createContext(
                "/about/version",
                exchange -> answer(
                        exchange,
                        "/about/version",
                        200,
                        "application/json",
                        "{\"name\":\"focus\",\"version\":\"" + version + "\"}\n"));
        server.createContext(
                "/conferences",
                exchange -> answer(exchange, "/conferences", 200, "application/json", view.conferencesJson()));
        server.createContext(
                "/bridges", exchange -> answer(exchange, "/bridges", 200, "application/json", view.bridgesJson()));
        server.createContext(
                "/metrics",
                exchange ->
                        answer(exchange, "/metrics", 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
        server.start();
    }

    /** The port that was opened. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, String path, int status, String type, String body)
            throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
