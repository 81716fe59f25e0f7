package org.videowindow.portal.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;

/** SMTP (RFC 5321) by Jakarta Mail: a connection per mail, as few are sent. Used by the mail thread only. */
final class SmtpTransport implements MailTransport {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final MailProperties settings;
    private final Clock clock;

    SmtpTransport(MailProperties settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void send(Mail mail) throws NotSentException {
        try {
            Session session = Session.getInstance(properties());
            MimeMessage message = new MimeMessage(session);
            message.setFrom(new InternetAddress(settings.from()));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to(), false));
            message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(clock.instant()));
            message.setText(mail.text(), StandardCharsets.UTF_8.name());
            message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office replies.
            try (Transport transport = session.getTransport("smtp")) {
                if (settings.username().isEmpty()) {
                    transport.connect();
                } else {
                    transport.connect(settings.username(), password());
                }
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (SendFailedException e) {
            throw new NotSentException("the server refuses the recipient", isForGood(e));
        } catch (AuthenticationFailedException e) {
            throw new NotSentException("the server refuses portal.mail.username and its password", false);
        } catch (MessagingException e) {
            throw new NotSentException(reason(e), false);
        } catch (GeneralSecurityException | IOException e) {
            throw new NotSentException(e.getClass().getSimpleName() + " " + e.getMessage(), false);
        }
    }

    private Properties properties() throws GeneralSecurityException, IOException {
        Properties properties = new Properties();
        String patience = String.valueOf(PATIENCE.toMillis());
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", String.valueOf(settings.port()));
        properties.setProperty("mail.smtp.connectiontimeout", patience);
        properties.setProperty("mail.smtp.timeout", patience);
        properties.setProperty("mail.smtp.writetimeout", patience);
        properties.setProperty(
                "mail.smtp.auth", String.valueOf(!settings.username().isEmpty()));
        properties.setProperty("mail.smtp.allowutf8", "true"); // Addresses may have any letters (RFC 6531).
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (settings.tls()) {
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
            case NONE -> {}
        }
        Path certificates = settings.certificateFile();
        if (certificates != null) {
            SSLSocketFactory trusting = TrustedCertificates.only(certificates);
            properties.put("mail.smtp.ssl.socketFactory", trusting);
        }
        return properties;
    }

    private String password() throws IOException {
        Path file = settings.passwordFile();
        return file == null ? "" : Files.readString(file).strip();
    }

    /** A code of 5yz to the recipient will not change; 4yz may (RFC 5321, 4.2.1). */
    private static boolean isForGood(SendFailedException e) {
        for (Exception cause = e; cause instanceof MessagingException next; cause = next.getNextException()) {
            if (cause instanceof SMTPAddressFailedException address) {
                return address.getReturnCode() >= 500;
            }
        }
        return false;
    }

    /** The kind of failure; the server's own words may quote addresses. */
    private static String reason(MessagingException e) {
        Exception cause = e.getNextException();
        return cause == null ? e.getClass().getSimpleName() : cause.getClass().getSimpleName();
    }
}
