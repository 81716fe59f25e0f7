package org.videowindow.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
            case HAPROXY -> proxy(instance);
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

    /** HAProxy answers on a socket of its own: it sees a part that has come up a moment later than others do. */
    private Answer proxy(Instance proxy) {
        Answer open = connect(ports.https(proxy.number()));
        if (!open.well()) {
            return open;
        }
        Path socket = Path.of(Rendered.proxySocket(installation, proxy) + ".health");
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap("GET /about/health HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            String response = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            int body = response.indexOf("\r\n\r\n");
            return new Answer(
                    response.matches("(?s)HTTP/1.[01] 200 .*"),
                    body < 0 ? "" : response.substring(body).strip());
        } catch (IOException silent) {
            return new Answer(false, "does not answer at " + socket);
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
