package org.videowindow.portal.mail;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Shows the mail queue in the portal's health. It never makes the portal unhealthy: a restart would send nothing. */
@Component
final class MailHealthIndicator implements HealthIndicator {
    private final Mailer mailer;

    MailHealthIndicator(Mailer mailer) {
        this.mailer = mailer;
    }

    @Override
    public Health health() {
        Mailer.State state = mailer.state();
        Health.Builder health = Health.up();
        if (!mailer.configured()) {
            return health.withDetail("state", "off").build();
        }
        health.withDetail("state", state.failedAt() == null ? "ok" : "failing")
                .withDetail("waiting", mailer.waiting())
                .withDetail("givenUp", state.givenUp());
        if (state.sentAt() != null) {
            health.withDetail("lastSentAt", state.sentAt());
        }
        if (state.failedAt() != null) {
            health.withDetail("lastFailureAt", state.failedAt()).withDetail("lastFailure", state.failure());
        }
        return health.build();
    }
}
