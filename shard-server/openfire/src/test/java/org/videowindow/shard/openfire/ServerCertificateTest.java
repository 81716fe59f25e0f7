package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate is made once, kept, and made anew only when it no longer serves. */
class ServerCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    private X509Certificate exported(String domain, Instant now) throws Exception {
        ServerCertificate.openOrCreate(folder, domain, now).export(folder.resolve("certificate.pem"));
        return PinnedCertificate.of(folder.resolve("certificate.pem")).certificate();
    }

    @Test
    void certificateIsKeptAcrossStarts() throws Exception {
        X509Certificate first = exported("d.test", NOW);
        assertThat(exported("d.test", NOW.plus(Duration.ofDays(100)))).isEqualTo(first);
        assertThat(first.getSubjectX500Principal().getName()).isEqualTo("CN=d.test");
        assertThat(first.getSubjectAlternativeNames().toString()).contains("d.test", "conference.d.test");
        assertThat(Files.readString(folder.resolve("store-password"))).hasSize(48);
    }

    @Test
    void anotherDomainOrTheEndOfItsLifeMakesANewOne() throws Exception {
        X509Certificate first = exported("d.test", NOW);
        X509Certificate second = exported("e.test", NOW);
        assertThat(second).isNotEqualTo(first);
        assertThat(exported("e.test", NOW.plus(Duration.ofDays(3651)))).isNotEqualTo(second);
    }
}
