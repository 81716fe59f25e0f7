package org.videowindow.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor.Answer;

/** What browsers are told: content security policy, other headers, other origins. */
class BrowserRulesTest extends PortalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/j/abc-defg-hij",
                "/api/v1/session",
                "/assets/app-1a2b3c4d.js",
                "/nothing",
                "/api/v1/meetings"
            })
    void everyAnswerCarriesTheSecurityHeaders(String path) {
        Answer answer = visitor().get(path);
        assertThat(answer.header("Content-Security-Policy"))
                .isEqualTo("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                        + "media-src 'self' blob:; worker-src 'self' blob:; "
                        + "connect-src 'self' wss://shard-a.example.org wss://shard-b.example.org "
                        + "wss://bridge.example.org; "
                        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Permissions-Policy")).contains("camera=(self)", "geolocation=()");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Server")).isEmpty();
    }

    @Test
    void anotherOriginMayCallOnlyWhenItIsNamed() {
        assertThat(preflight("https://app.example.org").header("Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example.org");
        for (String foreign :
                new String[] {"https://evil.example.org", "null", "https://app.example.org.evil.example"}) {
            Answer answer = preflight(foreign);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(visitor().get("/api/v1/session", "Origin", foreign).header("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    private Answer preflight(String origin) {
        return visitor()
                .send(
                        "OPTIONS",
                        "/api/v1/session",
                        null,
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type,x-xsrf-token");
    }
}
