package org.videowindow.portal.session;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.database.Timestamps;

/**
 * Who is signed in. A session has an access token of some minutes, which goes with every request, and a refresh token,
 * which buys the next pair once and is worthless afterwards (RFC 9700, 4.14.2).
 *
 * <p>Both are opaque and looked up in the database each time, which costs one read by primary key. A signed access token
 * would save that read, but then a session that somebody ends would go on at every portal until its token expires. This
 * way all instances of the portal know at once.
 *
 * <p>A refresh token that comes a second time was copied: one of the two who have it should not. Nobody can tell which,
 * so the session ends for both. For {@link #GRACE} the newest predecessor is taken nevertheless, since answers get lost
 * and browsers have several tabs; it leads to the very same successor, which is computed from the token that comes and
 * a salt in the database, so that it does not matter which answer a browser keeps.
 *
 * <p>Called by request threads, in any number of portals at the same time: each step is one statement.
 */
@Service
public class Sessions {
    /** Sessions that one account may have; the oldest has to go. */
    static final int MOST_PER_ACCOUNT = 50;

    /** How long the newest predecessor of a refresh token is still taken. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);
    private static final int SECRET_BYTES = 32;

    private final SessionTable sessions;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final SessionProperties settings;
    private final SecureRandom random = new SecureRandom();

    Sessions(SessionTable sessions, ApplicationEventPublisher events, Clock clock, PortalProperties properties) {
        this.sessions = sessions;
        this.events = events;
        this.clock = clock;
        this.settings = properties.session();
    }

    /**
     * What an access token is good for.
     *
     * @param person null when the token's time is over
     */
    record Found(@Nullable SignedIn person) {
        boolean expired() {
            return person == null;
        }
    }

    /** A refresh token was used twice, so the session has ended. Published for whoever keeps records. */
    public record RefreshTokenReused(UUID accountId) {}

    /** Begins a session for somebody who has just proved who they are. */
    public SessionTokens begin(UUID accountId) {
        UUID id = UUID.randomUUID();
        SessionToken access = new SessionToken(id, randomSecret());
        SessionToken refresh = new SessionToken(id, randomSecret());
        Instant now = Timestamps.now(clock);
        Instant accessUntil = now.plus(settings.accessLife());
        sessions.insert(
                id, accountId, now, access.hash(), accessUntil, refresh.hash(), now.plus(settings.refreshLife()));
        sessions.deleteOldest(accountId, MOST_PER_ACCOUNT);
        return new SessionTokens(accountId, access.text(), accessUntil, refresh.text());
    }

    /** The session of an access token; empty when there is none. */
    Optional<Found> find(String accessToken) {
        Instant now = Timestamps.now(clock);
        return SessionToken.parse(accessToken)
                .flatMap(token -> alive(token, now)
                        .flatMap(row -> Optional.ofNullable(row.accessUntil(token))
                                .map(until -> new Found(
                                        until.isAfter(now)
                                                ? new SignedIn(row.accountId(), row.id(), row.signedInAt())
                                                : null))));
    }

    /** Whether a refresh token would be taken. */
    public boolean refreshable(String refreshToken) {
        Instant now = Timestamps.now(clock);
        return SessionToken.parse(refreshToken)
                .flatMap(token -> alive(token, now)
                        .filter(row -> token.matches(row.refreshHash()) || row.justReplaced(token, now)))
                .isPresent();
    }

    /** Spends a refresh token for the next pair; empty when it is worth nothing (any more). */
    public Optional<SessionTokens> refresh(String refreshToken) {
        return SessionToken.parse(refreshToken).flatMap(this::refresh);
    }

    private Optional<SessionTokens> refresh(SessionToken token) {
        Instant now = Timestamps.now(clock);
        Optional<SessionRow> found = alive(token, now);
        if (found.isPresent() && token.matches(found.get().refreshHash())) {
            String salt = randomSecret();
            SessionToken access = token.successor("access", salt);
            SessionToken refresh = token.successor("refresh", salt);
            Instant accessUntil = now.plus(settings.accessLife());
            if (sessions.rotate(
                    token.session(),
                    token.hash(),
                    refresh.hash(),
                    salt,
                    access.hash(),
                    accessUntil,
                    now,
                    now.plus(settings.refreshLife()))) {
                return Optional.of(
                        new SessionTokens(found.get().accountId(), access.text(), accessUntil, refresh.text()));
            }
            found = alive(token, now); // Another request with the same token was faster.
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SessionRow row = found.get();
        if (row.successorSalt() != null && row.justReplaced(token, now)) {
            return Optional.of(new SessionTokens(
                    row.accountId(),
                    token.successor("access", row.successorSalt()).text(),
                    row.accessExpiresAt(),
                    token.successor("refresh", row.successorSalt()).text()));
        }
        // Nobody but a holder of one of its tokens knows a session's id.
        if (sessions.delete(row.id())) {
            log.warn("A refresh token of account {} came a second time: its session has ended", row.accountId());
            events.publishEvent(new RefreshTokenReused(row.accountId()));
        }
        return Optional.empty();
    }

    /** Ends the session of an access or refresh token, if there is one; the token may have expired. */
    public void end(String anyToken) {
        SessionToken.parse(anyToken)
                .ifPresent(token -> sessions.find(token.session())
                        .filter(row -> row.accessUntil(token) != null
                                || token.matches(row.refreshHash())
                                || row.justReplaced(token, Timestamps.now(clock)))
                        .ifPresent(row -> sessions.delete(row.id())));
    }

    /** Ends every session of an account, at all portals at once. */
    public int endAll(UUID accountId) {
        return sessions.deleteOf(accountId);
    }

    /** Ends every session of an account but one. */
    public int endOthers(UUID accountId, UUID keptSession) {
        return sessions.deleteOthersOf(accountId, keptSession);
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void forgetExpired() {
        int gone = sessions.deleteExpired(Timestamps.now(clock));
        if (gone > 0) {
            log.info("{} sessions have expired", gone);
        }
    }

    private Optional<SessionRow> alive(SessionToken token, Instant now) {
        return sessions.find(token.session()).filter(row -> row.expiresAt().isAfter(now));
    }

    private String randomSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return SessionToken.base64(bytes);
    }
}
