package org.videowindow.portal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.videowindow.portal.mail.MailServer.Kind;

/** Over real SMTP, with and without TLS. */
class SmtpTransportTest {
    private static final Mail MAIL = new Mail("ada@example.org", "Grüße", "A sentence.\n\nhttps://example.org/x\n");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aMailArrives(Kind kind) throws Exception {
        try (MailServer server = new MailServer(kind)) {
            transport(server, kind, MailServer.PASSWORD, kind == Kind.PLAIN ? null : server.certificate())
                    .send(MAIL);
            MailServer.Received mail = server.next("ada@example.org");
            assertThat(mail.from()).isEqualTo("video@example.org");
            assertThat(mail.subject()).isEqualTo("Grüße");
            assertThat(mail.text().replace("\r\n", "\n")).isEqualTo(MAIL.text());
            assertThat(mail.message().getContentType()).startsWith("text/plain");
            assertThat(mail.message().getHeader("From")).containsExactly("Video Window <video@example.org>");
            assertThat(mail.message().getHeader("Auto-Submitted")).containsExactly("auto-generated");
        }
    }

    @Test
    void aServerWithoutTlsGetsNothingWhereTlsIsWanted() {
        try (MailServer server = new MailServer(Kind.PLAIN)) {
            assertThatExceptionOfType(NotSentException.class)
                    .isThrownBy(() -> transport(server, Kind.STARTTLS_WITH_SIGN_IN, MailServer.PASSWORD, null)
                            .send(MAIL));
            assertThat(server.next("ada@example.org", 0)).isEmpty();
        }
    }

    @Test
    void aCertificateThatNobodyTrustsGetsNothing() {
        try (MailServer server = new MailServer(Kind.TLS)) {
            assertThatExceptionOfType(NotSentException.class)
                    .isThrownBy(() -> transport(server, Kind.TLS, "", null).send(MAIL))
                    .matches(e -> !e.forGood());
        }
    }

    @Test
    void aWrongPasswordIsToldInASentenceThatNamesTheKey() {
        try (MailServer server = new MailServer(Kind.STARTTLS_WITH_SIGN_IN)) {
            assertThatExceptionOfType(NotSentException.class)
                    .isThrownBy(() -> transport(server, Kind.STARTTLS_WITH_SIGN_IN, "wrong", server.certificate())
                            .send(MAIL))
                    .withMessageContaining("portal.mail.username")
                    .matches(e -> !e.forGood());
        }
    }

    @Test
    void aMailboxThatIsNotThereIsGivenUp() {
        try (MailServer server = new MailServer(Kind.PLAIN)) {
            server.refuseRecipients();
            assertThatExceptionOfType(NotSentException.class)
                    .isThrownBy(() -> transport(server, Kind.PLAIN, "", null).send(MAIL))
                    .matches(NotSentException::forGood)
                    .matches(e -> !String.valueOf(e.getMessage()).contains("ada"));
        }
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() {
        MailServer server = new MailServer(Kind.PLAIN);
        server.close();
        assertThatExceptionOfType(NotSentException.class)
                .isThrownBy(() -> transport(server, Kind.PLAIN, "", null).send(MAIL))
                .matches(e -> !e.forGood());
    }

    private SmtpTransport transport(MailServer server, Kind kind, String password, @Nullable Path certificate)
            throws IOException {
        boolean signsIn = kind == Kind.STARTTLS_WITH_SIGN_IN;
        Path passwordFile = Files.writeString(folder.resolve("password"), password + "\n");
        return new SmtpTransport(
                new MailProperties(
                        "localhost",
                        server.port(),
                        signsIn ? MailServer.USERNAME : "",
                        signsIn ? passwordFile : null,
                        "Video Window <video@example.org>",
                        switch (kind) {
                            case PLAIN -> MailTls.NONE;
                            case STARTTLS_WITH_SIGN_IN -> MailTls.STARTTLS;
                            case TLS -> MailTls.TLS;
                        },
                        certificate),
                Clock.systemUTC());
    }
}
