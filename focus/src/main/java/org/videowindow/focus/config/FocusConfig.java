package org.videowindow.focus.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;
import org.videowindow.focus.bridge.Brewery;
import org.videowindow.focus.conference.ConferenceSettings;
import org.videowindow.focus.source.SourceRules;
import org.videowindow.focus.xml.XmlReader;

/**
 * The configuration, checked and typed. Each key is explained in {@code reference.conf}.
 */
public record FocusConfig(
        Xmpp xmpp,
        int conferenceLimit,
        Optional<Path> stateFolder,
        ConferenceSettings conference,
        Brewery.Settings bridges,
        Http http) {

    /** The link to the shard. */
    public record Xmpp(
            String host,
            int port,
            DomainBareJid domain,
            DomainBareJid conferenceService,
            String username,
            String resource,
            Path passwordFile,
            Path certificateFile,
            Duration pingInterval,
            Duration pingTimeout,
            XmlReader.Limits limits,
            int openRequestLimit) {
        /** The bare address clients know the focus by. */
        public EntityBareJid account() {
            return JidCreate.entityBareFromOrThrowUnchecked(username + "@" + domain);
        }
    }

    /** The private HTTP port. */
    public record Http(String host, int port) {}

    static FocusConfig of(Config config) throws ConfigurationException {
        try {
            return new Keys(config).focus();
        } catch (ConfigException e) {
            throw new ConfigurationException("The configuration is wrong: " + e.getMessage());
        }
    }

    /** Takes values out, each with its bounds. */
    private record Keys(Config config) {
        private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{N}.-]+");
        private static final Pattern USERNAME = Pattern.compile("[^\\s\"&'/:<>@]+");

        FocusConfig focus() throws ConfigurationException {
            return new FocusConfig(
                    xmpp(),
                    number("conference.limit", 1, 100_000),
                    Optional.of(config.getString("conference.state-folder"))
                            .filter(folder -> !folder.isBlank())
                            .map(Path::of),
                    conference(),
                    bridges(),
                    new Http(config.getString("http.host"), number("http.port", 0, 65_535)));
        }

        private Xmpp xmpp() throws ConfigurationException {
            String username = config.getString("xmpp.username");
            DomainBareJid domain = domain("xmpp.domain");
            if (!USERNAME.matcher(username).matches()
                    || JidCreate.entityBareFromOrNull(username + "@" + domain) == null) {
                throw wrong("xmpp.username", "is no user name of XMPP");
            }
            return new Xmpp(
                    config.getString("xmpp.host"),
                    number("xmpp.port", 1, 65_535),
                    domain,
                    domain("xmpp.conference-service"),
                    username,
                    resource("xmpp.resource"),
                    file("xmpp.password-file"),
                    file("xmpp.certificate-file"),
                    time("xmpp.ping-interval"),
                    time("xmpp.ping-timeout"),
                    new XmlReader.Limits(
                            number("xmpp.stanza.elements", 100, 1_000_000),
                            number("xmpp.stanza.depth", 8, 1_000),
                            number("xmpp.stanza.characters", 10_000, 100_000_000)),
                    number("xmpp.open-requests", 10, 10_000_000));
        }

        private ConferenceSettings conference() throws ConfigurationException {
            return new ConferenceSettings(
                    number("conference.min-participants", 1, 100),
                    time("conference.alone-timeout"),
                    time("conference.empty-timeout"),
                    time("conference.accept-timeout"),
                    time("conference.answer-timeout"),
                    time("bridge.request-timeout"),
                    number("conference.participants", 1, 10_000),
                    number("conference.queue", 10, 1_000_000),
                    new SourceRules(
                            number("conference.sources-per-participant", 1, 1_000),
                            number("conference.groups-per-participant", 1, 1_000)),
                    time("conference.restart.distance"),
                    number("conference.restart.per-minute", 1, 1_000));
        }

        private Brewery.Settings bridges() throws ConfigurationException {
            EntityBareJid room = JidCreate.entityBareFromOrNull(config.getString("bridge.brewery"));
            if (room == null) {
                throw wrong("bridge.brewery", "is no address of a room");
            }
            return new Brewery.Settings(
                    room,
                    time("bridge.health-check.interval"),
                    time("bridge.health-check.timeout"),
                    time("bridge.cool-down"),
                    config.getString("bridge.drain-after").equals("never")
                            ? Optional.empty()
                            : Optional.of(time("bridge.drain-after")),
                    Optional.of(config.getString("bridge.local-region")).filter(region -> !region.isBlank()),
                    domain("xmpp.domain"));
        }

        private int number(String key, int least, int most) throws ConfigurationException {
            int value = config.getInt(key);
            if (value < least || value > most) {
                throw wrong(key, "has to be from " + least + " to " + most);
            }
            return value;
        }

        private Duration time(String key) throws ConfigurationException {
            Duration value = config.getDuration(key);
            if (value.isNegative() || value.isZero()) {
                throw wrong(key, "has to be longer than nothing");
            }
            return value;
        }

        private Path file(String key) throws ConfigurationException {
            String value = config.getString(key);
            if (value.isBlank()) {
                throw wrong(key, "has to be set: there is no default");
            }
            return Path.of(value);
        }

        private DomainBareJid domain(String key) throws ConfigurationException {
            try {
                if (DOMAIN.matcher(config.getString(key)).matches()) {
                    return JidCreate.domainBareFrom(config.getString(key));
                }
                throw wrong(key, "is no domain");
            } catch (XmppStringprepException e) {
                throw wrong(key, "is no domain");
            }
        }

        private String resource(String key) throws ConfigurationException {
            try {
                return Resourcepart.from(config.getString(key)).toString();
            } catch (XmppStringprepException e) {
                throw wrong(key, "is no resource of XMPP");
            }
        }

        private static ConfigurationException wrong(String key, String what) {
            return new ConfigurationException("The value of '" + key + "' " + what + ".");
        }
    }
}
