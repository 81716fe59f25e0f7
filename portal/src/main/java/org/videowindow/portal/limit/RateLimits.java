package org.videowindow.portal.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/** The rate limits of this process. Refuses with {@code too-many-requests}. Called by request threads. */
@Component
public final class RateLimits {
    private final RateLimiter signInsPerAccount;
    private final RateLimiter signInsPerAddress;
    private final RateLimiter signUpsPerAddress;
    private final RateLimiter guestTicketsPerAddress;
    private final RateLimiter unknownRoomsPerAddress;

    RateLimits(PortalProperties properties) {
        LimitProperties limits = properties.limits();
        signInsPerAccount = new RateLimiter(limits.signInsPerAccount(), limits.window());
        signInsPerAddress = new RateLimiter(limits.signInsPerAddress(), limits.window());
        signUpsPerAddress = new RateLimiter(limits.signUpsPerAddress(), limits.window());
        guestTicketsPerAddress = new RateLimiter(limits.guestTicketsPerAddress(), limits.window());
        unknownRoomsPerAddress = new RateLimiter(limits.unknownRoomsPerAddress(), limits.window());
    }

    /** Before a password is checked. */
    public void beforeSignIn(String email, String address) {
        take(signInsPerAddress, network(address));
        take(signInsPerAccount, email);
    }

    /** The password was right: only wrong ones count. */
    public void signedIn(String email, String address) {
        signInsPerAddress.giveBack(network(address));
        signInsPerAccount.giveBack(email);
    }

    /** Before an account is made. */
    public void beforeSignUp(String address) {
        take(signUpsPerAddress, network(address));
    }

    /** Before a mail is sent to whom it may concern, or a link from one is tried. Shares the allowance of sign-ups. */
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

    private static void take(RateLimiter limiter, String key) {
        Duration wait = limiter.take(key, System.nanoTime());
        if (wait.isPositive()) {
            throw ProblemException.retryAfter(ProblemCode.TOO_MANY_REQUESTS, wait);
        }
    }
}
