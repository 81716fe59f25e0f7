package org.videowindow.shard.openfire;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** Stands for the portal: publishes a key set and signs join tokens with it. */
@SuppressWarnings("JavaUtilDate") // the JWT library speaks in Dates
final class Portal {
    private final ECKey key;
    private final HttpServer http;

    Portal() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("test-key").generate();
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] set = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        http.createContext("/jwks.json", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, set.length);
                exchange.getResponseBody().write(set);
            }
        });
        http.start();
    }

    String keysUrl() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/jwks.json";
    }

    /** The published key as anybody can read it. */
    String publicKeyText() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    void stop() {
        http.stop(0);
    }

    /** A ticket: account (UUID) and token. */
    record Ticket(String account, String token) {
        String nick() {
            return account.substring(0, 8);
        }
    }

    Ticket member(String room, String name) {
        String account = UUID.randomUUID().toString();
        return new Ticket(account, sign(claims(account, room, name, false).build()));
    }

    Ticket owner(String room, String name) {
        String account = UUID.randomUUID().toString();
        return new Ticket(account, sign(claims(account, room, name, true).build()));
    }

    static JWTClaimsSet.Builder claims(String account, String room, String name, boolean owner) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer("video-window")
                .audience("video-window")
                .subject(ShardProcess.DOMAIN)
                .jwtID(account)
                .claim("room", room)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim(
                        "context",
                        Map.of(
                                "user",
                                Map.of(
                                        "id",
                                        "id-of-" + name,
                                        "name",
                                        name,
                                        "email",
                                        name + "@example.org",
                                        "affiliation",
                                        owner ? "owner" : "member",
                                        "moderator",
                                        owner),
                                "features",
                                Map.of("screen-sharing", true)));
    }

    String sign(JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
