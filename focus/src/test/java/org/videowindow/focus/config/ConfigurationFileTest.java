package org.videowindow.focus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a configuration is one sentence that names the key. */
class ConfigurationFileTest {
    private static final String LEAST = "xmpp { password-file = /p, certificate-file = /c }\n";

    @Test
    void theDefaultsAreThoseOfOneMachine() throws ConfigurationException {
        FocusConfig config = read("");
        assertThat(config.xmpp().account().toString()).isEqualTo("focus@meet.video-window.local");
        assertThat(config.xmpp().conferenceService().toString()).isEqualTo("conference.meet.video-window.local");
        assertThat(config.bridges().room().toString()).isEqualTo("brewery@conference.meet.video-window.local");
        assertThat(config.conference().minParticipants()).isEqualTo(2);
        assertThat(config.conference().aloneTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.http().port()).isEqualTo(8888);
    }

    @Test
    void theDomainCarriesTheRoomsWithIt() throws ConfigurationException {
        FocusConfig config = read("xmpp.domain = example.org");
        assertThat(config.xmpp().conferenceService().toString()).isEqualTo("conference.example.org");
        assertThat(config.bridges().room().toString()).isEqualTo("brewery@conference.example.org");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "xmpp.hosts = a                             | The key 'xmpp.hosts' is unknown",
                "xmppp.host = a                             | The key 'xmppp' is unknown",
                "conference.restart.distances = 1 s         | The key 'conference.restart.distances' is unknown",
                "environment.xmpp.host = a                  | The key 'environment' is unknown",
                "xmpp = 5                                   | The key 'xmpp' has keys below it",
                "xmpp.port = 0                              | The value of 'xmpp.port' has to be from 1 to 65535",
                "xmpp.port = many                           | xmpp.port",
                "xmpp.domain = \"a b\"                      | The value of 'xmpp.domain' is no domain",
                "xmpp.username = \"a@b\"                    | The value of 'xmpp.username' is no user name",
                "xmpp.password-file = \"\"                  | The value of 'xmpp.password-file' has to be set",
                "conference.alone-timeout = 0 s             | The value of 'conference.alone-timeout' has to be longer",
                "conference.alone-timeout = soon            | conference.alone-timeout",
                "conference.min-participants = 0            | The value of 'conference.min-participants' has to be from 1",
                "bridge.brewery = brewery                   | The value of 'bridge.brewery' is no address of a room"
            })
    void mistakes(String line, String sentence) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(line.strip()))
                .withMessageContaining(sentence.strip());
    }

    @Test
    void aMissingFile() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConfigurationFile.read(Path.of("/nowhere/focus.conf")))
                .withMessage("The configuration file /nowhere/focus.conf cannot be read.");
    }

    private static FocusConfig read(String hocon) throws ConfigurationException {
        return ConfigurationFile.read(ConfigFactory.parseString(LEAST + hocon));
    }
}
