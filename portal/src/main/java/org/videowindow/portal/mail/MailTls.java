package org.videowindow.portal.mail;

/** How the connection to the SMTP server is protected. */
public enum MailTls {
    /** Begins in clear text and must become TLS before anything is said (RFC 3207). */
    STARTTLS,
    /** TLS from the first byte (RFC 8314). */
    TLS,
    /** Never: only for a server on the same machine. */
    NONE
}
