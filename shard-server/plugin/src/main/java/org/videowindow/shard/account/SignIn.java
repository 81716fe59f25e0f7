package org.videowindow.shard.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.videowindow.shard.health.Metrics;
import org.videowindow.shard.token.Claims;
import org.videowindow.shard.token.TokenRefusedException;
import org.videowindow.shard.token.TokenVerifier;

/**
 * Who may sign in: services by password, everybody else by token. Called by the server's threads during SASL; keeps no
 * state of its own.
 */
public final class SignIn {
    private final Map<String, String> servicePasswords;
    private final TokenVerifier verifier;
    private final Accounts accounts;
    private final Metrics metrics;
    private final InstantSource clock;

    public SignIn(
            Map<String, String> servicePasswords,
            TokenVerifier verifier,
            Accounts accounts,
            Metrics metrics,
            InstantSource clock) {
        this.servicePasswords = servicePasswords;
        this.verifier = verifier;
        this.accounts = accounts;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Whether that is the name of one of our services. */
    public boolean isService(String name) {
        return servicePasswords.containsKey(name);
    }

    /** Whether an account of that name exists now. */
    public boolean exists(String name) {
        return isService(name) || accounts.claims(name).isPresent();
    }

    /** The display name of an account, if it exists. */
    public Optional<String> displayName(String name) {
        return isService(name)
                ? Optional.of(name)
                : accounts.claims(name).map(claims -> claims.user().name());
    }

    /**
     * Checks a name with its secret.
     *
     * @param secret password of a service, token of everybody else
     * @return whether the secret is right and there is room for one more
     */
    public boolean check(String name, String secret) {
        String password = servicePasswords.get(name);
        if (password != null) {
            boolean right = MessageDigest.isEqual(
                    password.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
            metrics.count("sign_ins", right ? "service" : "service_refused");
            return right;
        }
        try {
            Claims claims = verifier.verify(name, secret, clock.instant());
            boolean taken = accounts.signIn(claims);
            metrics.count(taken ? "sign_ins" : "tokens_refused", taken ? "token" : "full");
            return taken;
        } catch (TokenRefusedException e) {
            metrics.count("tokens_refused", e.reason().name().toLowerCase(Locale.ROOT));
            return false;
        }
    }
}
