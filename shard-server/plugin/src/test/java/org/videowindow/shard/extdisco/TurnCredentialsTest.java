package org.videowindow.shard.extdisco;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The scheme of coturn's {@code use-auth-secret}. */
class TurnCredentialsTest {
    @Test
    void passwordIsTheHmacOfEndAndName() {
        TurnCredentials credentials =
                TurnCredentials.make("north", "7a1b", Duration.ofHours(1), Instant.ofEpochSecond(1_700_000_000L));
        assertThat(credentials.username()).isEqualTo("1700003600:7a1b");
        // printf 1700003600:7a1b | openssl dgst -sha1 -hmac north -binary | base64
        assertThat(credentials.password()).isEqualTo("fXEFn2UpRZtb/LwOZM1An0mByoY=");
        assertThat(credentials.expires()).isEqualTo(Instant.ofEpochSecond(1_700_003_600L));
    }
}
