package org.videowindow.portal.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Sessions in the database. */
interface AccountSessionRepository extends Repository<AccountSession, String> {
    AccountSession save(AccountSession session);

    Optional<AccountSession> findById(String tokenHash);

    /** Newest first. */
    List<AccountSession> findByAccountIdOrderByCreatedAtDesc(UUID accountId, Limit limit);

    @Modifying
    @Query("delete from AccountSession s where s.tokenHash = :tokenHash")
    void delete(String tokenHash);

    @Modifying
    @Query("delete from AccountSession s where s.accountId = :accountId and s.createdAt < :before")
    void deleteOlder(UUID accountId, Instant before);

    @Modifying
    @Query("delete from AccountSession s where s.expiresAt <= :now")
    int deleteExpired(Instant now);

    @Modifying
    @Query("update AccountSession s set s.expiresAt = :expiresAt where s.tokenHash = :tokenHash")
    void extend(String tokenHash, Instant expiresAt);
}
