package org.videowindow.portal.session;

import static org.videowindow.portal.database.Timestamps.parameter;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sessions in the database; each method is one statement. */
@Repository
class SessionTable {
    private final JdbcClient sql;

    SessionTable(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<SessionRow> find(UUID id) {
        return sql.sql("select * from account_session where id = ?")
                .param(id)
                .query(SessionRow::read)
                .optional();
    }

    void insert(
            UUID id, UUID account, Instant now, String accessHash, Instant until, String refreshHash, Instant expires) {
        sql.sql("""
                        insert into account_session
                            (id, account_id, signed_in_at, access_hash, access_expires_at, refresh_hash, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(id, account, parameter(now), accessHash, parameter(until), refreshHash, parameter(expires))
                .update();
    }

    /**
     * Puts a session's next tokens into the place of its present ones, if the refresh token is still the newest.
     *
     * @return false when somebody else was faster
     */
    boolean rotate(
            UUID id,
            String spent,
            String refreshHash,
            String salt,
            String accessHash,
            Instant until,
            Instant now,
            Instant expires) {
        return sql.sql("""
                                update account_session set
                                    previous_access_hash = access_hash,
                                    previous_access_expires_at = access_expires_at,
                                    access_hash = ?, access_expires_at = ?,
                                    previous_refresh_hash = refresh_hash,
                                    refresh_hash = ?, successor_salt = ?, refreshed_at = ?, expires_at = ?
                                where id = ? and refresh_hash = ?""")
                        .params(
                                accessHash,
                                parameter(until),
                                refreshHash,
                                salt,
                                parameter(now),
                                parameter(expires),
                                id,
                                spent)
                        .update()
                == 1;
    }

    boolean delete(UUID id) {
        return sql.sql("delete from account_session where id = ?").param(id).update() == 1;
    }

    int deleteOf(UUID account) {
        return sql.sql("delete from account_session where account_id = ?")
                .param(account)
                .update();
    }

    int deleteOthersOf(UUID account, UUID kept) {
        return sql.sql("delete from account_session where account_id = ? and id <> ?")
                .params(account, kept)
                .update();
    }

    /** Deletes an account's sessions except for so many that began last. */
    void deleteOldest(UUID account, int kept) {
        sql.sql("""
                        delete from account_session where account_id = ? and id not in (
                            select id from account_session where account_id = ?
                            order by signed_in_at desc, id fetch first %d rows only)""".formatted(kept)).params(account, account).update();
    }

    int deleteExpired(Instant now) {
        return sql.sql("delete from account_session where expires_at <= ?")
                .param(parameter(now))
                .update();
    }
}
