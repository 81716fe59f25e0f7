package org.videowindow.portal.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.videowindow.portal.session.SessionTokens;

/**
 * The answer to signing in, signing up and refreshing. Browsers get their tokens in cookies, apps in the body.
 *
 * @param accessToken goes with each request as {@code Authorization: Bearer}
 * @param refreshToken buys the next pair, once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionStarted(
        AccountView account,
        @Nullable String accessToken,
        @Nullable Instant accessExpiresAt,
        @Nullable String refreshToken) {
    static SessionStarted inBrowser(AccountView account) {
        return new SessionStarted(account, null, null, null);
    }

    static SessionStarted inApp(AccountView account, SessionTokens tokens) {
        return new SessionStarted(account, tokens.access(), tokens.accessExpiresAt(), tokens.refresh());
    }
}
