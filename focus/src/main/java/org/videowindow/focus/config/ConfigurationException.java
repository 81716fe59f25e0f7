package org.videowindow.focus.config;

/** The configuration cannot be used; the message is one sentence that names the key. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public ConfigurationException(String sentence) {
        super(sentence);
    }
}
