package org.videowindow.portal.key;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.videowindow.portal.database.Timestamps;

/**
 * Signing keys in the database, as private JWKs (RFC 7517) in clear: whoever reads this table can make tickets, as can
 * whoever reads the memory of a portal.
 */
@Repository
class SigningKeyTable {
    private final JdbcClient sql;

    SigningKeyTable(JdbcClient sql) {
        this.sql = sql;
    }

    /** All keys in the order of their generations. */
    List<SigningKey> all() {
        return sql.sql("select * from signing_key order by generation")
                .query(SigningKeyTable::read)
                .list();
    }

    /**
     * Adds a key.
     *
     * @return false when there is one of its generation already
     */
    boolean add(SigningKey key) {
        try {
            sql.sql("""
                            insert into signing_key (key_id, algorithm, private_jwk, created_at, generation, signs_from)
                            values (?, ?, ?, ?, ?, ?)""")
                    .params(
                            key.id(),
                            JWSAlgorithm.ES256.getName(),
                            key.pair().toJSONString(),
                            Timestamps.parameter(key.createdAt()),
                            key.generation(),
                            Timestamps.parameter(key.signsFrom()))
                    .update();
            return true;
        } catch (DataIntegrityViolationException e) {
            return false;
        }
    }

    /** Deletes a key for good. */
    boolean delete(SigningKey key) {
        return sql.sql("delete from signing_key where key_id = ?")
                        .param(key.id())
                        .update()
                == 1;
    }

    private static SigningKey read(ResultSet row, int number) throws SQLException {
        try {
            return new SigningKey(
                    row.getLong("generation"),
                    ECKey.parse(row.getString("private_jwk")),
                    Objects.requireNonNull(Timestamps.read(row, "created_at")),
                    Objects.requireNonNull(Timestamps.read(row, "signs_from")));
        } catch (ParseException e) {
            throw new IllegalStateException(
                    "The signing key " + row.getString("key_id") + " in the database cannot be read", e);
        }
    }
}
