package org.videowindow.focus.jingle;

import org.videowindow.focus.xmpp.StanzaError;

/**
 * The outcome of reading something that a remote wrote.
 *
 * @param <T> what it should have been
 */
public sealed interface Reading<T> {
    /** It is what it should be. */
    record Good<T>(T value) implements Reading<T> {}

    /** It is not, and this is what the sender is told. */
    record Bad<T>(StanzaError error) implements Reading<T> {}

    /** Refuses as malformed. */
    static <T> Reading<T> bad(String text) {
        return new Bad<>(StanzaError.badRequest(text));
    }
}
