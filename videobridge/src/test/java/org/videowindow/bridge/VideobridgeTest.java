package org.videowindow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jitsi.xmpp.extensions.colibri2.json.Colibri2JSONSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.colibri.Stanzas;
import org.videowindow.bridge.config.Configuration;

/** The whole program over its private HTTP port, without shards. */
@Timeout(60)
class VideobridgeTest {
    private static final String MEETING = "89b36181-ee61-47c4-aaf9-bfdd17805c38";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static Videobridge bridge;

    @BeforeAll
    static void start() throws Exception {
        bridge = Videobridge.start(Configuration.parse(
                "videobridge { media { port = 0, workers = 1 }, channel.port = 0, http.port = 0 }"));
    }

    @AfterAll
    static void stop() {
        bridge.close();
        HTTP.shutdownNow();
    }

    @Test
    void aConferenceLivesThroughRest() throws Exception {
        HttpResponse<String> created = send("POST", "", json("create.xml"));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        JsonNode answer = JSON.readTree(created.body());
        JsonNode transport = answer.at("/endpoints/0/transport/transport");
        assertThat(answer.at("/endpoints/0/id").asText()).isEqualTo("543c9563");
        assertThat(transport.get("ufrag").asText()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(transport.get("pwd").asText()).hasSizeGreaterThanOrEqualTo(22);
        assertThat(transport.at("/candidates/0/ip").asText()).isEqualTo("127.0.0.1");
        assertThat(transport.at("/candidates/0/protocol").asText()).isEqualTo("udp");
        assertThat(transport.at("/fingerprints/0/setup").asText()).isEqualTo("actpass");
        assertThat(transport.at("/web-sockets/0").asText())
                .startsWith("ws://127.0.0.1:9090/colibri-ws/bridge-1/")
                .contains("/543c9563?pwd=");
        assertThat(answer.at("/sources/0/id").asText()).isEqualTo("jvb-a0");
        assertThat(answer.at("/sources/1/id").asText()).isEqualTo("jvb-v0");

        HttpResponse<String> changed = send("PATCH", "/" + MEETING, json("update.xml"));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);

        JsonNode list = JSON.readTree(send("GET", "", null).body());
        assertThat(list.at("/0/meeting-id").asText()).isEqualTo(MEETING);
        JsonNode state = JSON.readTree(send("GET", "/" + MEETING, null).body());
        assertThat(state.at("/endpoints/0/id").asText()).isEqualTo("543c9563");
        assertThat(state.at("/endpoints/0/sources/0/name").asText()).isEqualTo("543c9563-a0");

        HttpResponse<String> restarted = send(
                "PATCH", "/" + MEETING, "{\"endpoints\":[{\"id\":\"543c9563\",\"transport\":{\"ice-restart\":true}}]}");
        assertThat(restarted.statusCode()).as(restarted.body()).isEqualTo(200);
        assertThat(JSON.readTree(restarted.body())
                        .at("/endpoints/0/transport/transport/ufrag")
                        .asText())
                .as("what it has, since it never was connected")
                .isEqualTo(answer.at("/endpoints/0/transport/transport/ufrag").asText());

        HttpResponse<String> expired = send("PATCH", "/" + MEETING, "{\"expire\":true}");
        assertThat(expired.statusCode()).as(expired.body()).isEqualTo(200);
        assertThat(send("GET", "/" + MEETING, null).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH | /nobody | {} | 404 | item-not-found",
                "PATCH | /one | {\"meeting-id\":\"other\"} | 400 | bad-request",
                "POST | | {} | 400 | bad-request",
                "POST | | {\"meeting-id\":\"x\",\"create\":false} | 400 | bad-request",
                "POST | | {\"meeting-id\":\"x\",\"meeting-id\":\"y\"} | 400 | bad-request",
                "POST | | [] | 400 | bad-request",
                "POST | | nonsense | 400 | bad-request",
                "POST | | {\"meeting-id\":\"x\",\"endpoints\":7} | 400 | bad-request",
                "POST | | {\"meeting-id\":\"x\",\"endpoints\":[{\"id\":\"a\",\"create\":true}]} | 400 | bad-request",
                "POST | | {\"meeting-id\":\"x\",\"relays\":[{\"id\":\"a\",\"create\":true}]} | 501 | feature-not-implemented",
                "POST | | {\"meeting-id\":\"x\",\"endpoints\":[{\"id\":\"a\",\"transport\":{\"ice-restart\":7}}]}"
                        + " | 400 | bad-request",
                "POST | | {\"meeting-id\":\"x\",\"endpoints\":[{\"id\":\"a\",\"create\":true,\"transport\":{\"transport\":"
                        + "{\"ufrag\":\"u\",\"pwd\":\"p\"}}}]} | 400 | bad-request",
                "POST | | {\"meeting-id\":\"x\",\"endpoints\":[{\"id\":\"a\",\"create\":true,\"transport\":{\"transport\":"
                        + "{\"xmlns\":\"urn:xmpp:jingle:transports:raw-udp:1\"}}}]} | 400 | bad-request",
                "POST | | {\"meeting-id\":\"x\",\"endpoints\":[{\"id\":\"a\",\"transport\":{\"transport\":7}}]}"
                        + " | 400 | bad-request",
                "PUT | /x | {} | 405 | method-not-allowed",
                "DELETE | | {} | 405 | method-not-allowed",
            })
    void mistakesHaveACodeAndChangeNothing(String method, String path, String body, int status, String code)
            throws Exception {
        HttpResponse<String> response = send(method, path == null ? "" : path, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).get("error").asText()).isEqualTo(code);
        assertThat(send("GET", "", null).body()).isEqualTo("[]");
    }

    @Test
    void aTransportThatDoesNotSayWhatItIsIsNotIgnored() throws Exception {
        String body = "{\"meeting-id\":\"x\",\"endpoints\":[{\"id\":\"a\",\"create\":true,"
                + "\"transport\":{\"transport\":{\"ufrag\":\"u\",\"pwd\":\"p\"}}}]}";
        assertThat(JSON.readTree(send("POST", "", body).body()).get("message").asText())
                .contains("needs xmlns urn:xmpp:jingle:transports:ice-udp:1");
    }

    @Test
    void anUnknownConferenceIsToldByItsReason() throws Exception {
        assertThat(JSON.readTree(send("PATCH", "/nobody", "{}").body())
                        .get("reason")
                        .asText())
                .isEqualTo("CONFERENCE_NOT_FOUND");
    }

    @Test
    void aFormOfAWebPageIsRefused() throws Exception {
        HttpRequest form = HttpRequest.newBuilder(uri("/colibri/v2/conferences"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"meeting-id\":\"x\"}"))
                .build();
        assertThat(HTTP.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
    }

    @Test
    void aBodyOfTwoMegabytesIsRefused() throws Exception {
        assertThat(send("POST", "", "{\"name\":\"" + "x".repeat(2 << 20) + "\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void healthVersionAndMetricsAreThere() throws Exception {
        assertThat(get("/about/health")).isEqualTo("{\"status\":\"healthy\"}");
        assertThat(JSON.readTree(get("/about/version")).get("version").asText()).isNotEmpty();
        assertThat(get("/metrics"))
                .contains("videobridge_packets_received_total ")
                .contains("videobridge_packets_dropped_total{reason=\"srtp_replay\"} ")
                .contains("videobridge_conferences ")
                .contains("videobridge_stress ")
                .contains("videobridge_worker_busy_seconds_total{worker=\"0\"} ")
                .contains("videobridge_videos{height=\"0\"} ")
                .contains("videobridge_videos_decided{reason=\"bandwidth\"} ")
                .contains("videobridge_receivers_rtt_seconds{quantile=\"0.95\"} ")
                .contains("videobridge_build{data_path=")
                .contains("jvm_memory_used_bytes");
    }

    @ParameterizedTest
    @CsvSource({"0", "-5", "soon", "604801", "99999999999999999999"})
    void aSenselessTimeForDrainingChangesNothing(String seconds) throws Exception {
        HttpResponse<String> refused = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                + bridge.httpAddress().getPort() + "/colibri/drain?end-after=" + seconds))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("end-after");
        assertThat(JSON.readTree(get("/colibri/drain")).get("draining").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                              | 400 | meeting-id",
                "{'meeting-id': 5, 'endpoint': 'a'}                              | 400 | meeting-id",
                "{'meeting-id': 'none', 'endpoint': 'a', 'payload': 1}           | 400 | payload",
                "{'meeting-id': 'none', 'endpoint': 'a', 'seconds': 0}           | 400 | seconds",
                "{'meeting-id': 'none', 'endpoint': 'a', 'seconds': 1e30}        | 400 | seconds",
                "{'meeting-id': 'none', 'endpoint': 'a'}                         | 404 | no conference",
            })
    void captureRequestsThatMakeNoSenseAreRefused(String body, int status, String why) throws Exception {
        HttpResponse<String> refused = HTTP.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + bridge.httpAddress().getPort() + "/colibri/captures"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                        .build(),
                BodyHandlers.ofString());
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.body()).contains(why);
        assertThat(get("/colibri/captures")).isEqualTo("{\"captures\":[],\"allowed\":false}");
    }

    @Test
    void aDrainedBridgeKeepsWhatItHasAndTakesNothingNew() throws Exception {
        assertThat(send("POST", "", json("create.xml")).statusCode()).isEqualTo(200);
        assertThat(get("/colibri/drain")).isEqualTo("{\"draining\":false,\"conferences\":1}");

        assertThat(drain("POST").statusCode()).isEqualTo(204);
        assertThat(get("/colibri/drain")).isEqualTo("{\"draining\":true,\"conferences\":1}");
        assertThat(get("/about/health")).isEqualTo("{\"status\":\"draining\"}");
        assertThat(get("/metrics")).contains("videobridge_draining 1.0");
        HttpResponse<String> refused = send("POST", "", json("create.xml").replace(MEETING, "another-meeting"));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(JSON.readTree(refused.body()).get("reason").asText()).isEqualTo("GRACEFUL_SHUTDOWN");
        assertThat(send("PATCH", "/" + MEETING, json("update.xml")).statusCode())
                .isEqualTo(200);

        assertThat(drain("DELETE").statusCode()).isEqualTo(204);
        assertThat(get("/about/health")).isEqualTo("{\"status\":\"healthy\"}");
        assertThat(get("/metrics")).contains("videobridge_draining 0.0");
        assertThat(send("PATCH", "/" + MEETING, "{\"expire\":true}").statusCode())
                .isEqualTo(200);
        assertThat(drain("PUT").statusCode()).isEqualTo(405);
    }

    @Test
    void aWebPageCannotDrain() throws Exception {
        HttpRequest page = HttpRequest.newBuilder(uri("/colibri/drain"))
                .header("Origin", "https://example.org")
                .POST(BodyPublishers.noBody())
                .build();
        assertThat(HTTP.send(page, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        assertThat(get("/colibri/drain")).isEqualTo("{\"draining\":false,\"conferences\":0}");
    }

    private static HttpResponse<String> drain(String method) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri("/colibri/drain"))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void aPortInUseIsOneSentence() {
        int taken = bridge.httpAddress().getPort();

        assertThatThrownBy(() -> Videobridge.start(Configuration.parse(
                        "videobridge { media { port = 0, workers = 1 }, channel.port = 0, http.port = " + taken
                                + " }")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The private HTTP server cannot listen on")
                .hasMessageContaining(String.valueOf(taken));
    }

    private static String json(String stanza) {
        return Colibri2JSONSerializer.serializeConferenceModify(Stanzas.read(Stanzas.resource(stanza)))
                .toString();
    }

    private static String get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/colibri/v2/conferences" + path));
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.header("Content-Type", "application/json");
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + bridge.httpAddress().getPort() + path);
    }
}
