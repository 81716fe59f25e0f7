package org.videowindow.portal.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.videowindow.portal.web.CsrfCookie;

/** What beginning and ending a session does to the request and the answer it happens in. Stateless. */
@Component
public final class SessionAnswers {
    private final Sessions sessions;
    private final SessionCookies cookies;
    private final CsrfCookie csrf;

    SessionAnswers(Sessions sessions, SessionCookies cookies, CsrfCookie csrf) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.csrf = csrf;
    }

    /**
     * Begins a browser's session. A session that it had before ends, and so does its CSRF token: nobody can have
     * planted them.
     */
    public SessionTokens begin(UUID accountId, HttpServletRequest request, HttpServletResponse response) {
        endOf(request);
        SessionTokens tokens = sessions.begin(accountId);
        cookies.set(response, tokens);
        csrf.renew(request, response);
        return tokens;
    }

    /** Ends the session of a request, if it has one, and takes the cookies away. */
    public void end(HttpServletRequest request, HttpServletResponse response) {
        endOf(request);
        SessionFilter.bearer(request).ifPresent(sessions::end);
        cookies.remove(response);
        csrf.renew(request, response);
    }

    private void endOf(HttpServletRequest request) {
        cookies.readAccess(request).ifPresent(sessions::end);
        cookies.readRefresh(request).ifPresent(sessions::end);
    }
}
