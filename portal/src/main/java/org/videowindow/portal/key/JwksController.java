package org.videowindow.portal.key;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys with which shards check tickets (RFC 7517). */
@RestController
@Tag(name = "Keys")
final class JwksController {
    /**
     * How long a cache may keep the keys. Longer spares requests; but a new key must have arrived everywhere before it
     * signs, and a key that was taken away should stop working soon.
     */
    private static final Duration KEEP = KeySchedule.AHEAD_ON_DEMAND;

    private final SigningKeys keys;

    JwksController(SigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping(path = "/.well-known/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Public keys that verify the tokens of tickets, as a JSON Web Key Set")
    ResponseEntity<String> jwks() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(KEEP).cachePublic())
                .body(keys.published().toString(true));
    }
}
