package org.videowindow.loadtest.sfu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.media.Codec;

/** Janus' API over a WebSocket: one session, a handle per participant. Any thread; one room is set up at a time. */
public final class JanusServer implements MediaServer, WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong rooms = new AtomicLong(1000);
    private final StringBuilder partial = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final long session;

    /** @throws IOException when nobody answers at the address */
    public JanusServer(URI address) throws IOException {
        socket = Waiting.one(
                http.newWebSocketBuilder()
                        .subprotocols("janus-protocol")
                        .connectTimeout(Duration.ofSeconds(5))
                        .buildAsync(address, this),
                "Janus does not answer");
        session = request(message("create")).at("/data/id").asLong();
    }

    @Override
    public Room room(Engine engine, String name, Codec codec) throws IOException {
        return new JanusRoom(this, engine, rooms.incrementAndGet(), codec);
    }

    static ObjectNode message(String kind) {
        return JsonNodeFactory.instance.objectNode().put("janus", kind);
    }

    /** A new handle of the VideoRoom. */
    long attach() throws IOException {
        return request(message("attach").put("plugin", "janus.plugin.videoroom"))
                .at("/data/id")
                .asLong();
    }

    /**
     * Asks the plugin.
     *
     * @param description SDP with its type, or {@code null}
     * @return the whole answer, with {@code plugindata} and maybe {@code jsep}
     */
    JsonNode ask(long handle, ObjectNode body, ObjectNode description) throws IOException {
        ObjectNode message = message("message").put("handle_id", handle);
        message.set("body", body);
        if (description != null) {
            message.set("jsep", description);
        }
        JsonNode answer = request(message);
        JsonNode error = answer.at("/plugindata/data/error");
        if (!error.isMissingNode()) {
            throw new IOException("Janus refused " + body.path("request").asText() + ": " + error.asText());
        }
        return answer;
    }

    /** The handle and its connection end. */
    void detach(long handle) throws IOException {
        request(message("detach").put("handle_id", handle));
    }

    private synchronized JsonNode request(ObjectNode message) throws IOException {
        String transaction = "t" + transactions.incrementAndGet();
        message.put("transaction", transaction);
        if (session != 0) {
            message.put("session_id", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(transaction, answer);
        try {
            WebSocket ignored = Waiting.one(socket.sendText(message.toString(), true), "Janus takes nothing");
            assert ignored == socket;
            JsonNode got = Waiting.one(answer, "Janus does not answer");
            if (got.path("janus").asText().equals("error")) {
                throw new IOException(
                        "Janus refused: " + got.at("/error/reason").asText());
            }
            return got;
        } finally {
            waiting.remove(transaction);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String text = partial.toString();
            partial.setLength(0);
            try {
                JsonNode message = JSON.readTree(text);
                CompletableFuture<JsonNode> answer =
                        waiting.get(message.path("transaction").asText());
                // An ack only says that the answer will come as an event.
                if (answer != null && !message.path("janus").asText().equals("ack")) {
                    answer.complete(message);
                }
            } catch (IOException e) {
                System.err.println("Janus sent something that is no JSON: " + e.getMessage());
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
