package org.videowindow.portal.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out by the session cookie who makes a request. Part of the security filter chain, which clears the context. */
public final class SessionFilter extends OncePerRequestFilter {
    private final Sessions sessions;
    private final SessionCookie cookie;

    public SessionFilter(Sessions sessions, SessionCookie cookie) {
        this.sessions = sessions;
        this.cookie = cookie;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/v1/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> token = cookie.read(request);
        if (token.isPresent()) {
            Optional<Sessions.Found> found = sessions.find(token.get());
            if (found.isPresent()) {
                authenticate(new SignedIn(found.get().accountId()));
                if (found.get().prolonged()) {
                    response.addHeader(HttpHeaders.SET_COOKIE, cookie.set(token.get()));
                }
            }
        }
        chain.doFilter(request, response);
    }

    private static void authenticate(SignedIn person) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(person, null, List.of()));
        SecurityContextHolder.setContext(context);
    }
}
