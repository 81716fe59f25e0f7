package org.videowindow.shard.openfire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jivesoftware.database.ConnectionProvider;

/**
 * Openfire's database: HSQLDB in memory, with the tables that the server's queries expect. Nothing of a shard has to
 * outlive its process. Opening a connection inside the process is cheap, so there is no pool. Made by Openfire from
 * {@code conf/openfire.xml}.
 */
public final class MemoryDatabase implements ConnectionProvider {
    private static final String URL = "jdbc:hsqldb:mem:openfire";
    private static final String USER = "sa";

    @Override
    public boolean isPooled() {
        return false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return DriverManager.getConnection(URL, USER, "");
    }

    @Override
    public void start() {
        try (Connection connection = getConnection();
                Statement statement = connection.createStatement()) {
            for (String command : schema().split(";\\s*\n")) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The tables could not be made", e);
        }
    }

    @Override
    public void restart() {}

    @Override
    public void destroy() {}

    private static String schema() {
        try (InputStream in = MemoryDatabase.class.getResourceAsStream("schema.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
