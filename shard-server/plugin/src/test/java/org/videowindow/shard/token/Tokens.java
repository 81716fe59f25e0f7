package org.videowindow.shard.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.videowindow.shard.config.ShardSettings.TokenRules;

/** Keys of a portal and tokens made with them. */
@SuppressWarnings("JavaUtilDate") // the JWT library speaks in Dates
final class Tokens {
    static final String DOMAIN = "meet.test.local";
    static final String ACCOUNT = "0f8fad5b-d9cb-469f-a165-70867728950e";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final TokenRules RULES = new TokenRules("video-window", "video-window", Duration.ofSeconds(30), 8192, false);

    static final ECKey EC = ec("ec");
    static final RSAKey RSA = rsa("rsa", 2048);
    static final RSAKey SHORT_RSA = rsa("short-rsa", 1024);
    static final KeyPair EDWARDS = edwards();
    static final OctetKeyPair ED = edwardsJwk("ed");

    private Tokens() {}

    static Keys keys() {
        List<JWK> published = List.of(EC.toPublicJWK(), RSA.toPublicJWK(), SHORT_RSA.toPublicJWK(), ED);
        return id -> published.stream().filter(key -> key.getKeyID().equals(id)).findFirst();
    }

    static TokenVerifier verifier() {
        return new TokenVerifier(RULES, DOMAIN, keys());
    }

    static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("video-window")
                .audience("video-window")
                .subject(DOMAIN)
                .jwtID(ACCOUNT)
                .claim("room", "abc-defg-hij")
                .issueTime(Date.from(NOW))
                .notBeforeTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(600)))
                .claim(
                        "context",
                        Map.of("user", user(), "features", Map.of("screen-sharing", true, "recording", "false")));
    }

    static Map<String, Object> user() {
        return Map.of(
                "id",
                "u1",
                "name",
                "Ada",
                "email",
                "ada@example.org",
                "affiliation",
                "owner",
                "moderator",
                true,
                "guest",
                false);
    }

    static String es256(JWTClaimsSet claims) {
        return sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), claims, signer(EC));
    }

    static String rs256(JWTClaimsSet claims, RSAKey key) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims, signer(key));
    }

    static String edDsa(JWTClaimsSet claims) {
        try {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("ed").build();
            String signed = header.toBase64URL() + "." + claims.toPayload().toBase64URL();
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(EDWARDS.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static JWSSigner signer(JWK key) {
        try {
            // RSASSASigner wants 2048 bits; one of ours is shorter on purpose.
            return key instanceof ECKey ec
                    ? new ECDSASigner(ec)
                    : new RSASSASigner(((RSAKey) key).toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static Optional<Refusal> refusal(String account, String token) {
        try {
            verifier().verify(account, token, NOW);
            return Optional.empty();
        } catch (TokenRefusedException e) {
            return Optional.of(e.reason());
        }
    }

    private static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey rsa(String id, int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair edwards() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OctetKeyPair edwardsJwk(String id) {
        // The last 32 bytes of the X.509 form are the key (RFC 8410, 4).
        byte[] encoded = ((EdECPublicKey) EDWARDS.getPublic()).getEncoded();
        byte[] raw = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw))
                .keyID(id)
                .build();
    }
}
