package org.videowindow.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.videowindow.portal.Visitor.Answer;
import org.videowindow.portal.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Two portals on one database are one portal for people. */
@Tag("database")
class TwoPortalsTest {
    private static final List<String> COOKIES = List.of("VW_SESSION", "VW_REFRESH", "XSRF-TOKEN");

    @TempDir
    private Path directory;

    private final FakeFocus focusA = new FakeFocus();
    private final FakeFocus focusB = new FakeFocus();
    private ConfigurableApplicationContext one;
    private ConfigurableApplicationContext other;

    @BeforeEach
    void startBoth() {
        String url = TestDatabase.newUrl();
        one = start(url);
        other = start(url);
    }

    @AfterEach
    void stopBoth() {
        one.close();
        other.close();
        focusA.stop();
        focusB.stop();
    }

    @Test
    void theyShareSessionsLimitsKeysAndTheShardsOfRooms() {
        Visitor atOne = PortalContexts.visitor(one).signUp(); // The first of all: administrator.
        Visitor atOther = sameBrowser(atOne, other);

        // Sessions.
        String room = atOne.meeting("Weekly").path("room").asString();
        assertThat(atOther.get("/api/v1/meetings").json().at("/meetings/0/room").asString())
                .isEqualTo(room);
        assertThat(atOther.post("/api/v1/session/refresh", Map.of()).status()).isEqualTo(200);
        atOne = sameBrowser(atOther, one);
        assertThat(atOne.get("/api/v1/meetings").status()).isEqualTo(200);

        // The first key was made once; a new one reaches both.
        assertThat(keys(atOne)).hasSize(1).isEqualTo(keys(atOther));
        Answer rotation = atOne.post("/api/v1/admin/keys/rotation", Map.of());
        assertThat(rotation.status()).isEqualTo(202);
        Instant asked = Instant.now();
        while (keys(atOther).size() < 2) {
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(40));
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(keys(atOther)).isEqualTo(keys(atOne));

        // A room stays on its shard whichever portal is asked.
        String tickets = "/api/v1/rooms/" + room + "/tickets";
        String domain = domain(atOne.post(tickets, Map.of()));
        FakeFocus lost = domain.startsWith("shard-a") ? focusA : focusB;
        lost.answer(503);
        String moved = domain;
        asked = Instant.now();
        while (moved.equals(domain)) {
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(40));
            moved = domain(atOther.post(tickets, Map.of()));
        }
        lost.answer(200);
        assertThat(domain(atOne.post(tickets, Map.of()))).isEqualTo(moved);
        assertThat(domain(atOther.post(tickets, Map.of()))).isEqualTo(moved);

        // Limits: ten wrong passwords, wherever they are tried.
        String email = atOne.email();
        for (int i = 0; i < 10; i++) {
            assertThat(signIn(i % 2 == 0 ? one : other, email).status()).isEqualTo(401);
        }
        assertThat(signIn(one, email).status()).isEqualTo(429);
        assertThat(signIn(other, email).status()).isEqualTo(429);

        // Signing out.
        assertThat(atOther.delete("/api/v1/session").status()).isEqualTo(204);
        assertThat(atOne.get("/api/v1/meetings").status()).isEqualTo(401);
    }

    private static Answer signIn(ConfigurableApplicationContext portal, String email) {
        return PortalContexts.visitor(portal)
                .arrive()
                .post("/api/v1/session", Map.of("email", email, "password", "not the password"));
    }

    private static String domain(Answer ticket) {
        return ticket.json().at("/xmpp/domain").asString();
    }

    private static Set<String> keys(Visitor visitor) {
        Set<String> ids = new HashSet<>();
        for (JsonNode key : visitor.get("/.well-known/jwks.json").json().path("keys")) {
            ids.add(key.path("kid").asString());
        }
        return ids;
    }

    private static Visitor sameBrowser(Visitor visitor, ConfigurableApplicationContext portal) {
        Visitor same = PortalContexts.visitor(portal);
        COOKIES.forEach(name -> same.withCookie(name, String.valueOf(visitor.cookie(name))));
        return same;
    }

    private ConfigurableApplicationContext start(String url) {
        return PortalContexts.start(
                directory,
                url,
                "--portal.shards[0].id=shard-a",
                "--portal.shards[0].web-socket-url=wss://shard-a.example.org/ws/",
                "--portal.shards[0].domain=shard-a.example.org",
                "--portal.shards[0].focus-health-url=" + focusA.url(),
                "--portal.shards[1].id=shard-b",
                "--portal.shards[1].web-socket-url=wss://shard-b.example.org/ws/",
                "--portal.shards[1].domain=shard-b.example.org",
                "--portal.shards[1].focus-health-url=" + focusB.url());
    }
}
