package org.videowindow.portal.limit;

import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * What clients have used of their allowances, in the database, so that all instances of the portal count together. An
 * attempt is one statement that checks and counts at once: two at the same moment cannot both take the last one.
 */
@Repository
class RateLimitTable {
    /** Rows beyond this go, those first that have counted least: an attacker with very many addresses wins little. */
    static final int MOST_ROWS = 200_000;

    /** A database that needs longer for one row, in seconds, does not answer; the attempt is then refused. */
    private static final int PATIENCE = 2;

    private static final String ON_POSTGRESQL = """
            insert into rate_limit as old (bucket, used_until) values (?, ? + ?)
            on conflict (bucket) do update set used_until = greatest(old.used_until, ?) + ?
                where greatest(old.used_until, ?) + ? <= ? + ?""";

    private static final String ON_H2 = """
            merge into rate_limit old
            using (select cast(? as varchar) as bucket, cast(? as bigint) as moment, cast(? as bigint) as step,
                          cast(? as bigint) as width) new
            on old.bucket = new.bucket
            when matched and greatest(old.used_until, new.moment) + new.step <= new.moment + new.width
                then update set used_until = greatest(old.used_until, new.moment) + new.step
            when not matched then insert (bucket, used_until) values (new.bucket, new.moment + new.step)""";

    private final JdbcTemplate sql;
    private final boolean postgresql;

    RateLimitTable(JdbcTemplate shared, @Value("${spring.datasource.url}") String url) {
        this.sql = new JdbcTemplate(shared.getDataSource());
        this.sql.setQueryTimeout(PATIENCE);
        this.postgresql = url.startsWith("jdbc:postgresql:");
    }

    /** Takes one attempt, if one is left. */
    boolean take(String bucket, Allowance allowance, long now) {
        long step = allowance.step();
        long window = allowance.window();
        if (postgresql) {
            return sql.update(ON_POSTGRESQL, bucket, now, step, now, step, now, step, now, window) == 1;
        }
        try {
            return sql.update(ON_H2, bucket, now, step, window) == 1;
        } catch (DataIntegrityViolationException e) {
            // Another first attempt came in between; now there is a row to match.
            return sql.update(ON_H2, bucket, now, step, window) == 1;
        }
    }

    /** When the allowance will be whole again; empty when it is. */
    Optional<Long> usedUntil(String bucket) {
        return sql.queryForList("select used_until from rate_limit where bucket = ?", Long.class, bucket).stream()
                .findFirst();
    }

    void giveBack(String bucket, Allowance allowance) {
        sql.update("update rate_limit set used_until = used_until - ? where bucket = ?", allowance.step(), bucket);
    }

    /** Deletes what is whole again, what a wrong clock wrote, and what is too much. */
    int clean(long now, long window, int most) {
        int gone = sql.update("delete from rate_limit where used_until <= ? or used_until > ?", now, now + 2 * window);
        Integer left = sql.queryForObject("select count(*) from rate_limit", Integer.class);
        int tooMany = (left == null ? 0 : left) - most;
        if (tooMany > 0) {
            gone += sql.update(
                    "delete from rate_limit where bucket in "
                            + "(select bucket from rate_limit order by used_until fetch first ? rows only)",
                    tooMany);
        }
        return gone;
    }
}
