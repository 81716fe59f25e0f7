package org.videowindow.portal.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;

/**
 * The cookie that carries a session's token: out of reach of scripts, not sent along with requests that other sites
 * make, and only over https where people come by https.
 */
@Component
public final class SessionCookie {
    public static final String NAME = "VW_SESSION";

    private final boolean secure;
    private final Duration life;

    @Autowired
    SessionCookie(PortalProperties properties) {
        this(properties.secure(), properties.session().life());
    }

    SessionCookie(boolean secure, Duration life) {
        this.secure = secure;
        this.life = life;
    }

    /** The value of the Set-Cookie header that begins or prolongs a session. */
    public String set(String token) {
        return cookie(token, life);
    }

    /** The value of the Set-Cookie header that takes the cookie away. */
    public String remove() {
        return cookie("", Duration.ZERO);
    }

    /** The token that a request carries. */
    public Optional<String> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (NAME.equals(cookie.getName()) && !cookie.getValue().isEmpty()) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private String cookie(String value, Duration maxAge) {
        return ResponseCookie.from(NAME, value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .maxAge(maxAge)
                .build()
                .toString();
    }
}
