package org.videowindow.shard.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.videowindow.shard.config.ShardSettings.KeyFetching;

/** When the portal is asked for its keys, in virtual time. */
class PortalKeysTest {
    private static final KeyFetching SETTINGS = new KeyFetching(
            URI.create("http://portal.test/"),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5));

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private String answer = new JWKSet(Tokens.EC.toPublicJWK()).toString();
    private int fetches;
    private final PortalKeys keys = new PortalKeys(SETTINGS, this::fetch, () -> now);

    private String fetch() throws IOException {
        fetches++;
        if (answer == null) {
            throw new IOException("down");
        }
        return answer;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    /** Ticks each second for so long and says how often the portal was asked. */
    private int fetchesWithin(int seconds) {
        int before = fetches;
        for (int i = 0; i < seconds; i++) {
            pass(Duration.ofSeconds(1));
            keys.tick();
        }
        return fetches - before;
    }

    @Test
    void keysAreFetchedOnceAndKept() {
        keys.tick();
        assertThat(keys.loaded()).isTrue();
        assertThat(keys.find("ec")).isPresent();
        assertThat(fetches).isEqualTo(1);
        assertThat(fetchesWithin(599)).isZero();
        assertThat(fetchesWithin(1)).isEqualTo(1);
    }

    @Test
    void unknownKeyCausesAFetchOnlyNowAndThen() {
        keys.tick();
        pass(Duration.ofSeconds(10));
        for (int i = 0; i < 1000; i++) {
            assertThat(keys.find("made-up-" + i)).isEmpty();
        }
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void rotatedKeyIsFoundAtItsFirstUse() {
        keys.tick();
        pass(Duration.ofSeconds(10));
        answer = new JWKSet(List.of(Tokens.EC.toPublicJWK(), Tokens.RSA.toPublicJWK())).toString();
        assertThat(keys.find("rsa")).isPresent();
    }

    @Test
    void portalThatStartsLateIsFoundWithinASecond() {
        answer = null;
        keys.tick();
        fetchesWithin(120);
        assertThat(keys.loaded()).isFalse();
        answer = new JWKSet(Tokens.EC.toPublicJWK()).toString();
        fetchesWithin(1);
        assertThat(keys.loaded()).isTrue();
    }

    @Test
    void oldKeysStayWhileThePortalIsDownAndItIsAskedLessAndLess() {
        keys.tick();
        answer = null;
        pass(Duration.ofMinutes(10));
        assertThat(fetchesWithin(600)).isBetween(8, 20);
        assertThat(keys.find("ec")).isPresent();
        int before = fetches;
        keys.find("unknown-1");
        keys.find("unknown-2");
        assertThat(fetches).isBetween(before, before + 1);
        assertThat(keys.failing()).isTrue();
    }

    @Test
    void emptyOrBrokenSetsDoNotReplaceKeys() {
        keys.tick();
        for (String broken : new String[] {"{}", "{\"keys\":[]}", "not json", "[]", "{\"keys\":[{\"kty\":\"EC\"}]}"}) {
            answer = broken;
            pass(Duration.ofHours(1));
            keys.tick();
            assertThat(keys.find("ec")).as(broken).isPresent();
        }
    }

    @Test
    void publishedSecretIsNotUsed() {
        answer = new JWKSet(List.of(
                        Tokens.EC.toPublicJWK(),
                        new OctetSequenceKey.Builder(Base64URL.encode("a".repeat(32)))
                                .keyID("secret")
                                .build()))
                .toString(false);
        keys.tick();
        assertThat(keys.find("secret")).isEmpty();
        assertThat(keys.find("ec")).isPresent();
    }
}
