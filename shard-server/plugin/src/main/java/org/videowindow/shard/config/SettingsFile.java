package org.videowindow.shard.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.videowindow.shard.config.ShardSettings.KeyFetching;
import org.videowindow.shard.config.ShardSettings.Liveness;
import org.videowindow.shard.config.ShardSettings.Service;
import org.videowindow.shard.config.ShardSettings.TokenRules;
import org.videowindow.shard.config.ShardSettings.Turn;

/** Reads {@code video-window.conf} (HOCON) over the defaults in the jar and checks it completely before anything starts. */
public final class SettingsFile {
    private static final String REFERENCE = "video-window-reference.conf";
    private static final Set<String> SERVICE_KEYS = Set.of("type", "host", "port", "transport");
    private static final Set<String> SERVICE_TYPES = Set.of("stun", "turn", "turns");
    private static final Set<String> TRANSPORTS = Set.of("udp", "tcp");

    private SettingsFile() {}

    /**
     * Reads a file; without one the defaults hold.
     *
     * @throws SettingsException naming the key or file that does not fit
     */
    public static ShardSettings read(Path file) throws SettingsException {
        try {
            return parse(Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "", file.toString());
        } catch (IOException e) {
            throw new SettingsException("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Reads settings from HOCON text.
     *
     * @param origin where the text came from, for messages
     */
    public static ShardSettings parse(String text, String origin) throws SettingsException {
        try {
            Config reference = ConfigFactory.parseResources(SettingsFile.class.getClassLoader(), REFERENCE)
                    .resolve();
            Config given = ConfigFactory.parseString(text).resolve();
            for (var entry : given.entrySet()) {
                if (!reference.hasPathOrNull(entry.getKey())) {
                    throw new SettingsException("Unknown key " + entry.getKey() + " in " + origin + ".");
                }
            }
            return of(given.withFallback(reference));
        } catch (ConfigException e) {
            throw new SettingsException("A setting in " + origin + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static ShardSettings of(Config c) throws SettingsException {
        String focus = c.getString("services.focus.account");
        String bridge = c.getString("services.bridge.account");
        Map<String, String> passwords = new LinkedHashMap<>();
        secret(c, "services.focus.password-file").ifPresent(password -> passwords.put(focus, password));
        secret(c, "services.bridge.password-file").ifPresent(password -> passwords.put(bridge, password));
        return new ShardSettings(
                c.getString("shard.name"),
                c.getString("shard.region"),
                new TokenRules(
                        c.getString("token.issuer"),
                        c.getString("token.audience"),
                        c.getDuration("token.clock-skew"),
                        c.getInt("token.max-length"),
                        c.getBoolean("token.any-room")),
                keys(c),
                focus,
                bridge,
                Map.copyOf(passwords),
                c.getString("rooms.brewery"),
                c.getInt("rooms.max-accounts"),
                c.getInt("rooms.max-rooms"),
                liveness(c),
                turn(c),
                c.getString("http.address"),
                c.getInt("http.port"));
    }

    private static KeyFetching keys(Config c) throws SettingsException {
        URI url;
        try {
            url = URI.create(c.getString("token.jwks-url"));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("token.jwks-url is no URL.", e);
        }
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new SettingsException("token.jwks-url must start with http:// or https://.");
        }
        return new KeyFetching(
                url,
                c.getDuration("token.keys.refresh"),
                c.getDuration("token.keys.unknown-key-interval"),
                c.getDuration("token.keys.retry"),
                c.getDuration("token.keys.retry-max"),
                c.getDuration("token.keys.timeout"));
    }

    private static Liveness liveness(Config c) throws SettingsException {
        Liveness liveness = new Liveness(
                c.getDuration("liveness.ping-after"),
                c.getDuration("liveness.gone-after"),
                c.getDuration("liveness.resume-within"));
        if (liveness.goneAfter().compareTo(liveness.pingAfter()) <= 0) {
            throw new SettingsException("liveness.gone-after must be longer than liveness.ping-after.");
        }
        return liveness;
    }

    private static Optional<Turn> turn(Config c) throws SettingsException {
        List<Service> services = new ArrayList<>();
        for (Config entry : c.getConfigList("turn.services")) {
            for (String key : entry.root().keySet()) {
                if (!SERVICE_KEYS.contains(key)) {
                    throw new SettingsException("Unknown key " + key + " in turn.services.");
                }
            }
            Service service = new Service(
                    entry.getString("type"),
                    entry.getString("host"),
                    entry.getInt("port"),
                    entry.hasPath("transport") ? entry.getString("transport") : "udp");
            if (!SERVICE_TYPES.contains(service.type()) || !TRANSPORTS.contains(service.transport())) {
                throw new SettingsException("turn.services has an entry with type " + service.type() + " and transport "
                        + service.transport() + ", which do not exist.");
            }
            services.add(service);
        }
        Optional<String> secret = secret(c, "turn.secret-file");
        return secret.map(s -> new Turn(s, c.getDuration("turn.credential-lifetime"), List.copyOf(services)));
    }

    private static Optional<String> secret(Config c, String key) throws SettingsException {
        String file = c.getString(key);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var lines = Files.lines(Path.of(file), StandardCharsets.UTF_8)) {
            String secret = lines.findFirst().map(String::strip).orElse("");
            if (secret.length() < 8) {
                throw new SettingsException("The file of " + key + " holds less than 8 characters.");
            }
            return Optional.of(secret);
        } catch (IOException e) {
            throw new SettingsException("The file of " + key + ", " + file + ", cannot be read.", e);
        }
    }
}
