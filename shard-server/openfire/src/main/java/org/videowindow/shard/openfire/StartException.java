package org.videowindow.shard.openfire;

/** The server cannot start; the message is the sentence shown to the operator. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String sentence) {
        super(sentence);
    }
}
