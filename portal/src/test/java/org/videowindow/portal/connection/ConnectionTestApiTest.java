package org.videowindow.portal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor.Answer;
import tools.jackson.databind.JsonNode;

class ConnectionTestApiTest extends PortalTest {
    @Test
    void anybodyGetsAddressesAndACredentialForFiveMinutesNowAndThen() {
        Answer answer = visitor().get("/api/v1/connection-test");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonNode test = answer.json();
        assertThat(test.propertyNames()).containsExactlyInAnyOrder("webSocketUrl", "domain", "iceServers");
        assertThat(test.path("webSocketUrl").asString()).matches("wss://shard-[ab]\\.example\\.org/ws/");
        assertThat(test.path("domain").asString()).matches("shard-[ab]\\.example\\.org");
        String username = test.at("/iceServers/1/username").asString();
        assertThat(username).contains(":test-");
        assertThat(Long.parseLong(username.substring(0, username.indexOf(':')))
                        - Instant.now().getEpochSecond())
                .isBetween(290L, 300L);

        int allowed = 1;
        while (visitor().get("/api/v1/connection-test").status() == 200) {
            assertThat(++allowed).isLessThanOrEqualTo(30);
        }
        assertThat(visitor().get("/api/v1/connection-test").code()).isEqualTo("too-many-requests");
    }
}
