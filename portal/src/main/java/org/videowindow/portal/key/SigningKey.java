package org.videowindow.portal.key;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;

/**
 * A key pair that signs tickets.
 *
 * @param generation counts up by one from key to key
 * @param signsFrom from when on it signs; published before
 */
record SigningKey(long generation, ECKey pair, Instant createdAt, Instant signsFrom) {
    String id() {
        return pair.getKeyID();
    }
}
