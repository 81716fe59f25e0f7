package org.videowindow.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks an instance whether it is well. */
final class Health implements AutoCloseable {
    private static final int CONNECT_MILLISECONDS = 1000;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofMillis(CONNECT_MILLISECONDS))
            .build();
    private final Installation installation;
    private final Ports ports;

    Health(Installation installation) {
        this.installation = installation;
        this.ports = installation.ports();
    }

    /**
     * The answer of an instance.
     *
     * @param well whether it could do its work now
     * @param reason what it says about itself, one line; empty where it says nothing
     */
    record Answer(boolean well, String reason) {}

    Answer ask(Instance instance) {
        int number = instance.number();
        return switch (instance.part()) {
            case SHARD_SERVER -> http(ports.shardHealth(number), "/about/health");
            case PORTAL -> http(ports.portalManagement(number), "/actuator/health");
            case VIDEOBRIDGE -> http(ports.bridge(number), "/about/health");
            case FOCUS -> http(ports.focus(number), "/about/health");
            case HAPROXY -> connect(ports.https(number));
            case COTURN -> connect(ports.turn());
            case POSTGRESQL ->
                new Database(installation).isReady() ? new Answer(true, "") : new Answer(false, "takes no connections");
        };
    }

    private Answer http(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(3))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            String body = response.body().replaceAll("\\s+", " ").strip();
            return new Answer(response.statusCode() == 200, body);
        } catch (IOException unreachable) {
            return new Answer(false, "does not answer");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer(false, "interrupted");
        }
    }

    private Answer connect(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(installation.setUp().listen(), port), CONNECT_MILLISECONDS);
            return new Answer(true, "");
        } catch (IOException refused) {
            return new Answer(false, "takes no connections");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
