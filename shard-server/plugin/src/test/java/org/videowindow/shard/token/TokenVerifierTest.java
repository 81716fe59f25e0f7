package org.videowindow.shard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.shard.token.Tokens.ACCOUNT;
import static org.videowindow.shard.token.Tokens.NOW;
import static org.videowindow.shard.token.Tokens.claims;
import static org.videowindow.shard.token.Tokens.es256;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 7519 and RFC 8725: which tokens are taken and why the others are not. */
@SuppressWarnings("JavaUtilDate") // the JWT library speaks in Dates
class TokenVerifierTest {
    @Test
    void claimsOfAGoodTokenAreRead() throws Exception {
        Claims claims = Tokens.verifier().verify(ACCOUNT, es256(claims().build()), NOW);
        assertThat(claims.account()).isEqualTo(ACCOUNT);
        assertThat(claims.endpointId()).isEqualTo("0f8fad5b");
        assertThat(claims.room()).isEqualTo("abc-defg-hij");
        assertThat(claims.user()).isEqualTo(new Claims.User("u1", "Ada", "ada@example.org", "", true, false));
        assertThat(claims.features()).containsOnly(Map.entry("screen-sharing", true), Map.entry("recording", false));
        assertThat(claims.opens("abc-defg-hij")).isTrue();
        assertThat(claims.opens("abc-defg-hik")).isFalse();
    }

    static Stream<Arguments> good() {
        JWTClaimsSet plain = claims().build();
        return Stream.of(
                Arguments.of("ES256", es256(plain)),
                Arguments.of("RS256", Tokens.rs256(plain, Tokens.RSA)),
                Arguments.of("EdDSA", Tokens.edDsa(plain)),
                Arguments.of(
                        "several audiences",
                        es256(claims().audience(List.of("a", "video-window")).build())),
                Arguments.of("no nbf", es256(claims().notBeforeTime(null).build())),
                Arguments.of(
                        "expired within the skew",
                        es256(claims().expirationTime(in(-29)).build())),
                Arguments.of(
                        "valid within the skew",
                        es256(claims().notBeforeTime(in(30)).build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void isTaken(String what, String token) {
        assertThat(Tokens.refusal(ACCOUNT, token)).as(what).isEmpty();
    }

    static Stream<Arguments> bad() throws Exception {
        JWTClaimsSet plain = claims().build();
        String taken = es256(plain);
        String[] parts = taken.split("\\.");
        return Stream.of(
                bad(Refusal.MALFORMED, "empty", ""),
                bad(Refusal.MALFORMED, "no JWT", "hello"),
                bad(Refusal.MALFORMED, "only dots", ".."),
                bad(Refusal.MALFORMED, "alg none", new PlainJWT(plain).serialize()),
                bad(Refusal.MALFORMED, "alg none with a signature", none(plain) + "." + parts[2]),
                bad(Refusal.MALFORMED, "no signature", parts[0] + "." + parts[1] + "."),
                bad(Refusal.ALGORITHM, "HMAC with the public key", hmac(plain)),
                bad(Refusal.ALGORITHM, "ES384", header("{\"alg\":\"ES384\",\"kid\":\"ec\"}", parts)),
                bad(Refusal.ALGORITHM, "PS256", header("{\"alg\":\"PS256\",\"kid\":\"rsa\"}", parts)),
                bad(Refusal.UNKNOWN_KEY, "no key id", withHeader(new JWSHeader.Builder(JWSAlgorithm.ES256))),
                bad(Refusal.UNKNOWN_KEY, "unknown key id", withHeader(es().keyID("other"))),
                bad(Refusal.UNKNOWN_KEY, "key id of a path", withHeader(es().keyID("../../ec"))),
                bad(Refusal.UNKNOWN_KEY, "long key id", withHeader(es().keyID("k".repeat(129)))),
                bad(Refusal.UNKNOWN_KEY, "key of another type", header("{\"alg\":\"ES256\",\"kid\":\"rsa\"}", parts)),
                bad(Refusal.UNKNOWN_KEY, "key of another type", header("{\"alg\":\"EdDSA\",\"kid\":\"ec\"}", parts)),
                bad(Refusal.UNKNOWN_KEY, "short RSA key", Tokens.rs256(plain, Tokens.SHORT_RSA)),
                bad(Refusal.HEADER, "jku", withHeader(es().keyID("ec").jwkURL(URI.create("http://evil.test/")))),
                bad(Refusal.HEADER, "jwk", withHeader(es().keyID("ec").jwk(Tokens.EC.toPublicJWK()))),
                bad(Refusal.HEADER, "x5u", withHeader(es().keyID("ec").x509CertURL(URI.create("http://evil.test/")))),
                bad(
                        Refusal.SIGNATURE,
                        "changed claims",
                        parts[0] + "." + payload(claims().claim("room", "x")) + "." + parts[2]),
                bad(
                        Refusal.SIGNATURE,
                        "ES256 signature of zeros",
                        parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64])),
                bad(
                        Refusal.SIGNATURE,
                        "short signature",
                        parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[10])),
                bad(Refusal.SIGNATURE, "changed EdDSA", withOtherSignature(Tokens.edDsa(plain))),
                bad(Refusal.TOO_LONG, "100 KB", taken + "A".repeat(100_000)),
                bad(
                        Refusal.ISSUER,
                        "other issuer",
                        es256(claims().issuer("evil").build())),
                bad(Refusal.ISSUER, "no issuer", es256(claims().issuer(null).build())),
                bad(
                        Refusal.AUDIENCE,
                        "other audience",
                        es256(claims().audience("evil").build())),
                bad(
                        Refusal.AUDIENCE,
                        "no audience",
                        es256(claims().audience((String) null).build())),
                bad(
                        Refusal.SUBJECT,
                        "other domain",
                        es256(claims().subject("evil.test").build())),
                bad(
                        Refusal.EXPIRED,
                        "expired",
                        es256(claims().expirationTime(in(-30)).build())),
                bad(
                        Refusal.EXPIRED,
                        "without end",
                        es256(claims().expirationTime(null).build())),
                bad(
                        Refusal.NOT_YET,
                        "from the future",
                        es256(claims().notBeforeTime(in(31)).build())),
                bad(
                        Refusal.MALFORMED,
                        "exp as text",
                        es256(claims().claim("exp", "soon").build())),
                bad(
                        Refusal.ROOM,
                        "every room",
                        es256(claims().claim("room", "*").build())),
                bad(Refusal.ROOM, "no room", es256(claims().claim("room", null).build())),
                bad(
                        Refusal.ROOM,
                        "upper case",
                        es256(claims().claim("room", "Abc").build())),
                bad(
                        Refusal.ROOM,
                        "another domain's room",
                        es256(claims().claim("room", "a@b").build())),
                bad(
                        Refusal.ROOM,
                        "room with a slash",
                        es256(claims().claim("room", "a/b").build())),
                bad(
                        Refusal.ROOM,
                        "room with a space",
                        es256(claims().claim("room", "a b").build())),
                bad(
                        Refusal.ROOM,
                        "room as list",
                        es256(claims().claim("room", List.of("a")).build())),
                bad(
                        Refusal.ROOM,
                        "long room",
                        es256(claims().claim("room", "a".repeat(201)).build())),
                bad(Refusal.ACCOUNT, "no id", es256(claims().jwtID(null).build())),
                bad(
                        Refusal.ACCOUNT,
                        "id of a service",
                        es256(claims().jwtID("focus").build())),
                bad(
                        Refusal.ACCOUNT,
                        "another account's id",
                        es256(claims().jwtID("11111111-d9cb-469f-a165-70867728950e")
                                .build())),
                bad(
                        Refusal.ACCOUNT,
                        "upper-case id",
                        es256(claims().jwtID(ACCOUNT.toUpperCase(java.util.Locale.ROOT))
                                .build())),
                bad(
                        Refusal.USER,
                        "no context",
                        es256(claims().claim("context", null).build())),
                bad(
                        Refusal.USER,
                        "context as text",
                        es256(claims().claim("context", "x").build())),
                bad(Refusal.USER, "no name", es256(withUser("name", ""))),
                bad(Refusal.USER, "name as number", es256(withUser("name", 7))));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("bad")
    void isRefused(Refusal reason, String what, String token) {
        assertThat(Tokens.refusal(ACCOUNT, token)).as(what).contains(reason);
    }

    @Test
    void namesAreMadeFitForXmlAndAScreen() throws Exception {
        Claims claims = Tokens.verifier()
                .verify(ACCOUNT, es256(withUser("name", " A\u0000d\u2028a\uFFFF " + "x".repeat(200))), NOW);
        assertThat(claims.user().name()).startsWith("Ada x").hasSize(100);
    }

    @Test
    void roomOfAllIsTakenWhereAllowed() throws Exception {
        var rules = new org.videowindow.shard.config.ShardSettings.TokenRules(
                "video-window", "video-window", Tokens.RULES.clockSkew(), 8192, true);
        Claims claims = new TokenVerifier(rules, Tokens.DOMAIN, Tokens.keys())
                .verify(ACCOUNT, es256(claims().claim("room", "*").build()), NOW);
        assertThat(claims.opens("anything")).isTrue();
    }

    private static Arguments bad(Refusal reason, String what, String token) {
        return Arguments.of(reason, what, token);
    }

    private static String withOtherSignature(String token) {
        int at = token.lastIndexOf('.') + 1;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }

    private static Date in(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static JWSHeader.Builder es() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256);
    }

    private static String withHeader(JWSHeader.Builder header) {
        return Tokens.sign(header.build(), claims().build(), Tokens.signer(Tokens.EC));
    }

    private static String header(String json, String[] parts) {
        return Base64URL.encode(json) + "." + parts[1] + "." + parts[2];
    }

    private static String none(JWTClaimsSet claims) {
        return Base64URL.encode("{\"alg\":\"none\"}") + "." + claims.toPayload().toBase64URL();
    }

    private static String payload(JWTClaimsSet.Builder claims) {
        return claims.build().toPayload().toBase64URL().toString();
    }

    private static String hmac(JWTClaimsSet claims) throws Exception {
        byte[] secret = Tokens.EC.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8);
        return Tokens.sign(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("ec").build(), claims, new MACSigner(secret));
    }

    private static JWTClaimsSet withUser(String name, Object value) {
        Map<String, Object> user = new HashMap<>(Tokens.user());
        user.put(name, value);
        return claims().claim("context", Map.of("user", user)).build();
    }
}
