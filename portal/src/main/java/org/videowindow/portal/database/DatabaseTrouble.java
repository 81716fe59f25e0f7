package org.videowindow.portal.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a database that does not answer (in time) from a mistake of ours. Pure. */
public final class DatabaseTrouble {
    /**
     * Classes of SQLSTATE (ISO 9075, PostgreSQL's appendix A) that speak of the database's condition and not of the
     * statement: connection, resources, intervention of an operator, system.
     */
    private static final List<String> STATES = List.of("08", "53", "57", "58", "90", "HYT");

    private DatabaseTrouble() {}

    /** Whether a failure goes back to a database that is away, too slow, full or starting. */
    public static boolean isBehind(@Nullable Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 30; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException) {
                return true; // The pool has no connection.
            }
            if (cause instanceof SQLException sql && speaksOfCondition(sql.getSQLState())) {
                return true;
            }
            depth++;
        }
        return false;
    }

    private static boolean speaksOfCondition(@Nullable String state) {
        return state != null && STATES.stream().anyMatch(state::startsWith);
    }
}
