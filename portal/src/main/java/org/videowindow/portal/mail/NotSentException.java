package org.videowindow.portal.mail;

import java.io.Serial;

/** The mail server has not taken a mail. The message says why, without addresses. */
final class NotSentException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    NotSentException(String reason, boolean forGood) {
        super(reason);
        this.forGood = forGood;
    }

    /** Whether trying again is of no use: the server knows no such mailbox. */
    boolean forGood() {
        return forGood;
    }
}
