package org.videowindow.portal.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * The keys that sign tickets. The newest key in the database signs; all of them are published, so a token stays valid
 * when a newer key takes over. Makes the first key itself. The key for signing is read again every minute, since
 * another instance of the portal may have added one. Called by request threads.
 */
@Service
public class SigningKeys {
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration READ_AGAIN = Duration.ofMinutes(1);

    private final SigningKeyRepository keys;
    private final Clock clock;
    private volatile @Nullable Current current;

    private record Current(ECKey key, Instant readAt) {}

    SigningKeys(SigningKeyRepository keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        if (keys.findAllByOrderByCreatedAtDescKeyIdAsc().isEmpty()) {
            add();
        }
    }

    /** The private key that signs now. */
    public ECKey signing() {
        Current known = current;
        Instant now = clock.instant();
        if (known == null || known.readAt().plus(READ_AGAIN).isBefore(now)) {
            SigningKey newest = keys.findAllByOrderByCreatedAtDescKeyIdAsc().getFirst();
            known = new Current(parse(newest).toECKey(), now);
            current = known;
        }
        return known.key();
    }

    /** The public halves of all keys. */
    JWKSet published() {
        List<JWK> all = keys.findAllByOrderByCreatedAtDescKeyIdAsc().stream()
                .map(SigningKeys::parse)
                .toList();
        return new JWKSet(all).toPublicJWKSet();
    }

    private void add() {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            keys.save(new SigningKey(
                    key.getKeyID(),
                    JWSAlgorithm.ES256.getName(),
                    key.toJSONString(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS)));
            log.info("Made signing key {}", key.getKeyID());
        } catch (JOSEException e) {
            throw new IllegalStateException("No key on the curve P-256 can be made", e);
        }
    }

    private static JWK parse(SigningKey row) {
        try {
            return JWK.parse(row.privateJwk());
        } catch (ParseException e) {
            throw new IllegalStateException("The signing key " + row.keyId() + " in the database cannot be read", e);
        }
    }
}
