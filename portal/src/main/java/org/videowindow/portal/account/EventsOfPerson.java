package org.videowindow.portal.account;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.videowindow.portal.audit.AuditLog;

/** The audit log in a person's data export: what happened to the account. */
@Component
final class EventsOfPerson implements PersonalData {
    private final AuditLog audit;

    EventsOfPerson(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Object of(UUID accountId) {
        return audit.about(accountId);
    }
}
