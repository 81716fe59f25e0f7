package org.videowindow.shard.token;

import com.nimbusds.jose.jwk.JWK;
import java.util.Optional;

/** Public keys of the portal by id. */
@FunctionalInterface
public interface Keys {
    /** The key with that id, if the portal has published it. */
    Optional<JWK> find(String keyId);
}
