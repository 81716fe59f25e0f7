package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
    @TempDir
    Path home;

    @Test
    void oneIsMadeForThisMachineAndStays() throws IOException, InterruptedException, CertificateException {
        Installation installation = installation("127.0.0.1");
        new Certificate(installation).prepare();
        Path both = installation.secret(Certificate.BOTH);
        String text = Files.readString(both);
        X509Certificate made = Certificate.read(text).getFirst();
        assertThat(made.getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .contains("localhost", "*.localhost", "turn.localhost", "127.0.0.1");
        assertThat(text).contains("BEGIN PRIVATE KEY");
        assertThat(installation.secret(Certificate.KEY)).content().doesNotContain("BEGIN CERTIFICATE");
        assertThat(installation.secret(Certificate.CERTIFICATE)).content().doesNotContain("PRIVATE KEY");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(both)))
                .isEqualTo("rw-------");

        new Certificate(installation).prepare();
        assertThat(both).hasContent(text);
    }

    @Test
    void anotherAddressGetsAnotherCertificateUnlessItIsTheOperators()
            throws IOException, InterruptedException, CertificateException {
        new Certificate(installation("127.0.0.1")).prepare();
        Installation elsewhere = installation("10.1.2.3");
        new Certificate(elsewhere).prepare();
        Path both = elsewhere.secret(Certificate.BOTH);
        assertThat(Certificate.read(Files.readString(both)).getFirst().getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .contains("10.1.2.3");

        Path store = home.resolve("store");
        Run.of(
                        elsewhere.jdk().resolve("bin").resolve("keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=meet.example.org",
                        "-alias",
                        "tls",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "passing")
                .orRefuse("keytool");
        String operators = Certificate.pem(store, "passing");
        Files.writeString(both, operators);
        new Certificate(elsewhere).prepare();
        assertThat(both).hasContent(operators);
        assertThat(Certificate.read(Files.readString(elsewhere.secret(Certificate.CERTIFICATE))))
                .isEqualTo(Certificate.read(operators));
    }

    private Installation installation(String listen) throws IOException {
        Installation installation = Installation.of(Path.of(""), Map.of("VIDEO_WINDOW_HOME", home.toString()))
                .with(SetUp.parse(List.of("--with", "haproxy", "--listen", listen))
                        .orElseThrow());
        Secrets.prepare(installation.secrets());
        return installation;
    }
}
