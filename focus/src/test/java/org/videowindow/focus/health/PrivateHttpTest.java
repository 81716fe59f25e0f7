package org.videowindow.focus.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.videowindow.focus.metrics.FocusMetrics;

/** What operators ask over HTTP. */
class PrivateHttpTest {
    private final AtomicBoolean signedIn = new AtomicBoolean();
    private final AtomicBoolean inBrewery = new AtomicBoolean();
    private final AtomicInteger bridges = new AtomicInteger();

    @Test
    void healthSaysWhetherACallCouldBeStartedAndWhyNot() throws Exception {
        try (FocusMetrics metrics = new FocusMetrics();
                PrivateHttp http = new PrivateHttp(
                        new InetSocketAddress("127.0.0.1", 0),
                        new FocusHealth(signedIn::get, inBrewery::get, bridges::get),
                        "1.2.3",
                        metrics::scrape);
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(get(client, http, "/about/health"))
                    .startsWith("503 {\"status\":\"unhealthy\"")
                    .contains("signed in");
            signedIn.set(true);
            assertThat(get(client, http, "/about/health")).contains("brewery room");
            inBrewery.set(true);
            assertThat(get(client, http, "/about/health")).contains("no usable bridge");
            bridges.set(1);
            assertThat(get(client, http, "/about/health")).startsWith("200 {\"status\":\"healthy\"");
            assertThat(get(client, http, "/about/version")).contains("\"version\":\"1.2.3\"");
            metrics.participantJoined();
            assertThat(get(client, http, "/metrics"))
                    .contains("focus_participants 1.0")
                    .contains("jvm_memory_used");
            assertThat(get(client, http, "/about/health/more")).startsWith("404");
            assertThat(get(client, http, "/")).startsWith("404");
            assertThat(client.send(
                                    HttpRequest.newBuilder(uri(http, "/about/health"))
                                            .POST(HttpRequest.BodyPublishers.ofString("x"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    private static String get(HttpClient client, PrivateHttp http, String path) throws Exception {
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(uri(http, path)).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static URI uri(PrivateHttp http, String path) {
        return URI.create("http://127.0.0.1:" + http.port() + path);
    }
}
