package org.videowindow.portal.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;

class KeyRotationApiTest extends PortalTest {
    private static final String ROTATION = "/api/v1/admin/keys/rotation";

    @Autowired
    private JdbcClient sql;

    @Test
    void administratorsOnly() {
        visitor().signUp(); // The first account of all may be administrator.
        assertThat(visitor().signUp().post(ROTATION, Map.of()).status()).isEqualTo(403);
        assertThat(visitor().arrive().post(ROTATION, Map.of()).status()).isEqualTo(401);
    }

    @Test
    void tokensOfBothKeysVerifyWithWhatIsPublished() throws Exception {
        Visitor owner = visitor().signUp();
        sql.sql("update account set administrator = true where id = ?")
                .param(UUID.fromString(owner.accountId()))
                .update();
        String tickets = "/api/v1/rooms/" + owner.meeting("Weekly").path("room").asString() + "/tickets";
        SignedJWT before = token(owner, tickets);
        Answer rotation = owner.post(ROTATION, Map.of());
        assertThat(rotation.status()).isEqualTo(202);
        String next = rotation.json().path("keyId").asString();
        assertThat(owner.get("/.well-known/jwks.json").text()).contains(next);
        clock.move(Duration.ofMinutes(2));
        SignedJWT after = token(owner, tickets);
        JWKSet published = JWKSet.parse(owner.get("/.well-known/jwks.json").text());
        for (SignedJWT token : new SignedJWT[] {before, after}) {
            assertThat(token.verify(new ECDSAVerifier(published
                            .getKeyByKeyId(token.getHeader().getKeyID())
                            .toECKey())))
                    .isTrue();
        }
        assertThat(published.getKeys()).noneMatch(key -> key.isPrivate());
    }

    private static SignedJWT token(Visitor owner, String tickets) throws Exception {
        return SignedJWT.parse(
                owner.post(tickets, Map.of()).json().at("/xmpp/password").asString());
    }
}
