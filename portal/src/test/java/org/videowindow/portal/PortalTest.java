package org.videowindow.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.videowindow.portal.database.TestDatabase;
import org.videowindow.portal.shard.ShardRegistry;
import org.videowindow.portal.shard.ShardStates;

/**
 * A running portal with two shards, a TURN server and another web application in its configuration. All subclasses share
 * one, on a database of its own.
 */
@Tag("database")
@SpringBootTest(classes = Portal.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(PortalTest.TestClock.class)
public abstract class PortalTest {
    protected static final String TURN_SECRET = "a secret of the TURN server";
    protected static final FakeFocus FOCUS_A = new FakeFocus();
    protected static final FakeFocus FOCUS_B = new FakeFocus();

    @LocalServerPort
    protected int port;

    @LocalManagementPort
    protected int privatePort;

    @Autowired
    protected MovableClock clock;

    @Autowired
    protected ShardRegistry registry;

    @TestConfiguration(proxyBeanMethods = false)
    static class TestClock {
        @Bean
        @Primary
        MovableClock movableClock() {
            return new MovableClock();
        }
    }

    @DynamicPropertySource
    static void configure(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> 0);
        properties.add("management.server.port", () -> 0);
        properties.add("spring.datasource.url", TestDatabase::newUrl);
        properties.add("portal.public-url", () -> "http://localhost:8080");
        properties.add("portal.data-directory", () -> System.getProperty("java.io.tmpdir"));
        properties.add("portal.password.memory-kib", () -> 7168);
        properties.add("portal.password.iterations", () -> 1);
        properties.add("portal.limits.sign-ins-per-address", () -> 100_000);
        properties.add("portal.limits.sign-ups-per-address", () -> 100_000);
        properties.add("portal.limits.guest-tickets-per-address", () -> 100_000);
        properties.add("portal.limits.unknown-rooms-per-address", () -> 100_000);
        properties.add("portal.limits.connection-tests-per-address", () -> 20);
        properties.add("portal.limits.meetings-per-account", () -> 5);
        properties.add("portal.limits.moderators-per-meeting", () -> 3);
        properties.add("portal.web.connect-sources", () -> "wss://bridge.example.org");
        properties.add("portal.web.cors-origins", () -> "https://app.example.org");
        properties.add("portal.turn.urls", () -> "stun:turn.example.org:3478,turns:turn.example.org:443?transport=tcp");
        properties.add("portal.turn.secret-file", PortalTest::secretFile);
        shard(properties, 0, "shard-a", FOCUS_A);
        shard(properties, 1, "shard-b", FOCUS_B);
    }

    @BeforeEach
    void bothShardsAreHealthy() {
        FOCUS_A.answer(200);
        FOCUS_B.answer(200);
        await(() -> ShardStates.healthy(registry) == 2);
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    protected Visitor visitor() {
        return new Visitor(port);
    }

    /** Waits for something that another thread brings about. */
    protected static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("It did not happen within 60 seconds");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void shard(DynamicPropertyRegistry properties, int index, String id, FakeFocus focus) {
        String key = "portal.shards[" + index + "].";
        properties.add(key + "id", () -> id);
        properties.add(key + "web-socket-url", () -> "wss://" + id + ".example.org/ws/");
        properties.add(key + "domain", () -> id + ".example.org");
        properties.add(key + "focus-health-url", focus::url);
    }

    private static String secretFile() {
        try {
            Path file = Files.createTempFile("turn", "secret");
            file.toFile().deleteOnExit();
            return Files.writeString(file, TURN_SECRET + "\n").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
