package org.videowindow.loadtest.sfu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.media.Codec;

/** A bridge that speaks COLIBRI2 over REST: ours, or Jitsi Videobridge. */
public final class ColibriServer implements MediaServer {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI base;
    final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** @param base address of its private HTTP port, for example {@code http://127.0.0.1:8889} */
    public ColibriServer(URI base) {
        this.base = base;
    }

    @Override
    public Room room(Engine engine, String name, Codec codec) {
        return new ColibriRoom(this, engine, name, codec);
    }

    /** Sends a COLIBRI2 request; the answer. */
    JsonNode request(String method, String path, ObjectNode body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/colibri/v2/conferences" + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 200) {
            throw new IOException("The bridge answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** What the bridge answers on a path of its private port. */
    public String get(String path) throws IOException {
        return send(HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build())
                .body();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", e);
        }
    }
}
