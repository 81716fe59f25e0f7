package org.videowindow.portal.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor.Answer;
import tools.jackson.databind.JsonNode;

class JwksApiTest extends PortalTest {
    @Test
    void publishesPublicHalvesOnlyForAnybodyToCache() {
        Answer answer = visitor().get("/.well-known/jwks.json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).contains("max-age=60", "public");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
        JsonNode keys = answer.json().path("keys");
        assertThat(keys).isNotEmpty().allSatisfy(key -> {
            assertThat(key.propertyNames()).containsExactlyInAnyOrder("kty", "use", "crv", "kid", "x", "y", "alg");
            assertThat(key.path("kty").asString()).isEqualTo("EC");
            assertThat(key.path("crv").asString()).isEqualTo("P-256");
            assertThat(key.path("alg").asString()).isEqualTo("ES256");
            assertThat(key.path("use").asString()).isEqualTo("sig");
        });
    }
}
