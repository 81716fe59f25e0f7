package org.videowindow.bridge.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * One object of the configuration while it is read: remembers which keys were asked for, so that {@link #finish()} can
 * refuse the others. Every refusal is a sentence with the full key and where it was written. Used by one thread.
 */
final class Section {
    private final String path;
    private final Config config;
    private final Set<String> known = new HashSet<>();

    Section(String path, Config config) {
        this.path = path;
        this.config = config;
    }

    Section section(String key) throws ConfigurationException {
        return new Section(name(key), value(key, config::getConfig));
    }

    List<Section> sections(String key) throws ConfigurationException {
        List<Section> sections = new ArrayList<>();
        for (Config entry : value(key, config::getConfigList)) {
            sections.add(new Section(name(key) + "[" + sections.size() + "]", entry));
        }
        return sections;
    }

    String text(String key) throws ConfigurationException {
        return value(key, config::getString);
    }

    String text(String key, String otherwise) throws ConfigurationException {
        known.add(key);
        return config.hasPath(key) ? text(key) : otherwise;
    }

    /** Text that is not blank. */
    String word(String key) throws ConfigurationException {
        String text = text(key);
        if (text.isBlank()) {
            throw refuse(key, "must not be empty");
        }
        return text;
    }

    int integer(String key, int lowest, int highest) throws ConfigurationException {
        int number = value(key, config::getInt);
        if (number < lowest || number > highest) {
            throw refuse(key, number + " is not between " + lowest + " and " + highest);
        }
        return number;
    }

    boolean flag(String key) throws ConfigurationException {
        return value(key, config::getBoolean);
    }

    int port(String key) throws ConfigurationException {
        return integer(key, 0, 65_535);
    }

    int port(String key, int otherwise) throws ConfigurationException {
        known.add(key);
        return config.hasPath(key) ? integer(key, 1, 65_535) : otherwise;
    }

    double fraction(String key, double lowest, double highest) throws ConfigurationException {
        double number = value(key, config::getDouble);
        if (!(number >= lowest && number <= highest)) {
            throw refuse(key, number + " is not between " + lowest + " and " + highest);
        }
        return number;
    }

    /** A size in bytes, e.g. {@code 64KiB}. */
    long size(String key, long lowest, long highest) throws ConfigurationException {
        long bytes = value(key, config::getBytes);
        if (bytes < lowest || bytes > highest) {
            throw refuse(key, bytes + " bytes is not between " + lowest + " and " + highest);
        }
        return bytes;
    }

    /** A duration with unit, e.g. {@code 300ms}. */
    Duration duration(String key, Duration lowest, Duration highest) throws ConfigurationException {
        if (value(key, config::getValue).valueType() == ConfigValueType.NUMBER) {
            throw refuse(key, "needs a unit, for example 5s");
        }
        Duration duration = value(key, config::getDuration);
        if (duration.compareTo(lowest) < 0 || duration.compareTo(highest) > 0) {
            throw refuse(key, words(duration) + " is not between " + words(lowest) + " and " + words(highest));
        }
        return duration;
    }

    <E extends Enum<E>> E choice(String key, Class<E> type) throws ConfigurationException {
        String text = text(key);
        List<String> choices = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String choice = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (choice.equals(text)) {
                return constant;
            }
            choices.add(choice);
        }
        throw refuse(key, "\"" + text + "\" is none of " + String.join(", ", choices));
    }

    /** An IP address literal; names are refused because what they mean changes with the resolver. */
    InetAddress address(String key) throws ConfigurationException {
        return address(key, text(key));
    }

    /** A list of texts, or one text with commas, which is all that an environment variable can hold. */
    List<String> texts(String key) throws ConfigurationException {
        if (value(key, config::getValue).valueType() != ConfigValueType.STRING) {
            return value(key, config::getStringList);
        }
        List<String> parts = new ArrayList<>();
        for (String part : text(key).split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    Path file(String key) throws ConfigurationException {
        return Path.of(word(key));
    }

    Path file(String key, Path otherwise) throws ConfigurationException {
        known.add(key);
        return config.hasPath(key) ? file(key) : otherwise;
    }

    /** Refuses keys nobody asked for. */
    void finish() throws ConfigurationException {
        for (String key : config.root().keySet()) {
            if (!known.contains(key)) {
                throw refuse(key, "is not a key of the bridge");
            }
        }
    }

    ConfigurationException refuse(String key, String why) {
        return new ConfigurationException(name(key) + where(key) + ": " + why + ".");
    }

    /** {@code text} as an IP address literal, for a key that holds several. */
    InetAddress address(String key, String text) throws ConfigurationException {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw refuse(key, "\"" + text + "\" is not an IP address");
        }
    }

    private <T> T value(String key, Function<String, T> getter) throws ConfigurationException {
        known.add(key);
        try {
            return getter.apply(key);
        } catch (ConfigException.Missing e) {
            throw new ConfigurationException(name(key) + " is missing.", e);
        } catch (ConfigException e) {
            throw new ConfigurationException(name(key) + where(key) + " has a value of the wrong kind.", e);
        }
    }

    private String where(String key) {
        String quoted = ConfigUtil.quoteString(key);
        return config.hasPathOrNull(quoted)
                ? " (" + config.root().get(key).origin().description() + ")"
                : "";
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
