package org.videowindow.portal.turn;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A time-limited credential as coturn checks it with {@code use-auth-secret} (draft-uberti-behave-turn-rest-00, 2.2):
 * the user name is the end of its life in Unix seconds and a name, the password the Base64 of an HMAC-SHA1 over the
 * user name. The TURN server needs no account for it.
 */
record TurnCredential(String username, String password) {
    static TurnCredential make(byte[] secret, String name, Instant expiresAt) {
        String username = expiresAt.getEpochSecond() + ":" + name;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] tag = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
            return new TurnCredential(username, Base64.getEncoder().encodeToString(tag));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every Java platform has HmacSHA1.
        }
    }
}
