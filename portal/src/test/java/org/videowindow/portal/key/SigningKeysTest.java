package org.videowindow.portal.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;

class SigningKeysTest extends PortalTest {
    @Autowired
    private SigningKeyRepository keys;

    @Test
    void aNewerKeyTakesOverAndTokensOfTheOldOneStayValid() throws Exception {
        Visitor owner = visitor().signUp();
        String tickets = "/api/v1/rooms/" + owner.meeting("Weekly").path("room").asString() + "/tickets";
        SignedJWT before = token(owner, tickets);
        ECKey newer = new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
        keys.save(new SigningKey(
                newer.getKeyID(), "ES256", newer.toJSONString(), clock.instant().truncatedTo(ChronoUnit.MICROS)));
        clock.move(Duration.ofMinutes(2));
        SignedJWT after = token(owner, tickets);
        assertThat(after.getHeader().getKeyID())
                .isEqualTo(newer.getKeyID())
                .isNotEqualTo(before.getHeader().getKeyID());
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
