package org.videowindow.haproxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A browser or app: HTTPS and WebSockets to one HAProxy. */
final class Client implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String address;
    private final HttpClient http = HttpClient.newBuilder()
            .sslContext(Certificates.trustingContext())
            .connectTimeout(PATIENCE)
            .build();

    Client(String address) {
        this.address = address;
    }

    /** An answer; of a fake server the first line is its name and the rest the request as it came there. */
    record Answer(int status, String body, HttpResponse<String> response) {
        String from() {
            return body.lines().findFirst().orElse("");
        }

        /** The value of a header that the server got, or {@code null}. */
        String got(String header) {
            return body.lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(header + ": "))
                    .map(line -> line.substring(header.length() + 2))
                    .findFirst()
                    .orElse(null);
        }

        /** The request line that the server got. */
        String request() {
            return body.lines().skip(1).findFirst().orElse("");
        }
    }

    /** Asks; headers as name, value, name, value. */
    Answer get(String path, String... headers) throws IOException {
        return send(request(path).GET(), headers);
    }

    Answer post(String path, String body, String... headers) throws IOException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    Answer send(String method, String path) throws IOException {
        return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://" + address + path)).timeout(PATIENCE);
    }

    private Answer send(HttpRequest.Builder request, String... headers) throws IOException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Opens a WebSocket. @throws RefusedException if the answer is not 101 */
    Socket open(String path, String... headers) {
        Socket socket = new Socket();
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(PATIENCE);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        try {
            socket.socket = builder.buildAsync(URI.create("wss://" + address + path), socket)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                throw new RefusedException(refused.getResponse().statusCode());
            }
            throw new RefusedException(0);
        }
        socket.first = socket.next();
        return socket;
    }

    /** The shard that a client of this room comes to by WebSocket now, or the status that refuses it. */
    String shardOf(String room) {
        try (Socket socket = open("/xmpp-websocket?room=" + room)) {
            return socket.from();
        } catch (RefusedException e) {
            return Integer.toString(e.status);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** No WebSocket was opened. */
    static final class RefusedException extends RuntimeException {
        private final int status;

        RefusedException(int status) {
            super("refused with status " + status);
            this.status = status;
        }

        /** The answer's status; 0 if there was none. */
        int status() {
            return status;
        }
    }

    /** An open WebSocket. */
    static final class Socket implements WebSocket.Listener, Closeable {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();
        private WebSocket socket;
        private String first;

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(partial.toString());
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            ended.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            ended.complete(null);
        }

        /** The server's name. */
        String from() {
            return first.lines().findFirst().orElse("");
        }

        /** The request as it came to the server. */
        String request() {
            return first;
        }

        /** Whether the other side has ended it. */
        boolean hasEnded() {
            return ended.isDone();
        }

        /** Whether a message comes back. */
        boolean echoes(String message) {
            socket.sendText(message, true).exceptionally(e -> null).join();
            return message.equals(next());
        }

        private String next() {
            try {
                String message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                return message == null ? "" : message;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
