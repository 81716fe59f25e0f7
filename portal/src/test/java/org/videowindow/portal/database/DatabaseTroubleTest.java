package org.videowindow.portal.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTroubleTest {
    @ParameterizedTest
    @CsvSource({
        "08006, true", // the connection broke
        "08001, true", // nobody listens
        "57P01, true", // the server shuts down
        "57P03, true", // the server starts up
        "57014, true", // the statement took too long
        "53300, true", // too many connections
        "53100, true", // the disk is full
        "90098, true", // H2: the database has been closed
        "HYT00, true", // H2: a lock took too long
        "23505, false", // a value is there already
        "42P01, false", // no such table
        "22001, false" // too long
    })
    void theStateTells(String state, boolean trouble) {
        Exception failure = new IllegalStateException(new SQLException("x", state));
        assertThat(DatabaseTrouble.isBehind(failure)).isEqualTo(trouble);
    }

    @Test
    void aPoolWithoutConnectionsIsTrouble() {
        assertThat(DatabaseTrouble.isBehind(new SQLTransientConnectionException("no connection")))
                .isTrue();
    }

    @Test
    void otherFailuresAreNot() {
        assertThat(DatabaseTrouble.isBehind(null)).isFalse();
        assertThat(DatabaseTrouble.isBehind(new IllegalStateException("x"))).isFalse();
        assertThat(DatabaseTrouble.isBehind(new SQLException("x"))).isFalse();
    }
}
