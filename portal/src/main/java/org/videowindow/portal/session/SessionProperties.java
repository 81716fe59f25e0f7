package org.videowindow.portal.session;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.session}.
 *
 * @param accessLife how long an access token works
 * @param refreshLife how long somebody stays signed in without coming back
 */
public record SessionProperties(
        @DefaultValue("15m") Duration accessLife,
        @DefaultValue("30d") Duration refreshLife) {
    public SessionProperties {
        if (accessLife.compareTo(Duration.ofMinutes(1)) < 0 || accessLife.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("portal.session.access-life must be between 1m and 24h");
        }
        if (refreshLife.compareTo(Duration.ofHours(1)) < 0 || refreshLife.compareTo(Duration.ofDays(400)) > 0) {
            throw new IllegalArgumentException("portal.session.refresh-life must be between 1h and 400d");
        }
        if (refreshLife.compareTo(accessLife) <= 0) {
            throw new IllegalArgumentException(
                    "portal.session.refresh-life must be longer than portal.session.access-life");
        }
    }
}
