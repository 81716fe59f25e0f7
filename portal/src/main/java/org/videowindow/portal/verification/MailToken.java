package org.videowindow.portal.verification;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A link that was sent. The database knows only the hash of what it carries. */
@Entity
public class MailToken {
    @Id
    private String tokenHash;

    private String purpose;
    private UUID accountId;
    private String email;
    private Instant createdAt;
    private Instant expiresAt;

    protected MailToken() {}

    MailToken(String tokenHash, String purpose, UUID accountId, String email, Instant createdAt, Instant expiresAt) {
        this.tokenHash = tokenHash;
        this.purpose = purpose;
        this.accountId = accountId;
        this.email = email;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    String tokenHash() {
        return tokenHash;
    }

    String purpose() {
        return purpose;
    }

    UUID accountId() {
        return accountId;
    }

    String email() {
        return email;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }
}
