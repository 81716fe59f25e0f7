package org.videowindow.portal.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Opens connections for the pool, and while the database is away tries four times a second until it is back. The pool
 * itself would wait longer after each failure, up to five seconds, in which a database that is back goes unnoticed.
 * Before the first connection nothing is tried again: a start with a wrong address fails. Called by the pool's thread
 * that adds connections; requests meanwhile wait in the pool, no longer than its connection timeout.
 */
final class ReturningDataSource extends DelegatingDataSource {
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    /** Then the pool gets the failure and begins anew: it may have been closed meanwhile. */
    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

    private volatile boolean connectedBefore;

    ReturningDataSource(DataSource driver) {
        super(driver);
    }

    private interface Attempt {
        Connection open() throws SQLException;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return open(super::getConnection);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return open(() -> super.getConnection(username, password));
    }

    private Connection open(Attempt attempt) throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            try {
                Connection connection = attempt.open();
                connectedBefore = true;
                return connection;
            } catch (SQLException e) {
                boolean again = connectedBefore
                        && DatabaseTrouble.isBehind(e)
                        && System.nanoTime() - begun < LONGEST_NANOS
                        && !Thread.currentThread().isInterrupted();
                if (!again) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
