package org.videowindow.focus.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.videowindow.focus.xmpp.Addresses;

/**
 * Reads the configuration: what the environment says, over what the file says, over the annotated defaults in
 * {@code reference.conf}. The defaults are also the list of keys: any other key in the file is refused.
 */
public final class ConfigurationFile {
    private static final String ENVIRONMENT = "environment";

    private ConfigurationFile() {}

    /** Reads the file. */
    public static FocusConfig read(Path file) throws ConfigurationException {
        if (!Files.isReadable(file)) {
            throw new ConfigurationException("The configuration file " + file + " cannot be read.");
        }
        try {
            return read(ConfigFactory.parseFile(file.toFile(), strict()));
        } catch (ConfigException e) {
            throw new ConfigurationException("The configuration is wrong: " + e.getMessage());
        }
    }

    /** Reads a parsed file. */
    static FocusConfig read(Config file) throws ConfigurationException {
        Addresses.normalise();
        Config reference =
                ConfigFactory.parseResources(ConfigurationFile.class.getClassLoader(), "reference.conf", strict());
        Config environment = reference.getConfig(ENVIRONMENT).resolve(ConfigResolveOptions.defaults());
        Config defaults = reference.withoutPath(ENVIRONMENT);
        refuseUnknown(file.root(), defaults.root(), "");
        return FocusConfig.of(
                environment.withFallback(file).withFallback(defaults).resolve());
    }

    private static ConfigParseOptions strict() {
        return ConfigParseOptions.defaults().setAllowMissing(false);
    }

    private static void refuseUnknown(ConfigObject file, ConfigObject known, String prefix)
            throws ConfigurationException {
        for (Map.Entry<String, ConfigValue> entry : file.entrySet()) {
            String path = prefix + entry.getKey();
            ConfigValue meant = known.get(entry.getKey());
            if (meant == null) {
                throw new ConfigurationException("The key '" + path + "' is unknown ("
                        + entry.getValue().origin().description() + ").");
            }
            if (meant instanceof ConfigObject inner) {
                if (!(entry.getValue() instanceof ConfigObject outer)) {
                    throw new ConfigurationException("The key '" + path + "' has keys below it and no value.");
                }
                refuseUnknown(outer, inner, path + ".");
            }
        }
    }
}
