package org.videowindow.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which request goes where, and what arrives there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoutingTest {
    private FakeShard shard;
    private Upstream portal;
    private Upstream management;
    private Upstream bridge;
    private Upstream second;
    private Haproxy haproxy;
    private Client client;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        InetAddress address = Loopback.nextAddress();
        shard = new FakeShard(1, "here", address);
        portal = Upstream.named("portal-1", address);
        management = Upstream.healthAt("/actuator/health", address);
        bridge = Upstream.named("bridge-1", address);
        second = Upstream.named("bridge-10", address);
        haproxy = Haproxy.start(new Setup(folder, "haproxy-1", Loopback.next())
                .shards(shard)
                .portal("portal-1", portal, management)
                .bridge("bridge-1", bridge)
                .bridge("bridge-10", second));
        client = haproxy.client();
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        haproxy.close();
        shard.close();
        portal.close();
        management.close();
        bridge.close();
        second.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, portal-1, GET / HTTP/1.1",
        "/j/abc-defg-hij?x=1, portal-1, GET /j/abc-defg-hij?x=1 HTTP/1.1",
        "/api/v1/session, portal-1, GET /api/v1/session HTTP/1.1",
        "/assets/a.js, portal-1, GET /assets/a.js HTTP/1.1",
        "/.well-known/jwks.json, portal-1, GET /.well-known/jwks.json HTTP/1.1",
        "/metricsque, portal-1, GET /metricsque HTTP/1.1",
        "/http-bind?room=abc, shard-1, GET /http-bind/?room=abc HTTP/1.1",
        "/http-bind/?room=abc, shard-1, GET /http-bind/?room=abc HTTP/1.1",
    })
    void aRequestGoesToItsServer(String path, String server, String request) throws IOException {
        Client.Answer answer = client.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.from()).isEqualTo(server);
        assertThat(answer.request()).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource({
        "/xmpp-websocket?room=abc, shard-1, GET /ws/?room=abc HTTP/1.1",
        "/xmpp-websocket?room=ABC, shard-1, GET /ws/?room=ABC HTTP/1.1",
        "/xmpp-websocket?other=1&room=a.b_c-d, shard-1, GET /ws/?other=1&room=a.b_c-d HTTP/1.1",
        "/colibri-ws/bridge-1/c/e?pwd=s, bridge-1, GET /colibri-ws/bridge-1/c/e?pwd=s HTTP/1.1",
        "/colibri-ws/bridge-10/c/e?pwd=s, bridge-10, GET /colibri-ws/bridge-10/c/e?pwd=s HTTP/1.1",
    })
    void aWebSocketGoesToItsServer(String path, String server, String request) {
        try (Client.Socket socket = client.open(path)) {
            assertThat(socket.from()).isEqualTo(server);
            assertThat(socket.request()).contains("\n" + request + "\r\n");
            assertThat(socket.echoes("hello")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/xmpp-websocket?room=abc, 426, WebSocket",
        "/xmpp-websocket, 426, WebSocket",
        "/http-bind, 400, which room",
        "/http-bind?room=, 400, which room",
        "/http-bind?room=a%20b, 400, which room",
        "/http-bind?room=a%2Fb, 400, which room",
        "/http-bind?room=%C3%A9, 400, which room",
        "/http-bind?Room=abc, 400, which room",
        "/colibri-ws/bridge-1/c/e, 426, WebSocket",
        "/actuator, 404, nothing here",
        "/actuator/health, 404, nothing here",
        "/ACTUATOR/health, 404, nothing here",
        "/%61ctuator/health, 404, nothing here",
        "/metrics, 404, nothing here",
        "/about/health, 404, nothing here",
        "/colibri/v2/conferences, 404, nothing here",
        "/x/../actuator/health, 400, not valid",
        "/x/%2e%2e/actuator/health, 400, not valid",
        "/x/%252e%252e/actuator, 400, not valid",
        "//actuator/health, 400, not valid",
        "/actuator;a=b/health, 400, not valid",
        "/x%2f..%2factuator, 400, not valid",
    })
    void aWrongRequestIsRefusedPlainly(String path, int status, String words) throws IOException {
        Client.Answer answer = client.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains(words).doesNotContain("HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "/xmpp-websocket, 400",
        "/xmpp-websocket?room=a%00b, 400",
        "/colibri-ws/bridge-2/c/e, 404",
        "/colibri-ws/bridge-1, 404",
        "/colibri-ws/, 404",
        "/colibri-ws/BRIDGE-1/c/e, 404",
    })
    void aWrongWebSocketIsRefused(String path, int status) {
        assertThatThrownBy(() -> client.open(path).close())
                .isInstanceOfSatisfying(
                        Client.RefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(status));
    }

    @Test
    void aRoomNameHasABound() throws IOException {
        assertThat(client.get("/http-bind?room=" + "a".repeat(128)).status()).isEqualTo(200);
        assertThat(client.get("/http-bind?room=" + "a".repeat(129)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE / HTTP/1.1\r\nHost: a", "CONNECT a:443 HTTP/1.1\r\nHost: a:443"})
    void methodsThatOnlyHarmAreNotServed(String head) throws IOException {
        String answer = RawTls.ask(haproxy.setup().https(), head + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void whatTheClientSaysOfItsOriginIsNotBelieved() throws IOException {
        Client.Answer answer = client.get(
                "/api/v1/session",
                "X-Forwarded-For",
                "6.6.6.6",
                "X-Forwarded-Host",
                "evil.example",
                "X-Forwarded-Proto",
                "http",
                "X-Forwarded-Prefix",
                "/evil",
                "X-Forwarded-Port",
                "1",
                "Forwarded",
                "for=6.6.6.6",
                "X-Real-IP",
                "6.6.6.6",
                "X-Client-IP",
                "6.6.6.6",
                "True-Client-IP",
                "6.6.6.6",
                "X-Original-URL",
                "/actuator",
                "X_Forwarded_For",
                "6.6.6.6",
                "X-Video-Window-Shard",
                "shard-1",
                "X-Kept",
                "yes");

        assertThat(answer.body())
                .doesNotContain("6.6.6.6")
                .doesNotContain("evil")
                .doesNotContain("actuator");
        assertThat(answer.got("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(answer.got("x-forwarded-proto")).isEqualTo("https");
        assertThat(answer.got("x-forwarded-host")).isEqualTo(haproxy.setup().https());
        assertThat(answer.got("x-forwarded-port")).isNull();
        assertThat(answer.got("x-forwarded-prefix")).isNull();
        assertThat(answer.got("x-video-window-shard")).isNull();
        assertThat(answer.got("x-kept")).isEqualTo("yes");
    }

    @Test
    void theShardOfANewRoomGetsNoHeaderOfTheChoice() throws IOException {
        Client.Answer answer = client.get("/http-bind?room=choice", "X-Video-Window-Shard", "shard-7");

        assertThat(answer.from()).isEqualTo("shard-1");
        assertThat(answer.body()).doesNotContain("shard-7");
        assertThat(answer.got("x-video-window-shard")).isNull();
        assertThat(answer.got("x-forwarded-for")).isEqualTo("127.0.0.1");
    }

    @Test
    void httpRedirectsToTheOneAddress() throws Exception {
        try (HttpClient plain = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = plain.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://" + haproxy.setup().http() + "/j/abc?x=1"))
                            .header("Host", "evil.example")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(308);
            assertThat(answer.headers().firstValue("location")).contains("https://meet.example.org/j/abc?x=1");
        }
    }
}
