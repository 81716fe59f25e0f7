package org.videowindow.focus.source;

import java.util.Optional;

/** What a source carries. */
public enum MediaKind {
    /** Sound. */
    AUDIO("audio", 'a'),
    /** Pictures. */
    VIDEO("video", 'v');

    private final String word;
    private final char letter;

    MediaKind(String word, char letter) {
        this.word = word;
        this.letter = letter;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }

    /** The letter in names of sources. */
    public char letter() {
        return letter;
    }

    /** The kind of that word. */
    public static Optional<MediaKind> of(String word) {
        for (MediaKind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
