package org.videowindow.portal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.videowindow.portal.Samples;

class SessionCookiesTest {
    private static final SessionTokens TOKENS = new SessionTokens(UUID.randomUUID(), "a", Instant.EPOCH, "r");

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void areSecureWherePeopleComeByHttps() {
        new SessionCookies(Samples.properties("https://meet.example.org")).set(response, TOKENS);
        assertThat(response.getHeaders("Set-Cookie")).hasSize(2).allMatch(cookie -> cookie.contains("; Secure"));
    }

    @Test
    void areNotSecureWherePeopleComeByHttp() {
        new SessionCookies(Samples.properties("http://localhost:8080")).set(response, TOKENS);
        assertThat(response.getHeaders("Set-Cookie")).hasSize(2).noneMatch(cookie -> cookie.contains("Secure"));
    }

    @Test
    void areTakenAwayWithTheSamePathAndFlags() {
        new SessionCookies(Samples.properties("https://meet.example.org")).remove(response);
        assertThat(response.getHeaders("Set-Cookie").getFirst())
                .startsWith("VW_SESSION=;")
                .contains("Path=/;", "Max-Age=0", "Secure", "HttpOnly", "SameSite=Lax");
        assertThat(response.getHeaders("Set-Cookie").getLast())
                .startsWith("VW_REFRESH=;")
                .contains("Path=/api/v1/session;", "Max-Age=0", "Secure", "HttpOnly", "SameSite=Strict");
    }
}
