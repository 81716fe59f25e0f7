package org.videowindow.portal.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An access or refresh token: the session's id, by which its row is found, and a secret of 256 bits, of which the row
 * has the hash. As text both are Base64 without padding (RFC 4648, 5) with a dot between. Pure.
 */
record SessionToken(UUID session, String secret) {
    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})");

    /** The token that a client sent; empty when it cannot be one of ours. */
    static Optional<SessionToken> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            ByteBuffer id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(matcher.group(1)));
            return Optional.of(new SessionToken(new UUID(id.getLong(), id.getLong()), matcher.group(2)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Bits are set that no encoder sets.
        }
    }

    /** What the client keeps. */
    String text() {
        byte[] id = ByteBuffer.allocate(16)
                .putLong(session.getMostSignificantBits())
                .putLong(session.getLeastSignificantBits())
                .array();
        return base64(id) + "." + secret;
    }

    /** What the database keeps: nothing that could be sent in the token's place. */
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java platform has SHA-256.
        }
    }

    /** Whether a hash is this token's, in the same time wherever they differ. */
    boolean matches(String hash) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), hash().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * A token that follows from this one. Whoever has this token and the salt gets the same again; neither the
     * successor's holder nor the database alone can tell one from the other.
     *
     * @param kind keeps successors for different uses apart
     */
    SessionToken successor(String kind, String salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] bytes = mac.doFinal((kind + ':' + salt).getBytes(StandardCharsets.US_ASCII));
            return new SessionToken(session, base64(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every Java platform has HmacSHA256.
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
