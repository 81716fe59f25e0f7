package org.videowindow.portal.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;

/**
 * The two cookies of a browser's session: out of reach of scripts, and only over https where people come by https. The
 * access token goes everywhere on the portal; the refresh token only to where sessions are refreshed and ended, and
 * never along with a request that another site began. The access token's cookie outlives the token, so that the answer
 * to a request that comes too late is "expired" and not that nobody is signed in.
 */
@Component
public final class SessionCookies {
    public static final String ACCESS = "VW_SESSION";
    public static final String REFRESH = "VW_REFRESH";
    static final String REFRESH_PATH = "/api/v1/session";

    private final boolean secure;
    private final Duration life;

    @Autowired
    SessionCookies(PortalProperties properties) {
        this.secure = properties.secure();
        this.life = properties.session().refreshLife();
    }

    /** Gives a browser its tokens. */
    public void set(HttpServletResponse response, SessionTokens tokens) {
        response.addHeader(HttpHeaders.SET_COOKIE, access(tokens.access(), life));
        response.addHeader(HttpHeaders.SET_COOKIE, refresh(tokens.refresh(), life));
    }

    /** Takes both cookies away. */
    public void remove(HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, access("", Duration.ZERO));
        response.addHeader(HttpHeaders.SET_COOKIE, refresh("", Duration.ZERO));
    }

    /** The access token in a request's cookies. */
    public Optional<String> readAccess(HttpServletRequest request) {
        return read(request, ACCESS);
    }

    /** The refresh token in a request's cookies. */
    public Optional<String> readRefresh(HttpServletRequest request) {
        return read(request, REFRESH);
    }

    private static Optional<String> read(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (name.equals(cookie.getName()) && !cookie.getValue().isEmpty()) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private String access(String value, Duration maxAge) {
        return cookie(ACCESS, value, maxAge, "/", "Lax");
    }

    private String refresh(String value, Duration maxAge) {
        return cookie(REFRESH, value, maxAge, REFRESH_PATH, "Strict");
    }

    private String cookie(String name, String value, Duration maxAge, String path, String sameSite) {
        return ResponseCookie.from(name, value)
                .path(path)
                .httpOnly(true)
                .secure(secure)
                .sameSite(sameSite)
                .maxAge(maxAge)
                .build()
                .toString();
    }
}
