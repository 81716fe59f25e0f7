package org.videowindow.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.conference.AdvertisedAddress;
import org.videowindow.bridge.conference.BridgeLimits;
import org.videowindow.bridge.conference.BridgeTimes;
import org.videowindow.bridge.io.IoPath;
import org.videowindow.bridge.tcp.TcpSettings;

class ConfigurationTest {
    @TempDir
    Path directory;

    @Test
    void theReferenceIsACompleteConfiguration() throws ConfigurationException {
        VideobridgeSettings settings = Configuration.load(null);

        assertThat(settings.id()).isEqualTo("bridge-1");
        assertThat(settings.media().ioPath()).isEqualTo(IoPath.AUTO);
        assertThat(settings.media().firstPort()).isEqualTo(10_000);
        assertThat(settings.media().limits()).isEqualTo(BridgeLimits.DEFAULTS);
        assertThat(settings.media().times()).isEqualTo(BridgeTimes.DEFAULTS);
        assertThat(settings.channel().publicUrl()).isEqualTo("ws://127.0.0.1:9090");
        assertThat(settings.channel().maxMessage()).isEqualTo(64 * 1024);
        assertThat(settings.http().getPort()).isEqualTo(8889);
        assertThat(settings.xmpp().shards()).isEmpty();
    }

    @Test
    void aShardIsReadWithItsDefaults() throws Exception {
        ShardSettings shard = Configuration.parse(shard("")).xmpp().shards().getFirst();

        assertThat(shard.port()).isEqualTo(5222);
        assertThat(shard.focusNick().toString()).isEqualTo("focus");
        assertThat(shard.focusJid().toString()).isEqualTo("focus@shard.test");
        assertThat(shard.brewery().toString()).isEqualTo("brewery@conference.shard.test");
        assertThat(shard.certificateFile()).isNull();
    }

    @Test
    void addressesMayBeAListOrOneTextWithCommas() throws Exception {
        for (String written : new String[] {"[\"10.0.0.5\", \"2001:db8::1\"]", "\"10.0.0.5, 2001:db8::1\""}) {
            assertThat(Configuration.parse("videobridge.media { bind-address = \"::\", advertised-addresses = "
                                    + written + " }")
                            .media()
                            .advertisedAddresses())
                    .containsExactly(
                            AdvertisedAddress.of(InetAddress.ofLiteral("10.0.0.5")),
                            AdvertisedAddress.of(InetAddress.ofLiteral("2001:db8::1")));
        }
    }

    @Test
    void anAddressMayStandWithTheLocalOneBehindIt() throws Exception {
        for (String written : new String[] {"[\"203.0.113.7/10.0.0.7\"]", "\"203.0.113.7 / 10.0.0.7\""}) {
            assertThat(Configuration.parse("videobridge.media { bind-address = 0.0.0.0, advertised-addresses = "
                                    + written + " }")
                            .media()
                            .advertisedAddresses())
                    .containsExactly(new AdvertisedAddress(
                            InetAddress.ofLiteral("203.0.113.7"), InetAddress.ofLiteral("10.0.0.7")));
        }
    }

    @Test
    void connectionsAreTakenOnlyWhereAPortIsNamed() throws Exception {
        assertThat(Configuration.load(null).media().tcp().isOn()).isFalse();
        TcpSettings tcp =
                Configuration.parse("videobridge.media.tcp-port = 4443").media().tcp();
        assertThat(tcp).isEqualTo(new TcpSettings(4_443, 2_000, 200));
    }

    @Test
    void durationsHaveUnits() throws Exception {
        assertThat(Configuration.parse("videobridge.times.endpoint-silence = 1 minute")
                        .media()
                        .times()
                        .endpointSilence())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "videobridge.channel.prot = 1 | videobridge.channel.prot | is not a key",
                "videobridge { limits { conference = 3 } } | videobridge.limits.conference | is not a key",
                "bridge.id = x | bridge | is not a key",
                "videobridge.id = \"\" | videobridge.id | must be 1 to 64",
                "videobridge.id = \"a/b\" | videobridge.id | must be 1 to 64",
                "videobridge.channel.port = 70000 | videobridge.channel.port | is not between 0 and 65535",
                "videobridge.channel.port = many | videobridge.channel.port | wrong kind",
                "videobridge.channel.public-url = \"http://x\" | videobridge.channel.public-url | not a ws://",
                "videobridge.channel.max-message = 1 | videobridge.channel.max-message | is not between",
                "videobridge.media.io-path = fast | videobridge.media.io-path | is none of auto, linux, channel",
                "videobridge.media.bind-address = localhost | videobridge.media.bind-address | not an IP address",
                "videobridge.media.bind-address = 0.0.0.0 | videobridge.media.advertised-addresses | wildcard",
                "videobridge.media.advertised-addresses = [0.0.0.0] | videobridge.media.advertised-addresses | reached",
                "videobridge.media.advertised-addresses = [224.0.0.1] | videobridge.media.advertised-addresses | reached",
                "videobridge.media.advertised-addresses = [169.254.169.254] | videobridge.media.adv | reached",
                "videobridge.media.advertised-addresses = [255.255.255.255] | videobridge.media.adv | reached",
                "videobridge.media.advertised-addresses = [bridge.example] | videobridge.media.adv | not an IP address",
                "videobridge.media.advertised-addresses = [10.0.0.5, 10.0.0.5] | videobridge.media.adv | occurs twice",
                "videobridge.media.advertised-addresses = [\"2001:db8::1\"] | videobridge.media.adv | takes only IPv4",
                "videobridge.media.advertised-addresses = [203.0.113.7/10.0.0.7] | videobridge.media.adv | not arrive",
                "videobridge.media.advertised-addresses = [203.0.113.7/127.0.0.1/1] | videobridge.media.adv | not an IP",
                "videobridge.media.advertised-addresses = [127.0.0.1/127.0.0.1] | videobridge.media.adv | same address",
                "videobridge.media.advertised-addresses = [\"2001:db8::1/127.0.0.1\"] | videobridge.media.adv | a pair of",
                "videobridge.media { bind-address = \"::1\", advertised-addresses = [10.0.0.5] } | videobridge.media.adv |"
                        + " takes only IPv6",
                "videobridge.media.tcp-port = 70000 | videobridge.media.tcp-port | is not between 0 and 65535",
                "videobridge.media.tcp-connections = 0 | videobridge.media.tcp-connections | is not between",
                "videobridge.times.handshake = 20 | videobridge.times.handshake | needs a unit",
                "videobridge.times.handshake = 0s | videobridge.times.handshake | is not between",
                "videobridge.load.cpu-limit = 2 | videobridge.load.cpu-limit | is not between",
                "videobridge.xmpp.shards = [{host = h}] | videobridge.xmpp.shards[0].domain | is missing",
            })
    void aMistakeIsNamedWithItsKey(String written, String key, String complaint) {
        assertThatThrownBy(() -> Configuration.parse(written))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(key)
                .hasMessageContaining(complaint)
                .hasMessageEndingWith(".");
    }

    @Test
    void mistakesInAShardAreNamed() throws Exception {
        assertThatThrownBy(() -> Configuration.parse(shard("focus = x")))
                .hasMessageStartingWith("videobridge.xmpp.shards[0].focus")
                .hasMessageContaining("is not a key");
        assertThatThrownBy(() -> Configuration.parse(shard("brewery = \"no address\"")))
                .hasMessageStartingWith("videobridge.xmpp.shards[0].brewery");
        assertThatThrownBy(() -> Configuration.parse(shard("password-file = /nowhere")))
                .hasMessageStartingWith("videobridge.xmpp.shards[0].password-file");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Configuration.load(directory.resolve("none.conf")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("none.conf");
    }

    @Test
    void theFileOfAMistakeIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("bridge.conf"), "videobridge {\n  idd = x\n}\n");

        assertThatThrownBy(() -> Configuration.load(file))
                .hasMessageContaining("bridge.conf: 2")
                .hasMessageContaining("videobridge.idd");
    }

    @Test
    void everyKeyThatAnEnvironmentVariableSetsIsInTheReference() throws IOException {
        for (String line : resource("/environment.conf").lines().toList()) {
            String trimmed = line.strip();
            if (trimmed.contains("${?")) {
                String key = trimmed.substring(0, trimmed.indexOf(' '));
                assertThat(resource("/reference.conf")).contains("  " + key.substring(key.indexOf('.') + 1) + " = ");
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ConfigurationTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String shard(String more) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "secret");
        return "videobridge.xmpp.shards = [{ host = \"127.0.0.1\", domain = \"shard.test\", username = bridge,"
                + " password-file = \"" + password + "\", brewery = \"brewery@conference.shard.test\","
                + " focus-jid = \"focus@shard.test\"\n" + more + "}]";
    }
}
