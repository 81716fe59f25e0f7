package org.videowindow.shard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings are checked completely before anything starts. */
class SettingsFileTest {
    @TempDir
    Path folder;

    @Test
    void defaultsHoldWithoutAFile() throws Exception {
        ShardSettings settings = SettingsFile.read(folder.resolve("none.conf"));
        assertThat(settings.token().clockSkew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.brewery()).isEqualTo("brewery");
        assertThat(settings.turn()).isEmpty();
        assertThat(settings.servicePasswords()).isEmpty();
        Duration vanished = settings.liveness().goneAfter();
        assertThat(vanished).isLessThanOrEqualTo(Duration.ofSeconds(29));
        assertThat(settings.liveness().resumeWithin()).isLessThan(vanished);
    }

    @Test
    void secretsComeFromFiles() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "a long secret\nsecond line\n");
        ShardSettings settings = SettingsFile.parse(
                "services.focus { account = jicofo, password-file = \"" + secret + "\" }\n"
                        + "turn { secret-file = \"" + secret
                        + "\", services = [{ type = turns, host = t.test, port = 443, transport = tcp }] }",
                "test");
        assertThat(settings.servicePasswords()).containsEntry("jicofo", "a long secret");
        assertThat(settings.turn().orElseThrow().services())
                .containsExactly(new ShardSettings.Service("turns", "t.test", 443, "tcp"));
        assertThat(settings.turn().orElseThrow().credentialLifetime()).isEqualTo(Duration.ofHours(12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token.isuer = x | Unknown key token.isuer in test.",
                "tokens.issuer = x | Unknown key tokens.issuer in test.",
                "token.keys.refresh = soon | A setting in test cannot be used",
                "http.port = many | A setting in test cannot be used",
                "token = [ | A setting in test cannot be used",
                "token.jwks-url = \"file:///etc/passwd\" | token.jwks-url must start with http:// or https://.",
                "token.jwks-url = \"h t t p\" | token.jwks-url is no URL.",
                "services.focus.password-file = \"/nowhere\" | The file of services.focus.password-file",
                "liveness.gone-after = 5 seconds | liveness.gone-after must be longer than liveness.ping-after.",
                "turn.services = [{ type = turn, host = h, port = 1, prot = udp }] | Unknown key prot in turn.services.",
                "turn.services = [{ type = tunr, host = h, port = 1 }] | turn.services has an entry with type tunr"
            })
    void badSettingsAreNamed(String text, String sentence) {
        assertThatThrownBy(() -> SettingsFile.parse(text, "test"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void shortSecretIsRefused() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "short\n");
        assertThatThrownBy(() -> SettingsFile.parse("services.bridge.password-file = \"" + secret + "\"", "test"))
                .hasMessage("The file of services.bridge.password-file holds less than 8 characters.");
    }
}
