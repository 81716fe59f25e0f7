package org.videowindow.portal.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.videowindow.portal.database.DatabaseTrouble;
import org.videowindow.portal.database.OutageLog;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.Problems;

/**
 * Finds out by the access token who makes a request: by {@code Authorization: Bearer} (RFC 6750, 2.1) or else by the
 * cookie. A request with the header is never taken for the cookie's owner. Part of the security filter chain, which
 * clears the context.
 */
public final class SessionFilter extends OncePerRequestFilter {
    private static final String EXPIRED = SessionFilter.class.getName() + ".expired";
    private static final String BEARER = "Bearer ";

    private final Sessions sessions;
    private final SessionCookies cookies;
    private final Problems problems;
    private final OutageLog outages;

    public SessionFilter(Sessions sessions, SessionCookies cookies, Problems problems, OutageLog outages) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.problems = problems;
        this.outages = outages;
    }

    /** Whether a request came with an access token whose time is over, which a refresh would renew. */
    public static boolean isExpired(HttpServletRequest request) {
        return request.getAttribute(EXPIRED) != null;
    }

    /** Whether a request says by a header who makes it, which no other site can do in a browser's name. */
    public static boolean hasBearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** The access token in a request's header. */
    static Optional<String> bearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && hasBearer(request)
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/v1/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Sessions.Found> found;
        try {
            found = token(request).flatMap(sessions::find);
        } catch (DataAccessException e) {
            if (!DatabaseTrouble.isBehind(e)) {
                throw e;
            }
            outages.failed(e);
            problems.write(response, ProblemCode.DATABASE_UNAVAILABLE);
            return;
        }
        if (found.isPresent()) {
            SignedIn person = found.get().person();
            if (person == null) {
                request.setAttribute(EXPIRED, true);
            } else {
                authenticate(person);
            }
        }
        chain.doFilter(request, response);
    }

    private Optional<String> token(HttpServletRequest request) {
        return hasBearer(request) ? bearer(request) : cookies.readAccess(request);
    }

    private static void authenticate(SignedIn person) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(person, null, List.of()));
        SecurityContextHolder.setContext(context);
    }
}
