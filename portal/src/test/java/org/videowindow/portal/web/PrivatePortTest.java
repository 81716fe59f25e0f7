package org.videowindow.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;

class PrivatePortTest extends PortalTest {
    @Test
    void healthTellsAboutDatabaseAndShards() {
        Answer answer = new Visitor(privatePort).get("/actuator/health");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asString()).isEqualTo("UP");
        assertThat(answer.json().at("/components/db/status").asString()).isEqualTo("UP");
        assertThat(answer.json().at("/components/shard/details/shard-a").asString())
                .isEqualTo("HEALTHY");
    }

    @Test
    void aLostShardDoesNotMakeThePortalUnhealthy() {
        FOCUS_A.answer(500);
        Visitor operator = new Visitor(privatePort);
        await(() -> operator.get("/actuator/health")
                .json()
                .at("/components/shard/details/shard-a")
                .asString()
                .equals("UNHEALTHY"));
        assertThat(operator.get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void metricsAreThereForPrometheus() {
        visitor().get("/api/v1/session");
        await(() -> new Visitor(privatePort).get("/actuator/prometheus").text().contains("uri=\"/api/v1/session\""));
        Answer answer = new Visitor(privatePort).get("/actuator/prometheus");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("jvm_memory_used_bytes", "hikaricp_connections", "http_server_requests");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "beans",
                "configprops",
                "heapdump",
                "loggers",
                "mappings",
                "shutdown",
                "threaddump",
                "info"
            })
    void nothingElseIsOnThePrivatePort(String endpoint) {
        assertThat(new Visitor(privatePort).get("/actuator/" + endpoint).status())
                .isIn(401, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/actuator", "/actuator/health", "/actuator/prometheus", "/actuator/env", "/health", "/metrics"})
    void nothingOfThePrivatePortIsOnThePublicOne(String path) {
        Answer answer = visitor().get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/sign-in",
                "/actuator",
                "/error",
                "/api/v1/session",
                "/.well-known/jwks.json",
                "/api/docs/openapi.json"
            })
    void nothingOfThePublicPortIsOnThePrivateOne(String path) {
        assertThat(new Visitor(privatePort).get(path).status()).isIn(401, 403, 404);
    }
}
