package org.videowindow.portal.session;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.session}.
 *
 * @param life how long a browser stays signed in without being used
 */
public record SessionProperties(@DefaultValue("30d") Duration life) {
    public SessionProperties {
        if (life.compareTo(Duration.ofMinutes(5)) < 0 || life.compareTo(Duration.ofDays(400)) > 0) {
            throw new IllegalArgumentException("portal.session.life must be between 5m and 400d");
        }
    }
}
