package org.videowindow.launcher;

/** A reason not to go on, in one sentence that says what is wrong and what to do. Ends the program with exit code 1. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String sentence) {
        super(sentence);
    }

    Refusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
