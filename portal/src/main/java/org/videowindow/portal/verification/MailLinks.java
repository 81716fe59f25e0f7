package org.videowindow.portal.verification;

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
import java.util.Optional;
import java.util.UUID;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.account.Account;
import org.videowindow.portal.mail.Mail;

/** Makes and takes the links that mails carry: 256 random bits, kept as a hash, good for one use. */
@Service
public class MailLinks {
    /** Mails that one account may cause within {@link #WINDOW}; keeps mailboxes from being flooded. */
    static final int MOST_PER_ACCOUNT = 5;

    static final Duration WINDOW = Duration.ofHours(1);

    private static final int TOKEN_BYTES = 32;

    private final MailTokenRepository tokens;
    private final Clock clock;
    private final String publicOrigin;
    private final SecureRandom random = new SecureRandom();

    MailLinks(MailTokenRepository tokens, Clock clock, PortalProperties properties) {
        this.tokens = tokens;
        this.clock = clock;
        this.publicOrigin = properties.publicOrigin();
    }

    /** What a link stands for. */
    record Link(UUID accountId, String email) {}

    /** Whether the account has caused as many mails as it may for now. */
    @Transactional(readOnly = true)
    public boolean tooMany(UUID accountId) {
        return tokens.countByAccountIdAndCreatedAtAfter(accountId, now().minus(WINDOW)) >= MOST_PER_ACCOUNT;
    }

    /**
     * Makes a link and writes the mail that carries it.
     *
     * @return empty when the account has caused as many mails as it may
     */
    @Transactional
    public Optional<Mail> write(LinkPurpose purpose, Account account, String address) {
        if (tooMany(account.id())) {
            return Optional.empty();
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = now();
        tokens.save(new MailToken(hash(token), purpose.word(), account.id(), address, now, now.plus(purpose.life())));
        String link = publicOrigin + purpose.page() + "?token=" + token;
        return Optional.of(new Mail(address, purpose.subject(), purpose.sentence() + "\n\n" + link + "\n"));
    }

    /** What a link stands for, without using it up; empty when it is none, was used or is too old. */
    @Transactional(readOnly = true)
    public Optional<Link> read(LinkPurpose purpose, String token) {
        return tokens.findById(hash(token))
                .filter(row ->
                        row.purpose().equals(purpose.word()) && row.expiresAt().isAfter(now()))
                .map(row -> new Link(row.accountId(), row.email()));
    }

    /** Uses a link up, and with it all others of the account. False when another request was faster. */
    @Transactional
    public boolean take(Link link, String token) {
        boolean mine = tokens.take(hash(token)) == 1;
        if (mine) {
            tokens.deleteAll(link.accountId());
        }
        return mine;
    }

    @Scheduled(initialDelayString = "PT12M", fixedDelayString = "PT1H")
    @Transactional
    void forgetExpired() {
        tokens.deleteExpired(now());
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
