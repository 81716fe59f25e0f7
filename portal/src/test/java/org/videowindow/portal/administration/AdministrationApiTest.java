package org.videowindow.portal.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.videowindow.portal.RunningPortal;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;
import tools.jackson.databind.JsonNode;

/**
 * The administration of a portal with five shards: one well, one silent, one gone, one that talks nonsense and one that
 * never ends its sentence.
 */
@Tag("database")
class AdministrationApiTest {
    private static HttpServer focus;
    private static HttpServer nonsense;
    private static HttpServer endless;
    private static ServerSocket silent;
    private static final CountDownLatch STOPPING = new CountDownLatch(1);
    private static RunningPortal portal;
    private static Visitor administrator;

    @BeforeAll
    static void start() throws IOException {
        focus = focus();
        nonsense = focus();
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        answer(focus, "/about/health", "{\"status\":\"ok\"}");
        answer(nonsense, "/about/health", "<html>");
        endless = focus();
        endless.createContext("/about/health", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                STOPPING.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        answer(nonsense, "/conferences", "x".repeat(3 << 20));
        answer(nonsense, "/bridges", "[");
        answer(
                focus,
                "/bridges",
                "{\"bridges\":[{\"id\":\"bridge-1\",\"region\":\"eu\",\"version\":\"1\",\"stress\":0.25,\"healthy\":true,"
                        + "\"draining\":false,\"conferences\":1,\"endpoints\":3,\"more\":{}}]}");
        List<String> settings = new ArrayList<>(List.of("portal.administrators=root@example.org"));
        addShard(settings, "well", focus.getAddress().getPort());
        addShard(settings, "silent", silent.getLocalPort());
        addShard(settings, "gone", RunningPortal.freePort());
        addShard(settings, "nonsense", nonsense.getAddress().getPort());
        addShard(settings, "endless", endless.getAddress().getPort());
        portal = RunningPortal.with(settings.toArray(String[]::new));
        administrator = portal.visitor().signUp("first@example.org", "First");
    }

    @AfterAll
    static void stop() throws IOException {
        portal.close();
        focus.stop(0);
        nonsense.stop(0);
        STOPPING.countDown();
        endless.stop(0);
        silent.close();
    }

    @Test
    void theFirstAccountIsAdministratorAndTheNamedOne() {
        assertThat(isAdministrator(administrator)).isTrue();
        Visitor second = portal.visitor().signUp();
        assertThat(isAdministrator(second)).isFalse();
        assertThat(isAdministrator(portal.visitor().signUp("root@example.org", "Root")))
                .isTrue();
        JsonNode found = administrator.get("/api/v1/admin/users?query=ROOT@").json();
        assertThat(found.path("total").asInt()).isEqualTo(1);
        String root = found.at("/users/0/id").asString();
        assertThat(patch(root, Map.of("administrator", false)).status()).isEqualTo(200);
    }

    @Test
    void nobodyElseGetsIn() {
        Visitor somebody = portal.visitor().signUp();
        for (String path : List.of("users", "meetings", "conferences", "shards", "audit")) {
            Answer refused = somebody.get("/api/v1/admin/" + path);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("not-administrator");
            assertThat(portal.visitor().get("/api/v1/admin/" + path).code()).isEqualTo("sign-in-required");
        }
        String id = somebody.accountId();
        assertThat(somebody.patch("/api/v1/admin/users/" + id, Map.of("administrator", true))
                        .code())
                .isEqualTo("not-administrator");
        assertThat(somebody.delete("/api/v1/admin/users/" + administrator.accountId())
                        .code())
                .isEqualTo("not-administrator");
    }

    @Test
    void theRoleComesAndGoesAtOnce() {
        Visitor somebody = portal.visitor().signUp();
        String id = somebody.accountId();
        assertThat(patch(id, Map.of("administrator", true)).status()).isEqualTo(200);
        assertThat(somebody.get("/api/v1/admin/users").status()).isEqualTo(200);
        assertThat(patch(id, Map.of("administrator", false)).status()).isEqualTo(200);
        assertThat(somebody.get("/api/v1/admin/users").status()).isEqualTo(403);
        assertThat(kindsAbout(id)).contains("administrator-granted", "administrator-revoked");
    }

    @Test
    void theLastAdministratorStays() {
        String id = administrator.accountId();
        assertThat(patch(id, Map.of("administrator", false)).code()).isEqualTo("last-administrator");
        assertThat(patch(id, Map.of("disabled", true)).code()).isEqualTo("last-administrator");
        assertThat(administrator.delete("/api/v1/admin/users/" + id).code()).isEqualTo("last-administrator");
        assertThat(administrator
                        .send("DELETE", "/api/v1/account", Map.of("password", Visitor.PASSWORD))
                        .code())
                .isEqualTo("last-administrator");
        assertThat(administrator.get("/api/v1/admin/users").status()).isEqualTo(200);
    }

    @Test
    void aDisabledAccountIsOutAtOnceAndCannotComeBack() {
        String email = Visitor.newEmail();
        Visitor somebody = portal.visitor().signUp(email, "Ada");
        String id = somebody.accountId();
        assertThat(patch(id, Map.of("disabled", true)).json().path("disabled").asBoolean())
                .isTrue();
        assertThat(somebody.get("/api/v1/meetings").status()).isEqualTo(401);
        assertThat(signIn(email, Visitor.PASSWORD).code()).isEqualTo("account-disabled");
        assertThat(signIn(email, "not the password").code()).isEqualTo("wrong-credentials");
        patch(id, Map.of("disabled", false));
        assertThat(signIn(email, Visitor.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void accountsAreFoundPageByPageAndDeleted() {
        String word = "needle%" + System.nanoTime();
        for (int i = 0; i < PageNumber.SIZE + 1; i++) {
            portal.visitor().signUp(Visitor.newEmail(), word);
        }
        String path = "/api/v1/admin/users?query=" + word.replace("%", "%25");
        JsonNode first = administrator.get(path).json();
        assertThat(first.path("users")).hasSize(PageNumber.SIZE);
        assertThat(first.path("pages").asInt()).isEqualTo(2);
        assertThat(first.path("total").asInt()).isEqualTo(PageNumber.SIZE + 1);
        JsonNode last = administrator.get(path + "&page=2").json();
        assertThat(last.path("users")).hasSize(1);
        assertThat(last.path("page").asInt()).isEqualTo(2);
        assertThat(administrator.get(path + "&page=-5").json().path("page").asInt())
                .isEqualTo(1);

        String id = last.at("/users/0/id").asString();
        assertThat(administrator.delete("/api/v1/admin/users/" + id).status()).isEqualTo(204);
        assertThat(administrator.delete("/api/v1/admin/users/" + id).code()).isEqualTo("no-such-account");
        assertThat(administrator.get(path).json().path("pages").asInt()).isEqualTo(1);
    }

    @Test
    void meetingsAreFoundAndDeleted() {
        Visitor owner = portal.visitor().signUp();
        JsonNode meeting = owner.meeting("Planning of the planning");
        JsonNode found = administrator
                .get("/api/v1/admin/meetings?query=of%20the%20PLAN")
                .json();
        assertThat(found.at("/meetings/0/room").asString())
                .isEqualTo(meeting.path("room").asString());
        assertThat(found.at("/meetings/0/owner/email").asString()).isEqualTo(owner.email());
        String path = "/api/v1/admin/meetings/" + meeting.path("id").asString();
        assertThat(administrator.delete(path).status()).isEqualTo(204);
        assertThat(administrator.delete(path).code()).isEqualTo("no-such-meeting");
        assertThat(owner.get("/api/v1/meetings").json().path("meetings")).isEmpty();
    }

    @Test
    void shardsThatDoNotAnswerAreShownAsSuch() {
        long began = System.nanoTime();
        JsonNode shards = administrator.get("/api/v1/admin/shards").json().path("shards");
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.printf("Five shards, four of them in trouble: %d ms%n", took.toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(8));
        assertThat(shards.findValuesAsString("id")).contains("well", "silent", "gone", "nonsense");
        assertThat(shards.at("/0/healthy").asBoolean()).isTrue();
        assertThat(shards.at("/0/bridges/0/stress").asDouble()).isEqualTo(0.25);
        assertThat(shards.at("/0/bridges/0/endpoints").asInt()).isEqualTo(3);
        for (int i = 1; i < 5; i++) {
            assertThat(shards.path(i).path("healthy").asBoolean()).isFalse();
            assertThat(shards.path(i).path("reason").asString()).isEqualTo("The focus does not answer.");
        }
    }

    @Test
    void liveConferencesHaveTheirMeetingsNames() {
        JsonNode meeting = portal.visitor().signUp().meeting("Weekly");
        answer(
                focus,
                "/conferences",
                "{\"conferences\":[{\"room\":\"%s\",\"meetingId\":\"m1\",\"participants\":3,\"createdAt\":\"2026-01-01T00:00:00Z\","
                                .formatted(meeting.path("room").asString())
                        + "\"bridges\":[\"bridge-1\"]},{\"room\":\"gone-away-now\",\"meetingId\":\"m2\",\"participants\":1}]}");
        JsonNode answer = administrator.get("/api/v1/admin/conferences").json();
        assertThat(answer.path("conferences")).hasSize(2);
        assertThat(answer.at("/conferences/0/name").asString()).isEqualTo("Weekly");
        assertThat(answer.at("/conferences/0/shard").asString()).isEqualTo("well");
        assertThat(answer.at("/conferences/0/bridges/0").asString()).isEqualTo("bridge-1");
        assertThat(answer.at("/conferences/1/name").isNull()).isTrue();
        assertThat(answer.path("silent").valueStream().map(JsonNode::asString))
                .containsExactly("silent", "gone", "nonsense", "endless");
    }

    private static Answer patch(String id, Map<String, Object> change) {
        return administrator.patch("/api/v1/admin/users/" + id, change);
    }

    private static boolean isAdministrator(Visitor visitor) {
        return visitor.get("/api/v1/session")
                .json()
                .at("/account/administrator")
                .asBoolean();
    }

    private static List<String> kindsAbout(String id) {
        return administrator
                .get("/api/v1/admin/audit")
                .json()
                .path("events")
                .valueStream()
                .filter(event -> event.path("accountId").asString("").equals(id))
                .map(event -> event.path("kind").asString())
                .toList();
    }

    private static Answer signIn(String email, String password) {
        return portal.visitor().arrive().post("/api/v1/session", Map.of("email", email, "password", password));
    }

    private static void addShard(List<String> settings, String id, int focusPort) {
        String key = "portal.shards[" + settings.size() / 4 + "].";
        settings.add(key + "id=" + id);
        settings.add(key + "web-socket-url=wss://meet.example.org/ws/");
        settings.add(key + "domain=meet.example.org");
        settings.add(key + "focus-url=http://127.0.0.1:" + focusPort);
    }

    private static HttpServer focus() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        answer(server, "/conferences", "{\"conferences\":[]}");
        return server;
    }

    private static void answer(HttpServer server, String path, String body) {
        try {
            server.removeContext(path);
        } catch (IllegalArgumentException e) {
            assertThat(e).isNotNull(); // There was none.
        }
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
