package org.videowindow.portal.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;

/**
 * Protection against forged requests: the page reads the XSRF-TOKEN cookie and sends its value back in the X-XSRF-TOKEN
 * header, which a foreign site can neither read nor set.
 */
@Component
public final class CsrfCookie {
    private final CookieCsrfTokenRepository repository;

    CsrfCookie(PortalProperties properties) {
        repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
        boolean secure = properties.secure();
        repository.setCookieCustomizer(cookie -> cookie.path("/").secure(secure).sameSite("Lax"));
    }

    CookieCsrfTokenRepository repository() {
        return repository;
    }

    /** Gives the browser a new token with this response. */
    public void renew(HttpServletRequest request, HttpServletResponse response) {
        repository.saveToken(repository.generateToken(request), request, response);
    }
}
