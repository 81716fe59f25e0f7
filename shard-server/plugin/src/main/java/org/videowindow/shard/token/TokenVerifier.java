package org.videowindow.shard.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.videowindow.shard.config.ShardSettings.TokenRules;

/**
 * Turns the text of a join token into {@link Claims}, or says why not. Stateless but for the keys; may be called by many
 * threads. Follows RFC 8725: only the three algorithms the portal uses, the key's type must fit the algorithm, and
 * nothing in the token's header says where a key comes from.
 */
@SuppressWarnings("JavaUtilDate") // the JWT library speaks in Dates
public final class TokenVerifier {
    private static final int MAX_KEY_ID = 128;
    private static final int MIN_RSA_BITS = 2048;
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

    private final TokenRules rules;
    private final String domain;
    private final Keys keys;

    /**
     * Makes a verifier.
     *
     * @param rules what a token must look like
     * @param domain XMPP domain that {@code sub} must name
     * @param keys where keys are found
     */
    public TokenVerifier(TokenRules rules, String domain, Keys keys) {
        this.rules = rules;
        this.domain = domain;
        this.keys = keys;
    }

    /**
     * Verifies a token.
     *
     * @param account the name its bearer signs in with, which must be the token's id
     * @param token compact serialisation (RFC 7515, 7.1)
     * @param now current time
     */
    public Claims verify(String account, String token, Instant now) throws TokenRefusedException {
        if (token.length() > rules.maxLength()) {
            throw new TokenRefusedException(Refusal.TOO_LONG);
        }
        SignedJWT jwt = parse(token);
        checkHeader(jwt.getHeader());
        checkSignature(jwt, key(jwt.getHeader()));
        JWTClaimsSet set = claimsSet(jwt);
        checkWhoAndWhen(set, now);
        Claims claims = ClaimsReader.read(set);
        if (!claims.account().equals(account)) {
            throw new TokenRefusedException(Refusal.ACCOUNT);
        }
        if ("*".equals(claims.room()) && !rules.anyRoom()) {
            throw new TokenRefusedException(Refusal.ROOM);
        }
        return claims;
    }

    private static SignedJWT parse(String token) throws TokenRefusedException {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | RuntimeException e) {
            // An unsecured token (alg none) is no signed one and ends here, too.
            throw new TokenRefusedException(Refusal.MALFORMED);
        }
    }

    private static void checkHeader(JWSHeader header) throws TokenRefusedException {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw new TokenRefusedException(Refusal.ALGORITHM);
        }
        boolean foreign = header.getJWKURL() != null
                || header.getJWK() != null
                || header.getX509CertURL() != null
                || header.getX509CertChain() != null
                || header.getCriticalParams() != null;
        if (foreign) {
            throw new TokenRefusedException(Refusal.HEADER);
        }
    }

    private JWK key(JWSHeader header) throws TokenRefusedException {
        String id = header.getKeyID();
        if (id == null || id.isEmpty() || id.length() > MAX_KEY_ID) {
            throw new TokenRefusedException(Refusal.UNKNOWN_KEY);
        }
        Optional<JWK> key = keys.find(id);
        if (key.isEmpty() || !fits(key.get(), header.getAlgorithm())) {
            throw new TokenRefusedException(Refusal.UNKNOWN_KEY);
        }
        return key.get();
    }

    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())) {
            return false;
        }
        if (key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm.getName())) {
            return false;
        }
        if (JWSAlgorithm.RS256.equals(algorithm)) {
            return key instanceof RSAKey && key.size() >= MIN_RSA_BITS;
        }
        if (JWSAlgorithm.ES256.equals(algorithm)) {
            return key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve());
        }
        return key instanceof OctetKeyPair okp && Curve.Ed25519.equals(okp.getCurve());
    }

    private static void checkSignature(SignedJWT jwt, JWK key) throws TokenRefusedException {
        boolean good;
        try {
            good = jwt.verify(verifier(key));
        } catch (JOSEException | RuntimeException e) {
            good = false;
        }
        if (!good) {
            throw new TokenRefusedException(Refusal.SIGNATURE);
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa);
        }
        if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec);
        }
        return new Ed25519Signatures((OctetKeyPair) key);
    }

    private static JWTClaimsSet claimsSet(SignedJWT jwt) throws TokenRefusedException {
        try {
            return jwt.getJWTClaimsSet();
        } catch (ParseException | RuntimeException e) {
            throw new TokenRefusedException(Refusal.MALFORMED);
        }
    }

    private void checkWhoAndWhen(JWTClaimsSet set, Instant now) throws TokenRefusedException {
        if (!rules.issuer().equals(set.getIssuer())) {
            throw new TokenRefusedException(Refusal.ISSUER);
        }
        if (!set.getAudience().contains(rules.audience())) {
            throw new TokenRefusedException(Refusal.AUDIENCE);
        }
        if (!domain.equals(set.getSubject())) {
            throw new TokenRefusedException(Refusal.SUBJECT);
        }
        Date end = set.getExpirationTime();
        if (end == null || !end.toInstant().plus(rules.clockSkew()).isAfter(now)) {
            throw new TokenRefusedException(Refusal.EXPIRED);
        }
        Date start = set.getNotBeforeTime();
        if (start != null && start.toInstant().minus(rules.clockSkew()).isAfter(now)) {
            throw new TokenRefusedException(Refusal.NOT_YET);
        }
    }
}
