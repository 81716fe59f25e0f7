package org.videowindow.shard.token;

/** Why a token was not taken; its name is the value in metrics. */
public enum Refusal {
    /** Longer than allowed. */
    TOO_LONG,
    /** Not a signed JWT, or JSON that does not parse. */
    MALFORMED,
    /** {@code alg} is not RS256, ES256 or EdDSA (RFC 8725, 3.1). */
    ALGORITHM,
    /** The header brings its own key or other parameters we never follow: jku, jwk, x5u, x5c, crit (RFC 8725, 3.10). */
    HEADER,
    /** No key with that id, or one of another type than the algorithm needs. */
    UNKNOWN_KEY,
    /** The signature does not fit. */
    SIGNATURE,
    /** Not from our portal. */
    ISSUER,
    /** Not for us. */
    AUDIENCE,
    /** For another XMPP domain. */
    SUBJECT,
    /** Too old, or without an end. */
    EXPIRED,
    /** Not valid yet. */
    NOT_YET,
    /** No usable room, or all rooms. */
    ROOM,
    /** The token's id is not a UUID or not the name it signs in with. */
    ACCOUNT,
    /** {@code context.user} is missing or has values of the wrong type. */
    USER
}
