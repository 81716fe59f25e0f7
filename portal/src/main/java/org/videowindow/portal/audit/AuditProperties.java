package org.videowindow.portal.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.audit}.
 *
 * @param keep how long entries of the audit log are kept
 */
public record AuditProperties(@DefaultValue("180d") Duration keep) {
    public AuditProperties {
        if (keep.compareTo(Duration.ofDays(1)) < 0 || keep.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException("portal.audit.keep must be between 1d and 3650d");
        }
    }
}
