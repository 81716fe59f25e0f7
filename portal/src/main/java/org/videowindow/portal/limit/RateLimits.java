package org.videowindow.portal.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.database.InstallationSecrets;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/**
 * The rate limits, which all instances of the portal count together. Refuses with {@code too-many-requests}. Addresses
 * and e-mail addresses get no further than this class: the database has keyed hashes (HMAC-SHA256) of them.
 *
 * <p>What cannot be counted is refused: when the database is away or needs longer than two seconds the request ends with
 * {@code database-unavailable}. Everything limited here needs the database for its own work anyway.
 *
 * <p>Called by request threads, outside of transactions: a row that is counted would stay locked until their end.
 */
@Component
public class RateLimits {
    private static final Logger log = LoggerFactory.getLogger(RateLimits.class);

    private final RateLimitTable table;
    private final Clock clock;
    private final Duration window;
    private final SecretKeySpec key;
    private final Allowance signInsPerAccount;
    private final Allowance signInsPerAddress;
    private final Allowance signUpsPerAddress;
    private final Allowance guestTicketsPerAddress;
    private final Allowance unknownRoomsPerAddress;
    private final Allowance mailsPerRecipient;
    private final Allowance mailsPerAddress;
    private final Allowance connectionTestsPerAddress;

    RateLimits(RateLimitTable table, InstallationSecrets secrets, Clock clock, PortalProperties properties) {
        this.table = table;
        this.clock = clock;
        LimitProperties limits = properties.limits();
        window = limits.window();
        key = new SecretKeySpec(secrets.get("rate-limits"), "HmacSHA256");
        signInsPerAccount = new Allowance("sign-in-account", limits.signInsPerAccount(), window);
        signInsPerAddress = new Allowance("sign-in-address", limits.signInsPerAddress(), window);
        signUpsPerAddress = new Allowance("sign-up", limits.signUpsPerAddress(), window);
        guestTicketsPerAddress = new Allowance("guest-ticket", limits.guestTicketsPerAddress(), window);
        unknownRoomsPerAddress = new Allowance("unknown-room", limits.unknownRoomsPerAddress(), window);
        mailsPerRecipient = new Allowance("mail-recipient", limits.mailsPerRecipient(), window);
        mailsPerAddress = new Allowance("mail-address", limits.mailsPerAddress(), window);
        connectionTestsPerAddress = new Allowance("connection-test", limits.connectionTestsPerAddress(), window);
    }

    /** Before a password is checked. */
    public void beforeSignIn(String email, String address) {
        take(signInsPerAddress, network(address));
        take(signInsPerAccount, email);
    }

    /** The password was right: only wrong ones count. */
    public void signedIn(String email, String address) {
        giveBack(signInsPerAddress, network(address));
        giveBack(signInsPerAccount, email);
    }

    /** Before an account is made. */
    public void beforeSignUp(String address) {
        take(signUpsPerAddress, network(address));
    }

    /** Before a link from a mail is tried. Shares the allowance of sign-ups. */
    public void beforeMail(String address) {
        take(signUpsPerAddress, network(address));
    }

    /** Before a browser is sent to a provider. Shares the allowance of guests: whole companies come at nine. */
    public void beforeProviderSignIn(String address) {
        take(guestTicketsPerAddress, network(address));
    }

    /** Before a guest gets a ticket. */
    public void beforeGuestTicket(String address) {
        take(guestTicketsPerAddress, network(address));
    }

    /** Somebody asked for a room that is not there: a mistyped link, or a search for rooms. */
    public void unknownRoom(String address) {
        take(unknownRoomsPerAddress, network(address));
    }

    /** Before a mail is sent because somebody asked for it: a password reset, a verification once more. */
    public void beforeMail(String recipient, String address) {
        take(mailsPerAddress, network(address));
        take(mailsPerRecipient, recipient);
    }

    /** Before somebody gets what a test of their connection needs. */
    public void beforeConnectionTest(String address) {
        take(connectionTestsPerAddress, network(address));
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void clean() {
        int gone = table.clean(now(), window.toNanos() / 1000, RateLimitTable.MOST_ROWS);
        if (gone > 0) {
            log.debug("{} allowances are whole again", gone);
        }
    }

    /** One IPv6 customer has a whole /64 (RFC 6177), so all its addresses count as one. */
    static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            if (parsed instanceof Inet6Address) {
                return HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8));
            }
            return parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    private void take(Allowance allowance, String client) {
        String bucket = bucket(allowance, client);
        long now = now();
        if (!table.take(bucket, allowance, now)) {
            Duration wait = allowance.untilNext(table.usedUntil(bucket).orElse(now), now);
            throw ProblemException.retryAfter(ProblemCode.TOO_MANY_REQUESTS, wait);
        }
    }

    private void giveBack(Allowance allowance, String client) {
        table.giveBack(bucket(allowance, client), allowance);
    }

    private String bucket(Allowance allowance, String client) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] tag = mac.doFinal((allowance.name() + ':' + client).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(tag);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every Java platform has HmacSHA256.
        }
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
