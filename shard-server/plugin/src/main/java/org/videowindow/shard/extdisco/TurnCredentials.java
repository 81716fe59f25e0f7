package org.videowindow.shard.extdisco;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Credentials that a TURN server checks with a shared secret alone (coturn's {@code use-auth-secret}).
 *
 * @param username second of the Unix time at which they end, a colon and a name: the TURN server's quotas are per name
 * @param password base64 of HMAC-SHA1 over the name
 * @param expires the same time
 */
record TurnCredentials(String username, String password, Instant expires) {
    private static final String HMAC = "HmacSHA1";

    /** @param name without meaning to others; the same for one user as long as they are connected */
    static TurnCredentials make(String secret, String name, Duration lifetime, Instant now) {
        Instant expires = now.plus(lifetime);
        String username = expires.getEpochSecond() + ":" + name;
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            byte[] digest = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
            return new TurnCredentials(username, Base64.getEncoder().encodeToString(digest), expires);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA1 belongs to every Java", e);
        }
    }
}
