package org.videowindow.portal.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** A real SMTP server on a free port of loopback, with a certificate of its own for localhost. */
public final class MailServer implements AutoCloseable {
    /** How the server wants to be spoken to. */
    public enum Kind {
        PLAIN,
        STARTTLS_WITH_SIGN_IN,
        TLS
    }

    public static final String USERNAME = "portal";
    public static final String PASSWORD = "the mail server's password";

    private final Kind kind;
    private final Path folder;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private SMTPServer server;
    private volatile boolean refusesRecipients;

    /** A mail that has come. */
    public record Received(String from, String to, MimeMessage message) {
        public String subject() {
            try {
                return message.getSubject();
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        public String text() {
            try {
                return String.valueOf(message.getContent());
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The token of the link in the mail. */
        public String token() {
            Matcher matcher = Pattern.compile("\\?token=(\\S+)").matcher(text());
            if (!matcher.find()) {
                throw new AssertionError("The mail has no link: " + text());
            }
            return matcher.group(1);
        }
    }

    public MailServer(Kind kind) {
        this.kind = kind;
        try {
            folder = Files.createTempDirectory("mail-server");
            if (kind != Kind.PLAIN) {
                makeCertificate();
            }
            server = make(0);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        server.start();
    }

    public int port() {
        return server.getPortAllocated();
    }

    /** PEM file with the server's certificate. */
    public Path certificate() {
        return folder.resolve("certificate.pem");
    }

    /** From now on no mailbox is known here. */
    public void refuseRecipients() {
        refusesRecipients = true;
    }

    public void stop() {
        server.stop();
    }

    /** Comes back at the same port. */
    public void startAgain() {
        try {
            server = make(port());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        server.start();
    }

    /** The next mail to an address; those to others are thrown away. */
    public Received next(String to) {
        return next(to, 60).orElseThrow(() -> new AssertionError("No mail came within 60 seconds"));
    }

    /** The next mail to an address, if one comes within some seconds. */
    public Optional<Received> next(String to, int seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (true) {
                Received mail = received.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (mail == null) {
                    return Optional.empty();
                }
                if (mail.to().equals(to)) {
                    return Optional.of(mail);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SMTPServer make(int port) throws IOException, GeneralSecurityException {
        SMTPServer.Builder builder = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .simpleMessageListener(new SimpleMessageListener() {
                    @Override
                    public boolean accept(String from, String to) {
                        return !refusesRecipients;
                    }

                    @Override
                    public void deliver(String from, String to, InputStream data) throws IOException {
                        received.add(new Received(from, to, parse(data.readAllBytes())));
                    }
                });
        switch (kind) {
            case PLAIN -> {}
            case STARTTLS_WITH_SIGN_IN ->
                builder.requireTLS()
                        .startTlsSocketFactory(tls())
                        .requireAuth()
                        .authenticationHandlerFactory(
                                new EasyAuthenticationHandlerFactory((name, password, context) -> {
                                    if (!name.equals(USERNAME) || !password.equals(PASSWORD)) {
                                        throw new LoginFailedException();
                                    }
                                }));
            case TLS -> builder.serverSocketFactory(tls());
        }
        return builder.build();
    }

    private void makeCertificate() throws IOException {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start();
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool has failed");
            }
            KeyStore keys = keys();
            String pem = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(keys.getCertificate("mail").getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
            Files.writeString(certificate(), pem);
        } catch (InterruptedException | GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
            keys.load(in, "changeit".toCharArray());
        }
        return keys;
    }

    private SSLContext tls() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keys(), "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static MimeMessage parse(byte[] data) {
        try {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
        } catch (MessagingException e) {
            throw new IllegalStateException(new String(data, StandardCharsets.UTF_8), e);
        }
    }

    static List<String> headers(Received mail, String name) {
        try {
            String[] values = mail.message().getHeader(name);
            return values == null ? List.of() : List.of(values);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
