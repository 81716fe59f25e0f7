package org.videowindow.bridge.channel;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the bridge channel, as a browser is one. */
final class ChannelClient implements WebSocket.Listener, AutoCloseable {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    /** False: reads nothing, as a client does that hangs. */
    private final boolean reads;

    private ChannelClient(boolean reads) {
        this.reads = reads;
    }

    /** Connects, or throws when refused. */
    static ChannelClient open(HttpClient http, String url, String origin) {
        return open(http, url, origin, true);
    }

    static ChannelClient open(HttpClient http, String url, String origin, boolean reads) {
        ChannelClient client = new ChannelClient(reads);
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        if (origin != null) {
            builder.header("Origin", origin);
        }
        client.socket = builder.buildAsync(URI.create(url), client).join();
        return client;
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    WebSocket socket() {
        return socket;
    }

    /** The next message; fails when none comes. */
    String next() throws InterruptedException {
        String message = received.poll(30, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("No message came.");
        }
        return message;
    }

    /** Whether nothing more has come, checked by asking for something and getting only that. */
    String nextAfterHello() throws InterruptedException {
        send("{\"colibriClass\":\"ClientHello\"}");
        return next();
    }

    /** The code the server closed with; 1006 when it cut the connection. */
    int closeCode() throws Exception {
        return closed.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        if (reads) {
            webSocket.request(1);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
