package org.videowindow.portal.account;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person who has signed up. The e-mail address is in the form of {@link EmailAddress} and unique. */
@Entity
public class Account {
    @Id
    private UUID id;

    private String email;
    private String name;
    private String passwordHash;
    private Instant createdAt;
    private boolean administrator;
    private boolean disabled;
    private boolean emailVerified;
    private @Nullable Instant lastSignInAt;

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

    void name(String newName) {
        name = newName;
    }

    /** Gives the account another address, which somebody has shown to be theirs. */
    void verifiedEmail(String address) {
        email = address;
        emailVerified = true;
    }

    /** Empty where the account has no password here: its owner signs in at a provider. */
    String passwordHash() {
        return passwordHash;
    }

    /** Whether the account can be signed in to with a password. */
    public boolean hasPassword() {
        return !passwordHash.isEmpty();
    }

    void passwordHash(String hash) {
        passwordHash = hash;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Whether the account may do what is below /api/v1/admin. */
    public boolean administrator() {
        return administrator;
    }

    void administrator(boolean may) {
        administrator = may;
    }

    /** A disabled account cannot sign in. */
    public boolean disabled() {
        return disabled;
    }

    void disabled(boolean now) {
        disabled = now;
    }

    /** Whether somebody with access to the mailbox has confirmed the address. */
    public boolean emailVerified() {
        return emailVerified;
    }

    /** Null before the first. */
    public @Nullable Instant lastSignInAt() {
        return lastSignInAt;
    }

    void lastSignInAt(Instant at) {
        lastSignInAt = at;
    }
}
