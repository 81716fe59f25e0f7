package org.videowindow.portal.mail;

/** Hands one mail to a mail server. Blocking. */
interface MailTransport {
    /**
     * Sends a mail.
     *
     * @throws NotSentException when it was not taken
     */
    void send(Mail mail) throws NotSentException;
}
