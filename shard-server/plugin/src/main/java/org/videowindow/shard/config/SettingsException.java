package org.videowindow.shard.config;

/** The settings cannot be used; the message is one sentence for the operator that names the key or file. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    public SettingsException(String sentence) {
        super(sentence);
    }

    public SettingsException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
