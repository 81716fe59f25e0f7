package org.videowindow.portal.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.key.SigningKeys;
import org.videowindow.portal.meeting.Role;

/**
 * Makes the JSON Web Tokens (RFC 7519, ES256) that let their holder into one room of one shard. Claims have the shape
 * that Jitsi uses, so that its servers understand them too.
 */
@Service
public class MeetingTokens {
    private final SigningKeys keys;
    private final TokenProperties settings;
    private final Clock clock;

    MeetingTokens(SigningKeys keys, PortalProperties properties, Clock clock) {
        this.keys = keys;
        this.settings = properties.token();
        this.clock = clock;
    }

    /** A token with a new id. */
    public MeetingToken make(String domain, String room, TokenSubject subject) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(settings.life());
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(settings.issuer())
                .audience(settings.audience())
                .subject(domain)
                .claim("room", room)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .jwtID(id.toString())
                .claim("context", Map.of("user", user(id, subject), "features", Map.of("screen-sharing", true)))
                .build();
        return new MeetingToken(id, sign(claims), expiresAt);
    }

    private Map<String, Object> user(UUID tokenId, TokenSubject subject) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", subject.id() == null ? tokenId.toString() : subject.id());
        user.put("name", subject.name());
        if (settings.includeEmail() && subject.email() != null) {
            user.put("email", subject.email());
        }
        user.put("affiliation", subject.role().moderates() ? "owner" : "member");
        user.put("moderator", subject.role().moderates());
        user.put("guest", subject.role() == Role.GUEST);
        user.put("role", subject.role().word());
        return user;
    }

    private String sign(JWTClaimsSet claims) {
        ECKey key = keys.signing();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key " + key.getKeyID() + " does not sign", e);
        }
        return token.serialize();
    }
}
