package org.videowindow.portal.account;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A person who has signed up. The e-mail address is in the form of {@link EmailAddress} and unique. */
@Entity
public class Account {
    @Id
    private UUID id;

    private String email;
    private String name;
    private String passwordHash;
    private Instant createdAt;

    protected Account() {}

    Account(UUID id, String email, String name, String passwordHash, Instant createdAt) {
        this.id = id;
        this.email = email;
        this.name = name;
        this.passwordHash = passwordHash;
        this.createdAt = createdAt;
    }

    public UUID id() {
        return id;
    }

    public String email() {
        return email;
    }

    public String name() {
        return name;
    }

    String passwordHash() {
        return passwordHash;
    }

    void passwordHash(String hash) {
        passwordHash = hash;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
