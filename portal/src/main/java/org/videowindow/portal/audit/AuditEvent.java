package org.videowindow.portal.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One entry of the audit log. Never changed. */
@Entity
public class AuditEvent {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private Instant at;
    private String kind;
    private @Nullable UUID accountId;
    private @Nullable UUID actorId;
    private @Nullable String network;
    private String detail;

    protected AuditEvent() {}

    AuditEvent(
            Instant at,
            String kind,
            @Nullable UUID accountId,
            @Nullable UUID actorId,
            @Nullable String network,
            String detail) {
        this.at = at;
        this.kind = kind;
        this.accountId = accountId;
        this.actorId = actorId;
        this.network = network;
        this.detail = detail;
    }

    Instant at() {
        return at;
    }

    String kind() {
        return kind;
    }

    @Nullable
    UUID accountId() {
        return accountId;
    }

    @Nullable
    UUID actorId() {
        return actorId;
    }

    @Nullable
    String network() {
        return network;
    }

    String detail() {
        return detail;
    }
}
