package org.videowindow.portal.key;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** A key pair that signs tickets, as a private JWK (RFC 7517). Whoever reads this table can make tickets. */
@Entity
public class SigningKey {
    @Id
    private String keyId;

    private String algorithm;
    private String privateJwk;
    private Instant createdAt;

    protected SigningKey() {}

    SigningKey(String keyId, String algorithm, String privateJwk, Instant createdAt) {
        this.keyId = keyId;
        this.algorithm = algorithm;
        this.privateJwk = privateJwk;
        this.createdAt = createdAt;
    }

    String keyId() {
        return keyId;
    }

    String algorithm() {
        return algorithm;
    }

    String privateJwk() {
        return privateJwk;
    }

    Instant createdAt() {
        return createdAt;
    }
}
