package org.videowindow.portal.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.videowindow.portal.PortalContexts;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;

/** The database goes away under a running portal, and comes back; it gets slow. */
@Tag("postgresql")
class DatabaseOutageTest {
    /** Four times what spring.datasource.hikari.connection-timeout is by default: room for a busy machine. */
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(4 * 3);

    private static final Duration BACK_WITHIN = Duration.ofSeconds(15);

    @TempDir
    private java.nio.file.Path directory;

    @Test
    void aLostDatabaseIsSaidPlainlyAndItsReturnNeedsNoRestart() throws Exception {
        try (PostgresServer server = PostgresServer.own();
                ConfigurableApplicationContext portal = PortalContexts.start(directory, server.newDatabase())) {
            Visitor owner = PortalContexts.visitor(portal).signUp();
            String room = owner.meeting("Weekly").path("room").asString();
            String keys = owner.get("/.well-known/jwks.json").text();
            int privatePort = portal.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
            assertThat(new Visitor(privatePort).get("/actuator/health").status())
                    .isEqualTo(200);

            server.kill();
            Duration slowest = Duration.ZERO;
            List<Future<Duration>> requests = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 20; i++) {
                    requests.add(threads.submit(() -> refused(owner.get("/api/v1/meetings"))));
                    requests.add(
                            threads.submit(() -> refused(owner.post("/api/v1/rooms/" + room + "/tickets", Map.of()))));
                }
                for (Future<Duration> request : requests) {
                    Duration took = request.get();
                    slowest = took.compareTo(slowest) > 0 ? took : slowest;
                }
            }
            assertThat(slowest).isLessThan(REFUSED_WITHIN);
            refused(PortalContexts.visitor(portal)
                    .arrive()
                    .post("/api/v1/session", Map.of("email", "ada@example.org", "password", Visitor.PASSWORD)));
            refused(PortalContexts.visitor(portal)
                    .arrive()
                    .post("/api/v1/rooms/" + room + "/tickets", Map.of("name", "Gus")));
            assertThat(owner.get("/.well-known/jwks.json").text()).isEqualTo(keys);
            Answer health = new Visitor(privatePort).get("/actuator/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.json().at("/components/db/status").asString()).isEqualTo("DOWN");

            server.start();
            Instant back = Instant.now();
            while (owner.get("/api/v1/meetings").status() != 200) {
                assertThat(Duration.between(back, Instant.now())).isLessThan(BACK_WITHIN);
                LockSupport.parkNanos(20_000_000);
            }
            Duration recovery = Duration.between(back, Instant.now());
            assertThat(recovery).isLessThan(BACK_WITHIN);
            assertThat(owner.get("/api/v1/meetings")
                            .json()
                            .at("/meetings/0/room")
                            .asString())
                    .isEqualTo(room);
            assertThat(new Visitor(privatePort).get("/actuator/health").status())
                    .isEqualTo(200);
            System.out.printf(
                    "Database away: 40 requests refused within %d ms; back: first good answer after %d ms%n",
                    slowest.toMillis(), recovery.toMillis());
        }
    }

    @Test
    void aSlowDatabaseHoldsNobodyForLong() throws Exception {
        try (PostgresServer server = PostgresServer.own();
                ConfigurableApplicationContext portal = PortalContexts.start(directory, server.newDatabase())) {
            Visitor owner = PortalContexts.visitor(portal).signUp();
            String database = server.lastDatabase();
            try (Connection lock = server.connect(database);
                    Statement statement = lock.createStatement()) {
                lock.setAutoCommit(false);
                statement.execute("lock table account_session, meeting, rate_limit in access exclusive mode");
                Instant asked = Instant.now();
                refused(owner.get("/api/v1/meetings"));
                Duration took = Duration.between(asked, Instant.now());
                assertThat(took).isLessThan(Duration.ofSeconds(15));
                refused(PortalContexts.visitor(portal)
                        .arrive()
                        .post("/api/v1/session", Map.of("email", "ada@example.org", "password", Visitor.PASSWORD)));
                assertThat(owner.get("/.well-known/jwks.json").status()).isEqualTo(200);
                System.out.printf("Database slow: refused after %d ms%n", took.toMillis());
                lock.rollback();
            }
            assertThat(owner.get("/api/v1/meetings").status()).isEqualTo(200);
        }
    }

    private static Duration refused(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("database-unavailable");
        assertThat(answer.json().path("detail").asString()).endsWith(".");
        return Duration.between(answer.sentAt(), Instant.now());
    }
}
