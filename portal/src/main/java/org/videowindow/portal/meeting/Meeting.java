package org.videowindow.portal.meeting;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.videowindow.portal.account.Account;

/** A meeting that can be held again and again in its room. */
@Entity
public class Meeting {
    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    private String room;
    private String name;
    private UUID ownerId;
    private boolean guestsAllowed;
    private Instant createdAt;

    @ManyToMany(fetch = FetchType.LAZY)
    @JoinTable(
            name = "meeting_moderator",
            joinColumns = @JoinColumn(name = "meeting_id"),
            inverseJoinColumns = @JoinColumn(name = "account_id"))
    private Set<Account> moderators = new HashSet<>();

    protected Meeting() {}

    Meeting(UUID id, String room, String name, UUID ownerId, Instant createdAt) {
        this.id = id;
        this.room = room;
        this.name = name;
        this.ownerId = ownerId;
        this.guestsAllowed = true;
        this.createdAt = createdAt;
    }

    public UUID id() {
        return id;
    }

    long version() {
        return version == null ? 0 : version;
    }

    public String room() {
        return room;
    }

    public String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    public boolean guestsAllowed() {
        return guestsAllowed;
    }

    void allowGuests(boolean allowed) {
        guestsAllowed = allowed;
    }

    Instant createdAt() {
        return createdAt;
    }

    Set<Account> moderators() {
        return moderators;
    }

    Optional<Account> moderator(UUID accountId) {
        return moderators.stream()
                .filter(account -> account.id().equals(accountId))
                .findFirst();
    }

    /**
     * The role of whoever asks.
     *
     * @param accountId the signed-in account; null for somebody who is not signed in
     */
    public Role roleOf(@Nullable UUID accountId) {
        if (accountId == null) {
            return Role.GUEST;
        }
        if (accountId.equals(ownerId)) {
            return Role.OWNER;
        }
        return moderator(accountId).isPresent() ? Role.MODERATOR : Role.MEMBER;
    }
}
