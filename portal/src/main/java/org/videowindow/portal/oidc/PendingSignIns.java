package org.videowindow.portal.oidc;

import static org.videowindow.portal.database.Timestamps.parameter;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.videowindow.portal.database.Timestamps;

/** Sign-ins under way, in the database: the provider may send the browser back to any instance of the portal. */
@Repository
class PendingSignIns {
    /** How long people may take at the provider. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private final JdbcClient sql;
    private final Clock clock;

    PendingSignIns(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    void add(String stateHash, PendingSignIn pending) {
        sql.sql("""
                        insert into oidc_sign_in
                            (state_hash, provider, browser_hash, nonce, verifier, return_path, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        stateHash,
                        pending.provider(),
                        pending.browserHash(),
                        pending.nonce(),
                        pending.verifier(),
                        pending.returnPath(),
                        parameter(Timestamps.now(clock).plus(LIFE)))
                .update();
    }

    /** Takes a sign-in out: each state works once, whatever comes of it. */
    @Transactional
    public Optional<PendingSignIn> take(String stateHash) {
        Optional<PendingSignIn> found = sql.sql("select * from oidc_sign_in where state_hash = ? and expires_at > ?")
                .params(stateHash, parameter(Timestamps.now(clock)))
                .query((row, number) -> new PendingSignIn(
                        row.getString("provider"),
                        row.getString("browser_hash"),
                        row.getString("nonce"),
                        row.getString("verifier"),
                        row.getString("return_path")))
                .optional();
        int taken = sql.sql("delete from oidc_sign_in where state_hash = ?")
                .param(stateHash)
                .update();
        return taken == 1 ? found : Optional.empty();
    }

    @Scheduled(initialDelayString = "PT13M", fixedDelayString = "PT15M")
    void forgetExpired() {
        sql.sql("delete from oidc_sign_in where expires_at <= ?")
                .param(parameter(Timestamps.now(clock)))
                .update();
    }
}
