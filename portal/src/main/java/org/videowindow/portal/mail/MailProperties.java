package org.videowindow.portal.mail;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.mail}.
 *
 * @param host SMTP server; empty: no mail is sent, and what needs mail is off
 * @param port its port
 * @param username name to sign in to it with; empty: none
 * @param passwordFile file with the password that goes with the name
 * @param from sender of the mails
 * @param tls how the connection is protected
 * @param certificateFile PEM file with the certificates to trust; null: those that Java trusts
 */
public record MailProperties(
        @DefaultValue("") String host,
        @DefaultValue("587") int port,
        @DefaultValue("") String username,
        @Nullable Path passwordFile,
        @DefaultValue("") String from,
        @DefaultValue("starttls") MailTls tls,
        @Nullable Path certificateFile) {
    public MailProperties {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("portal.mail.port must be between 1 and 65535");
        }
        if (!host.isEmpty() && !from.matches("([^<>\\p{Cntrl}]* <)?[^\\s<>@]+@[^\\s<>@]+>?")) {
            throw new IllegalArgumentException(
                    "portal.mail.from must be the sender's address such as video@example.org or Video <video@example.org>");
        }
        if (!username.isEmpty() && passwordFile == null) {
            throw new IllegalArgumentException(
                    "portal.mail.password-file must name the file with the password of portal.mail.username");
        }
    }

    /** Whether mails can be sent at all. */
    public boolean configured() {
        return !host.isEmpty();
    }
}
