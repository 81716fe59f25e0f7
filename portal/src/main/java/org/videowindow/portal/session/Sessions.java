package org.videowindow.portal.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.videowindow.portal.PortalProperties;

/**
 * Who is signed in. A session is a random token of 256 bits; it lives in the database, so it survives restarts and any
 * instance of the portal knows it. Being used prolongs it.
 */
@Service
public class Sessions {
    /** Browsers that one account may be signed in with; the oldest has to go. */
    static final int MOST_PER_ACCOUNT = 50;

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);
    private static final int TOKEN_BYTES = 32;

    private final AccountSessionRepository sessions;
    private final Clock clock;
    private final Duration life;
    private final SecureRandom random = new SecureRandom();

    Sessions(AccountSessionRepository sessions, Clock clock, PortalProperties properties) {
        this.sessions = sessions;
        this.clock = clock;
        this.life = properties.session().life();
    }

    /** A session that was found, and whether its cookie should be sent again because its life was prolonged. */
    record Found(UUID accountId, boolean prolonged) {}

    /**
     * Begins a session.
     *
     * @return the token for the cookie; it is kept nowhere else
     */
    @Transactional
    public String begin(UUID accountId) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = now();
        sessions.save(new AccountSession(hash(token), accountId, now, now.plus(life)));
        List<AccountSession> newest =
                sessions.findByAccountIdOrderByCreatedAtDesc(accountId, Limit.of(MOST_PER_ACCOUNT));
        if (newest.size() == MOST_PER_ACCOUNT) {
            sessions.deleteOlder(accountId, newest.getLast().createdAt());
        }
        return token;
    }

    /** Ends the session of a token, if there is one. */
    @Transactional
    public void end(String token) {
        sessions.delete(hash(token));
    }

    /** The session of a cookie's token. Prolongs it when a good part of its life is over, not on every request. */
    @Transactional
    public Optional<Found> find(String token) {
        if (token.length() > 64) {
            return Optional.empty();
        }
        Instant now = now();
        return sessions.findById(hash(token))
                .filter(session -> session.expiresAt().isAfter(now))
                .map(session -> {
                    boolean prolong = Duration.between(now, session.expiresAt())
                                    .compareTo(life.multipliedBy(3).dividedBy(4))
                            < 0;
                    if (prolong) {
                        sessions.extend(session.tokenHash(), now.plus(life));
                    }
                    return new Found(session.accountId(), prolong);
                });
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    @Transactional
    void forgetExpired() {
        int gone = sessions.deleteExpired(now());
        if (gone > 0) {
            log.info("{} sessions have expired", gone);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS); // What both databases keep.
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java platform has SHA-256.
        }
    }
}
