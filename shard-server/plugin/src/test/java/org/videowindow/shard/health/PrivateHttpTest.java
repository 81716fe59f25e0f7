package org.videowindow.shard.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.videowindow.shard.token.PortalKeys;

/** Health and metrics over HTTP. */
class PrivateHttpTest {
    private final Metrics metrics = new Metrics();
    private final AtomicReference<String> trouble = new AtomicReference<>();
    private final AtomicReference<PortalKeys.State> keys =
            new AtomicReference<>(new PortalKeys.State(0, Optional.empty(), Optional.of("no \"route\"\n")));

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void healthSaysWhy() throws Exception {
        try (PrivateHttp http =
                new PrivateHttp("127.0.0.1", 0, () -> Optional.ofNullable(trouble.get()), keys::get, metrics)) {
            assertThat(get(http.port(), "/about/health").statusCode()).isEqualTo(200);
            trouble.set("No \"keys\"");
            HttpResponse<String> failing = get(http.port(), "/about/health");
            assertThat(failing.statusCode()).isEqualTo(503);
            assertThat(failing.body())
                    .isEqualTo("{\"status\":\"failing\",\"reason\":\"No \\\"keys\\\"\","
                            + "\"keys\":{\"count\":0,\"fetchedAt\":null,\"lastError\":\"no \\\"route\\\" \"}}");
            trouble.set(null);
            keys.set(new PortalKeys.State(2, Optional.of(Instant.EPOCH), Optional.empty()));
            assertThat(get(http.port(), "/about/health").body())
                    .isEqualTo("{\"status\":\"ok\","
                            + "\"keys\":{\"count\":2,\"fetchedAt\":\"1970-01-01T00:00:00Z\",\"lastError\":null}}");
            assertThat(get(http.port(), "/about/health/x").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void metricsAreInPrometheusFormat() throws Exception {
        metrics.count("tokens_refused", "expired");
        metrics.count("tokens_refused", "expired");
        metrics.count("tokens_refused", "room");
        metrics.gauge("rooms", () -> 3);
        try (PrivateHttp http = new PrivateHttp("127.0.0.1", 0, Optional::empty, keys::get, metrics)) {
            assertThat(get(http.port(), "/metrics").body()).isEqualTo("""
                            # TYPE videowindow_shard_tokens_refused_total counter
                            videowindow_shard_tokens_refused_total{reason="expired"} 2
                            videowindow_shard_tokens_refused_total{reason="room"} 1
                            # TYPE videowindow_shard_rooms gauge
                            videowindow_shard_rooms 3
                            """);
        }
    }
}
