package org.videowindow.portal.verification;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Links in the database. */
interface MailTokenRepository extends Repository<MailToken, String> {
    MailToken save(MailToken token);

    Optional<MailToken> findById(String tokenHash);

    long countByAccountIdAndCreatedAtAfter(UUID accountId, Instant after);

    /** Answers how many there were: of two at the same moment only one gets 1. */
    @Modifying
    @Query("delete from MailToken t where t.tokenHash = :tokenHash")
    int take(String tokenHash);

    @Modifying
    @Query("delete from MailToken t where t.accountId = :accountId")
    void deleteAll(UUID accountId);

    @Modifying
    @Query("delete from MailToken t where t.expiresAt <= :now")
    void deleteExpired(Instant now);
}
