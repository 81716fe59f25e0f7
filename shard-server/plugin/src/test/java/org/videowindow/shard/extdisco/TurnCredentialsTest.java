package org.videowindow.shard.extdisco;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The scheme of coturn's {@code use-auth-secret}. */
class TurnCredentialsTest {
    @Test
    void passwordIsTheHmacOfTheEnd() {
        TurnCredentials credentials =
                TurnCredentials.make("north", Duration.ofHours(1), Instant.ofEpochSecond(1_700_000_000L));
        assertThat(credentials.username()).isEqualTo("1700003600");
        // printf 1700003600 | openssl dgst -sha1 -hmac north -binary | base64
        assertThat(credentials.password()).isEqualTo("xF4I6gruVt/PjGbjajGu2UlidPk=");
        assertThat(credentials.expires()).isEqualTo(Instant.ofEpochSecond(1_700_003_600L));
    }
}
