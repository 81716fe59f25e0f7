package org.videowindow.bridge.config;

/** A configuration the bridge cannot start with. The message is one sentence that names the key. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
