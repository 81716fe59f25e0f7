package org.videowindow.portal.account;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.session.SessionCookies;
import org.videowindow.portal.session.SessionTokens;
import org.videowindow.portal.session.Sessions;

/** Keeping a session going. */
@RestController
@Tag(name = "Accounts and session")
final class RefreshController {
    private final Accounts accounts;
    private final Sessions sessions;
    private final SessionCookies cookies;

    RefreshController(Accounts accounts, Sessions sessions, SessionCookies cookies) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.cookies = cookies;
    }

    /** An app's refresh token; browsers have theirs in the cookie. */
    record Refresh(@Nullable String refreshToken) {}

    @PostMapping("/api/v1/session/refresh")
    @Operation(
            summary = "Renew the tokens of a session",
            description = "Browsers send the cookie VW_REFRESH and get both cookies anew; apps send the refresh token "
                    + "in the body and get the new ones in the answer. Each refresh token works once: a second use "
                    + "ends the session, except for ten seconds after the first.")
    ResponseEntity<SessionStarted> refresh(
            @RequestBody(required = false) @Nullable Refresh body,
            HttpServletRequest request,
            HttpServletResponse response) {
        String fromApp = body == null ? null : body.refreshToken();
        Optional<SessionTokens> renewed = Optional.ofNullable(fromApp)
                .or(() -> cookies.readRefresh(request))
                .flatMap(sessions::refresh);
        Optional<Account> account = renewed.flatMap(tokens -> accounts.find(tokens.accountId()));
        if (renewed.isEmpty() || account.isEmpty()) {
            if (fromApp == null) {
                cookies.remove(response);
            }
            throw new ProblemException(ProblemCode.SESSION_ENDED);
        }
        AccountView view = AccountView.of(account.get());
        if (fromApp == null) {
            cookies.set(response, renewed.get());
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(fromApp == null ? SessionStarted.inBrowser(view) : SessionStarted.inApp(view, renewed.get()));
    }
}
