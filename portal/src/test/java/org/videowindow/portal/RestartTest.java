package org.videowindow.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.videowindow.portal.database.TestDatabase;
import tools.jackson.databind.JsonNode;

@Tag("database")
class RestartTest {
    private final List<String> database = new ArrayList<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void aDatabaseThatOutlivesThePortal() {
        if (TestDatabase.isPostgresql()) {
            database.add("--spring.datasource.url=" + TestDatabase.newUrl());
        }
    }

    @Test
    void sessionsMeetingsAndKeysSurviveARestart() throws Exception {
        String token;
        JsonNode meeting;
        String keys;
        try (ConfigurableApplicationContext portal = start()) {
            Visitor owner = visitor(portal).signUp();
            meeting = owner.meeting("Weekly");
            token = owner.cookie("VW_SESSION");
            keys = owner.get("/.well-known/jwks.json").text();
        }
        try (ConfigurableApplicationContext portal = start()) {
            Visitor owner = visitor(portal).withCookie("VW_SESSION", String.valueOf(token));
            assertThat(owner.get("/api/v1/meetings").json().at("/meetings/0")).isEqualTo(meeting);
            assertThat(owner.get("/.well-known/jwks.json").text()).isEqualTo(keys);
            assertThat(owner.arrive()
                            .post("/api/v1/rooms/" + meeting.path("room").asString() + "/tickets", Map.of())
                            .code())
                    .isEqualTo("no-shard");
        }
        if (TestDatabase.isPostgresql()) {
            assertThat(directory).isEmptyDirectory();
            return;
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("data"))))
                .isEqualTo("rwx------");
    }

    private ConfigurableApplicationContext start() {
        List<String> arguments = new ArrayList<>(database);
        arguments.add("--server.port=0");
        arguments.add("--management.server.port=0");
        arguments.add("--portal.data-directory=" + directory.resolve("data"));
        arguments.add("--portal.password.memory-kib=7168");
        return Portal.application().run(arguments.toArray(String[]::new));
    }

    private static Visitor visitor(ConfigurableApplicationContext portal) {
        return new Visitor(portal.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }
}
