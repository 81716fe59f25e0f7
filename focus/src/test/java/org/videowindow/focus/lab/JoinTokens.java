package org.videowindow.focus.lab;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Stands for the portal: signs join tokens (RFC 7519, ES256) and publishes the key. */
final class JoinTokens implements AutoCloseable {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair pair;
    private final HttpServer http;

    JoinTokens() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        pair = generator.generateKeyPair();
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        byte[] set =
                ("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"k\",\"x\":\""
                                + coordinate(key.getW().getAffineX()) + "\",\"y\":\""
                                + coordinate(key.getW().getAffineY()) + "\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/jwks.json", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, set.length);
                exchange.getResponseBody().write(set);
            }
        });
        http.start();
    }

    String keysUrl() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/jwks.json";
    }

    /** A token for one account and one room. */
    String token(String account, String room, boolean owner) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String header = encode("{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"JWT\"}");
        String claims = encode(
                """
                {"iss":"video-window","aud":"video-window","sub":"%s","room":"%s","jti":"%s","iat":%d,"nbf":%d,"exp":%d,\
                "context":{"user":{"id":"u","name":"n","affiliation":"%s","moderator":%s},"features":{}}}""".formatted(FakeShard.DOMAIN, room, account, now, now, now + 600, owner ? "owner" : "member", owner));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(pair.getPrivate());
        signature.update((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
        return header + "." + claims + "." + BASE64.encodeToString(signature.sign());
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String coordinate(BigInteger number) {
        byte[] raw = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(raw.length, 32);
        System.arraycopy(Arrays.copyOfRange(raw, raw.length - length, raw.length), 0, fixed, 32 - length, length);
        return BASE64.encodeToString(fixed);
    }
}
