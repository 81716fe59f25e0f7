package org.videowindow.portal.account;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Accounts in the database. */
public interface AccountRepository extends Repository<Account, UUID> {
    Account saveAndFlush(Account account);

    void delete(Account account);

    Optional<Account> findById(UUID id);

    Optional<Account> findByEmail(String email);

    /** Holds the account's row until the transaction ends, so that what is counted per account is counted exactly. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select a from Account a where a.id = :id")
    Optional<Account> lockById(UUID id);

    /** Administrators who can sign in. */
    long countByAdministratorTrueAndDisabledFalse();

    /**
     * Newest first.
     *
     * @param pattern for SQL's LIKE, in lower case, with ! before what is meant literally
     */
    @Query("""
            select a from Account a
            where lower(a.email) like :pattern escape '!' or lower(a.name) like :pattern escape '!'
            order by a.createdAt desc, a.id""")
    Page<Account> search(String pattern, Pageable page);
}
