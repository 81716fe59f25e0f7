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
     * How long a shard may keep the keys. Longer spares requests; shorter lets a key that was taken away stop working
     * sooner. A shard that meets an unknown key id asks again anyway.
     */
    private static final Duration KEEP = Duration.ofMinutes(5);

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
