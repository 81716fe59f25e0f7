package org.videowindow.portal.turn;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.turn}.
 *
 * @param urls STUN and TURN servers (RFC 7064, RFC 7065) that clients are told about
 * @param secretFile file with the secret shared with the TURN servers
 * @param life how long a TURN credential can be used
 */
public record TurnProperties(
        @DefaultValue List<String> urls,
        @Nullable Path secretFile,
        @DefaultValue("12h") Duration life) {
    public TurnProperties {
        urls = List.copyOf(urls);
        for (String url : urls) {
            if (!url.matches("(stuns?|turns?):[^\\s/?#]+(\\?transport=(udp|tcp))?")) {
                throw new IllegalArgumentException(
                        "portal.turn.urls must list addresses such as turn:turn.example.org:3478?transport=udp, but has '"
                                + url + "'");
            }
        }
        if (secretFile == null && urls.stream().anyMatch(url -> url.startsWith("turn"))) {
            throw new IllegalArgumentException(
                    "portal.turn.secret-file must name the file with the secret of the TURN servers in portal.turn.urls");
        }
        if (life.compareTo(Duration.ofMinutes(1)) < 0 || life.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("portal.turn.life must be between 1m and 7d");
        }
    }
}
