package org.videowindow.bridge.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;
import org.videowindow.bridge.capture.CaptureSettings;
import org.videowindow.bridge.conference.AdvertisedAddress;
import org.videowindow.bridge.conference.BridgeLimits;
import org.videowindow.bridge.conference.BridgeSettings;
import org.videowindow.bridge.conference.BridgeTimes;
import org.videowindow.bridge.conference.ForwardingSettings;
import org.videowindow.bridge.io.IoPath;
import org.videowindow.bridge.srtp.CryptoProvider;
import org.videowindow.bridge.tcp.TcpSettings;

/**
 * Reads the configuration: environment over file over {@code reference.conf}. All checks happen here, so that the rest
 * of the bridge can trust its settings.
 */
public final class Configuration {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MANY = 1_000_000;
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private Configuration() {}

    /**
     * Reads a file.
     *
     * @param file HOCON, or {@code null} for the defaults
     * @throws ConfigurationException in one sentence that names the key
     */
    public static VideobridgeSettings load(Path file) throws ConfigurationException {
        if (file == null) {
            return read(ConfigFactory.empty());
        }
        if (!Files.isReadable(file)) {
            throw new ConfigurationException("The configuration file " + file + " cannot be read.");
        }
        try {
            return read(ConfigFactory.parseFile(file.toFile()));
        } catch (ConfigException e) {
            throw new ConfigurationException("The configuration file is not valid HOCON: " + e.getMessage(), e);
        }
    }

    /** Reads configuration text, for tests and embedding. */
    public static VideobridgeSettings parse(String hocon) throws ConfigurationException {
        try {
            return read(ConfigFactory.parseString(
                    hocon, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF)));
        } catch (ConfigException e) {
            throw new ConfigurationException("The configuration is not valid HOCON: " + e.getMessage(), e);
        }
    }

    private static VideobridgeSettings read(Config written) throws ConfigurationException {
        Config config = ConfigFactory.parseResources(Configuration.class, "/environment.conf")
                .withFallback(written)
                .withFallback(ConfigFactory.parseResources(Configuration.class, "/reference.conf"))
                .resolve(ConfigResolveOptions.defaults());
        Section root = new Section("", config);
        Section bridge = root.section("videobridge");
        root.finish();
        String id = bridge.text("id");
        if (!ID.matcher(id).matches()) {
            throw bridge.refuse("id", "\"" + id + "\" must be 1 to 64 letters, digits, '-', '_' or '.'");
        }
        VideobridgeSettings settings = new VideobridgeSettings(
                id,
                bridge.text("region"),
                xmpp(bridge.section("xmpp")),
                media(bridge.section("media"), limits(bridge.section("limits")), times(bridge.section("times"))),
                channel(bridge.section("channel")),
                bind(bridge.section("http")),
                capture(bridge.section("capture")),
                load(bridge.section("load")));
        bridge.finish();
        return settings;
    }

    private static XmppSettings xmpp(Section section) throws ConfigurationException {
        List<ShardSettings> shards = new ArrayList<>();
        for (Section shard : section.sections("shards")) {
            shards.add(shard(shard));
        }
        XmppSettings settings = new XmppSettings(
                shards,
                section.duration("presence-interval", Duration.ofMillis(100), HOUR),
                section.duration("reconnect-first", MILLISECOND, HOUR),
                section.duration("reconnect-longest", MILLISECOND, HOUR));
        section.finish();
        return settings;
    }

    private static ShardSettings shard(Section section) throws ConfigurationException {
        String key = "domain";
        try {
            String host = section.word("host");
            int port = section.port("port", 5222);
            var domain = JidCreate.domainBareFrom(section.word(key));
            String username = section.word("username");
            key = "brewery";
            var brewery = JidCreate.entityBareFrom(section.word(key));
            key = "focus-jid";
            var focusJid = JidCreate.entityBareFrom(section.word(key));
            key = "focus-nick";
            var focusNick = Resourcepart.from(section.text(key, "focus"));
            Path passwordFile = section.file("password-file");
            if (!Files.isReadable(passwordFile)) {
                throw section.refuse("password-file", "the file " + passwordFile + " cannot be read");
            }
            Path certificateFile = section.file("certificate-file", null);
            section.finish();
            return new ShardSettings(
                    host, port, domain, username, passwordFile, certificateFile, brewery, focusJid, focusNick);
        } catch (XmppStringprepException e) {
            throw section.refuse(key, "\"" + e.getCausingString() + "\" is not an XMPP address of the right kind");
        }
    }

    private static BridgeSettings media(Section section, BridgeLimits limits, BridgeTimes times)
            throws ConfigurationException {
        InetAddress bind = section.address("bind-address");
        List<AdvertisedAddress> advertised = AdvertisedAddresses.read(section, bind);
        BridgeSettings settings = new BridgeSettings(
                section.choice("io-path", IoPath.class),
                section.choice("crypto", CryptoProvider.class),
                bind,
                section.port("port"),
                section.integer("workers", 0, 256),
                advertised,
                limits,
                times,
                new ForwardingSettings(
                        section.integer("loudest", 1, MANY),
                        section.integer("mapped-video-sources", 1, 1_000),
                        section.integer("mapped-audio-sources", 1, 1_000)),
                tcp(section));
        section.finish();
        return settings;
    }

    private static TcpSettings tcp(Section section) throws ConfigurationException {
        int port = section.port("tcp-port");
        int connections = section.integer("tcp-connections", 1, MANY);
        int perAddress = section.integer("tcp-connections-per-address", 1, MANY);
        return port == 0 ? TcpSettings.OFF : new TcpSettings(port, connections, perAddress);
    }

    private static BridgeLimits limits(Section section) throws ConfigurationException {
        BridgeLimits limits = new BridgeLimits(
                section.integer("conferences", 1, MANY),
                section.integer("endpoints", 1, MANY),
                section.integer("endpoints-per-conference", 1, MANY),
                section.integer("ssrcs-per-endpoint", 1, 1_000),
                section.integer("packets-per-second", 1, MANY),
                section.size("bytes-per-second", 1_000, Integer.MAX_VALUE),
                section.integer("handshakes", 1, MANY));
        section.finish();
        return limits;
    }

    private static BridgeTimes times(Section section) throws ConfigurationException {
        BridgeTimes times = new BridgeTimes(
                section.duration("endpoint-silence", SECOND, HOUR),
                section.duration("empty-conference", SECOND, HOUR),
                section.duration("handshake", SECOND, HOUR),
                section.duration("key-frame-requests", MILLISECOND, HOUR),
                section.duration("transport-feedback", MILLISECOND, HOUR),
                section.duration("receiver-reports", MILLISECOND, HOUR));
        section.finish();
        return times;
    }

    private static ChannelSettings channel(Section section) throws ConfigurationException {
        ChannelSettings settings = new ChannelSettings(
                new InetSocketAddress(section.address("bind-address"), section.port("port")),
                publicUrl(section),
                section.texts("allowed-origins"),
                (int) section.size("max-message", 1_024, 1 << 20),
                section.integer("messages-per-second", 1, MANY),
                section.integer("message-burst", 1, MANY),
                section.integer("queue-messages", 1, MANY),
                (int) section.size("queue-size", 1_024, 1 << 28),
                section.duration("ping-interval", Duration.ofMillis(100), HOUR));
        section.finish();
        return settings;
    }

    private static String publicUrl(Section section) throws ConfigurationException {
        String key = "public-url";
        String text = section.word(key);
        try {
            URI url = new URI(text);
            if (url.getHost() != null
                    && Set.of("ws", "wss").contains(String.valueOf(url.getScheme()))
                    && url.getQuery() == null
                    && url.getFragment() == null) {
                return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            }
        } catch (URISyntaxException e) {
            // Refused below.
        }
        throw section.refuse(key, "\"" + text + "\" is not a ws:// or wss:// address");
    }

    private static InetSocketAddress bind(Section section) throws ConfigurationException {
        InetSocketAddress bind = new InetSocketAddress(section.address("bind-address"), section.port("port"));
        section.finish();
        return bind;
    }

    private static CaptureSettings capture(Section section) throws ConfigurationException {
        String folder = section.text("folder");
        CaptureSettings settings = new CaptureSettings(
                folder.isBlank() ? null : Path.of(folder),
                section.flag("payload"),
                section.size("max-file", 1_024, 1L << 40),
                section.duration("longest", SECOND, HOUR.multipliedBy(24)));
        section.finish();
        return settings;
    }

    private static LoadSettings load(Section section) throws ConfigurationException {
        LoadSettings settings = new LoadSettings(
                section.fraction("cpu-limit", 0.01, 1.0), section.integer("packets-per-worker", 1, 100_000_000));
        section.finish();
        return settings;
    }
}
