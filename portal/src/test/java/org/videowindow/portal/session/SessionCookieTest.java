package org.videowindow.portal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.videowindow.portal.Samples;

class SessionCookieTest {
    @Test
    void isSecureWherePeopleComeByHttps() {
        assertThat(new SessionCookie(Samples.properties("https://meet.example.org")).set("x"))
                .contains("; Secure");
        assertThat(new SessionCookie(Samples.properties("http://localhost:8080")).set("x"))
                .doesNotContain("Secure");
    }

    @Test
    void isTakenAwayWithTheSamePathAndFlags() {
        assertThat(new SessionCookie(Samples.properties("https://meet.example.org")).remove())
                .startsWith("VW_SESSION=;")
                .contains("Path=/", "Max-Age=0", "Secure", "HttpOnly", "SameSite=Lax");
    }
}
