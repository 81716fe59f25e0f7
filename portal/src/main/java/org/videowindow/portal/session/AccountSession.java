package org.videowindow.portal.session;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** One signed-in browser. The database knows only the hash of what the cookie carries. */
@Entity
public class AccountSession {
    @Id
    private String tokenHash;

    private UUID accountId;
    private Instant createdAt;
    private Instant expiresAt;

    protected AccountSession() {}

    AccountSession(String tokenHash, UUID accountId, Instant createdAt, Instant expiresAt) {
        this.tokenHash = tokenHash;
        this.accountId = accountId;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    String tokenHash() {
        return tokenHash;
    }

    UUID accountId() {
        return accountId;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }
}
