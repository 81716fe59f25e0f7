package org.videowindow.loadtest.sfu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/** The bridge channel of one endpoint (colibri-ws): says what it wants, hears up to which height it should send. */
public final class BridgeChannel implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 1 << 20;

    private final IntConsumer heightLimit;
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    private BridgeChannel(IntConsumer heightLimit) {
        this.heightLimit = heightLimit;
    }

    /**
     * Opens a channel.
     *
     * @param heightLimit told, on any thread, what {@code SenderSourceConstraints} say
     * @throws IOException when that does not succeed, in one sentence
     */
    public static BridgeChannel open(HttpClient http, String address, IntConsumer heightLimit) throws IOException {
        BridgeChannel channel = new BridgeChannel(heightLimit);
        channel.socket = Waiting.one(
                http.newWebSocketBuilder()
                        .connectTimeout(Duration.ofSeconds(20))
                        .buildAsync(URI.create(address), channel),
                "The bridge channel did not open");
        return channel;
    }

    /**
     * Says what pictures are wanted.
     *
     * @param lastN how many at most, -1 for all
     * @param maxHeight lines of each
     * @throws IOException when the channel takes nothing any more, in one sentence
     */
    public void wish(int lastN, int maxHeight) throws IOException {
        ObjectNode message = JSON.createObjectNode();
        message.put("colibriClass", "ReceiverVideoConstraints").put("lastN", lastN);
        message.putObject("defaultConstraints").put("maxHeight", maxHeight);
        send(message.toString());
    }

    private void send(String message) throws IOException {
        WebSocket ignored = Waiting.one(socket.sendText(message, true), "The bridge channel takes nothing");
        assert ignored == socket;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (partial.length() + data.length() <= LONGEST) {
            partial.append(data);
        }
        if (last) {
            read(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void read(String text) {
        if (!text.contains("SenderSourceConstraints")) {
            return;
        }
        try {
            JsonNode message = JSON.readTree(text);
            if (message.path("colibriClass").asText().equals("SenderSourceConstraints")) {
                heightLimit.accept(message.path("maxHeight").asInt(Integer.MAX_VALUE));
            }
        } catch (JsonProcessingException e) {
            System.err.println("The bridge channel brought something that is no JSON: " + e.getOriginalMessage());
        }
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            CompletableFuture<WebSocket> ignored = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
            assert ignored != null;
        }
    }
}
