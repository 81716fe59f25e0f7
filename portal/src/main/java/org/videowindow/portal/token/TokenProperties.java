package org.videowindow.portal.token;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.token}.
 *
 * @param issuer the {@code iss} claim; shards accept only theirs
 * @param audience the {@code aud} claim; shards accept only theirs
 * @param life how long a ticket may be used to connect; a session that has connected outlives it
 * @param keyLife how long a key signs before the next one takes over
 * @param includeEmail whether the account's e-mail address goes into the token and thereby to the others in the room
 */
public record TokenProperties(
        @DefaultValue("video-window") String issuer,
        @DefaultValue("video-window") String audience,
        @DefaultValue("10m") Duration life,
        @DefaultValue("30d") Duration keyLife,
        @DefaultValue("false") boolean includeEmail) {
    public TokenProperties {
        if (issuer.isBlank()) {
            throw new IllegalArgumentException("portal.token.issuer must not be empty");
        }
        if (audience.isBlank()) {
            throw new IllegalArgumentException("portal.token.audience must not be empty");
        }
        if (life.compareTo(Duration.ofSeconds(30)) < 0 || life.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("portal.token.life must be between 30s and 24h");
        }
        if (keyLife.compareTo(Duration.ofHours(1)) < 0 || keyLife.compareTo(Duration.ofDays(400)) > 0) {
            throw new IllegalArgumentException("portal.token.key-life must be between 1h and 400d");
        }
    }
}
