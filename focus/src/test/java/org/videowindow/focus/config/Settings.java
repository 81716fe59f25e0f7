package org.videowindow.focus.config;

import com.typesafe.config.Config;

/** Reads configurations for tests of other packages. */
public final class Settings {
    private Settings() {}

    /** The checked configuration. */
    public static FocusConfig of(Config file) throws ConfigurationException {
        return ConfigurationFile.read(file);
    }
}
