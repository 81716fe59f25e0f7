package org.videowindow.portal.database;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The database that tests run on: H2 in memory or, with {@code -Dportal.test.database=postgresql}, a real PostgreSQL.
 * The build runs every test with the tag {@code database} on both.
 */
public final class TestDatabase {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestDatabase() {}

    /** Whether this run is the one on PostgreSQL. */
    public static boolean isPostgresql() {
        String chosen = System.getProperty("portal.test.database", "h2");
        return switch (chosen) {
            case "h2" -> false;
            case "postgresql" -> true;
            default -> throw new IllegalStateException("portal.test.database is h2 or postgresql, not " + chosen);
        };
    }

    /** The JDBC address of a new, empty database; its user is portal, without a password. */
    public static String newUrl() {
        return isPostgresql()
                ? PostgresServer.shared().newDatabase()
                : "jdbc:h2:mem:portal-" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
    }
}
