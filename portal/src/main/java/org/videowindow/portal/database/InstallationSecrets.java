package org.videowindow.portal.database;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Secrets that all instances of the portal on one database share. Whoever can read the database can read them: they
 * keep what leaks without it (a log, a single table) from being turned back.
 */
@Component
public final class InstallationSecrets {
    private final JdbcClient sql;
    private final Clock clock;

    InstallationSecrets(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The 32 bytes with a name; made when nobody has asked for them before. */
    public byte[] get(String name) {
        Optional<byte[]> known = find(name);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] made = new byte[32];
        new SecureRandom().nextBytes(made);
        try {
            sql.sql("insert into installation_secret (name, secret, created_at) values (?, ?, ?)")
                    .params(name, HexFormat.of().formatHex(made), Timestamps.parameter(Timestamps.now(clock)))
                    .update();
            return made;
        } catch (DataIntegrityViolationException e) {
            return find(name).orElseThrow(() -> e); // Another instance made it at the same moment.
        }
    }

    private Optional<byte[]> find(String name) {
        return sql.sql("select secret from installation_secret where name = ?")
                .param(name)
                .query(String.class)
                .optional()
                .map(HexFormat.of()::parseHex);
    }
}
