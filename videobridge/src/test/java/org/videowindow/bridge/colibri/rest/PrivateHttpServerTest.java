package org.videowindow.bridge.colibri.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.videowindow.bridge.colibri.Admission;
import org.videowindow.bridge.colibri.MemoryConferences;

@Timeout(60)
class PrivateHttpServerTest {
    private final AtomicReference<PrivateHttpServer> server = new AtomicReference<>();

    /** The end of the program, as quick as it can be: the server is closed while the request is still being answered. */
    private final class AtOnce implements DrainResource.Stop {
        @Override
        public void whenEmptyOrAfter(Duration limit) {
            Thread closing = Thread.ofPlatform().start(() -> server.get().close());
            try {
                closing.join(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Duration left() {
            return null;
        }
    }

    @Test
    void whoEndsTheProgramHasTheAnswerBeforeItsEnd() throws Exception {
        DrainResource drain = new DrainResource(new Admission(), new MemoryConferences(), new AtOnce());
        server.set(new PrivateHttpServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, drain, null, null));
        server.get().start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri =
                    URI.create("http://127.0.0.1:" + server.get().address().getPort() + "/colibri/drain?end-after=60");
            HttpRequest request =
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(204);
        }
    }
}
