package org.videowindow.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a part whether it is well. */
final class Health implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    /**
     * The answer of a part.
     *
     * @param well whether it could do its work now
     * @param reason what it says about itself, one line; empty where it says nothing
     */
    record Answer(boolean well, String reason) {}

    Answer ask(String address) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
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

    @Override
    public void close() {
        client.close();
    }
}
