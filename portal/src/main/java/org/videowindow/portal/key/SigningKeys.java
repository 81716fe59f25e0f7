package org.videowindow.portal.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.database.Timestamps;

/**
 * The keys that sign tickets. The database has them; every instance of the portal reads them again each ten seconds,
 * makes the next one when it is due and deletes those whose tokens have all expired ({@link KeySchedule}). In between
 * they are in memory: shards get the public halves also while the database is away.
 *
 * <p>Read by request threads; tended by the scheduler's thread and by whoever asks for a new key.
 */
@Service
public class SigningKeys {
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private final SigningKeyTable table;
    private final Audit audit;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final KeySchedule schedule;
    private volatile List<SigningKey> keys = List.of();

    SigningKeys(
            SigningKeyTable table,
            Audit audit,
            TransactionOperations transactions,
            Clock clock,
            PortalProperties properties) {
        this.table = table;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
        this.schedule =
                new KeySchedule(properties.token().keyLife(), properties.token().life());
        tend();
    }

    /** The private key that signs now. */
    public ECKey signing() {
        return schedule.signing(keys, clock.instant()).pair();
    }

    /** The public halves of all keys. */
    JWKSet published() {
        return new JWKSet(keys.stream().<JWK>map(SigningKey::pair).toList()).toPublicJWKSet();
    }

    /**
     * Makes a key that takes over in a minute; while one is waiting to take over there is no need for another.
     *
     * @param actor the administrator who wants it
     * @return the key that comes next
     */
    synchronized SigningKey rotate(UUID actor) {
        List<SigningKey> all = table.all();
        Instant now = Timestamps.now(clock);
        if (!all.getLast().signsFrom().isAfter(now)) {
            add(all.getLast().generation() + 1, now, KeySchedule.AHEAD_ON_DEMAND, actor);
            all = table.all();
        }
        keys = all;
        return all.getLast();
    }

    @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT10S")
    void tendRegularly() {
        try {
            tend();
        } catch (DataAccessException e) {
            log.debug("The keys could not be read; those read before stay in use", e);
        }
    }

    synchronized void tend() {
        Instant now = Timestamps.now(clock);
        List<SigningKey> all = table.all();
        if (all.isEmpty()) {
            add(1, now, Duration.ZERO, null);
            all = table.all();
        } else if (schedule.nextIsDue(all, now)) {
            add(all.getLast().generation() + 1, now, KeySchedule.AHEAD, null);
            all = table.all();
        }
        List<SigningKey> spent = schedule.spent(all, now);
        for (SigningKey key : spent) {
            if (table.delete(key)) {
                log.info("Signing key {} is gone: all its tokens have expired", key.id());
            }
        }
        keys = all.stream().filter(key -> !spent.contains(key)).toList();
    }

    private void add(long generation, Instant now, Duration ahead, @Nullable UUID actor) {
        try {
            ECKey pair = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            boolean added = transactions.execute(status -> {
                boolean mine = table.add(new SigningKey(generation, pair, now, now.plus(ahead)));
                if (mine) {
                    audit.record(AuditKind.KEY_ROTATED, null, actor, pair.getKeyID());
                }
                return mine;
            });
            if (added) {
                log.info("Made signing key {}, which signs from {}", pair.getKeyID(), now.plus(ahead));
            }
        } catch (JOSEException e) {
            throw new IllegalStateException("No key on the curve P-256 can be made", e);
        }
    }
}
