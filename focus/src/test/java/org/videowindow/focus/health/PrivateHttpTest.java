package org.videowindow.focus.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.videowindow.focus.metrics.FocusMetrics;
import org.videowindow.focus.xmpp.LinkTrouble;

/** What operators ask over HTTP. */
class PrivateHttpTest {
    private final AtomicBoolean signedIn = new AtomicBoolean();
    private final AtomicBoolean inBrewery = new AtomicBoolean();
    private final AtomicLong since = new AtomicLong(1_800_000_000_000L);
    private final AtomicReference<LinkTrouble> trouble = new AtomicReference<>();
    private final AtomicInteger bridges = new AtomicInteger();

    @Test
    void healthSaysWhetherACallCouldBeStartedAndWhyNot() throws Exception {
        try (FocusMetrics metrics = new FocusMetrics();
                PrivateHttp http = new PrivateHttp(
                        new InetSocketAddress("127.0.0.1", 0),
                        new FocusHealth(signedIn::get, since::get, trouble::get, inBrewery::get, bridges::get),
                        new FocusView(List::of, List::of),
                        "1.2.3",
                        metrics::scrape);
                HttpClient client = HttpClient.newHttpClient()) {
            for (LinkTrouble why : LinkTrouble.values()) {
                trouble.set(why);
                assertThat(get(client, http, "/about/health"))
                        .startsWith("503 {\"status\":\"unhealthy\",\"reason\":\"" + why.code() + "\"")
                        .contains("\"shard\":{\"connected\":false,\"since\":\"2027-01-15T08:00:00Z\"}");
            }
            signedIn.set(true);
            assertThat(get(client, http, "/about/health"))
                    .contains("\"no-bridge\"")
                    .contains("brewery room");
            inBrewery.set(true);
            assertThat(get(client, http, "/about/health")).contains("no usable bridge");
            bridges.set(1);
            assertThat(get(client, http, "/about/health")).isEqualTo("""
                    200 {"status":"healthy","reason":"ok","detail":"a call can be started",\
                    "shard":{"connected":true,"since":"2027-01-15T08:00:00Z"},"usableBridges":1}
                    """);
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
