package org.videowindow.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The TLS certificate of HAProxy and coturn: {@code secrets/tls.pem} with certificate and key. Without an operator's own
 * one is made here, signed by itself, for this machine. coturn gets the two in files of their own.
 */
final class Certificate {
    private static final Pattern BLOCK = Pattern.compile("(?s)-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \\1-----\\R?");
    private static final String OURS = "CN=Video Window development";
    private static final Duration RENEW_BEFORE = Duration.ofDays(20);
    private static final int DAYS = 365;

    static final String BOTH = "tls.pem";
    static final String CERTIFICATE = "tls-certificate.pem";
    static final String KEY = "tls-key.pem";

    private final Installation installation;

    Certificate(Installation installation) {
        this.installation = installation;
    }

    /** Makes what is missing; one of our own is made again before it expires or where the address is another. */
    void prepare() throws IOException, InterruptedException {
        Path both = installation.secret(BOTH);
        if (!Files.exists(both) || isOursAndUseless(both)) {
            make(both);
        }
        String text = Files.readString(both);
        StringBuilder certificates = new StringBuilder();
        StringBuilder key = new StringBuilder();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            (block.group(1).equals("CERTIFICATE") ? certificates : key).append(block.group());
        }
        Secrets.write(installation.secret(CERTIFICATE), certificates.toString());
        Secrets.write(installation.secret(KEY), key.toString());
    }

    private boolean isOursAndUseless(Path file) throws IOException {
        try {
            X509Certificate certificate = read(Files.readString(file)).getFirst();
            return certificate.getSubjectX500Principal().getName().equals(OURS)
                    && (certificate
                                    .getNotAfter()
                                    .toInstant()
                                    .isBefore(Instant.now().plus(RENEW_BEFORE))
                            || !hasAddress(certificate, installation.setUp().listen()));
        } catch (CertificateException unreadable) {
            throw new Refusal(
                    file + " is no certificate (" + unreadable.getMessage()
                            + "): put your own there, or delete it to have one made.",
                    unreadable);
        }
    }

    private static boolean hasAddress(X509Certificate certificate, String address) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null && names.stream().anyMatch(name -> address.equals(name.get(1)));
    }

    /** The certificates in a PEM text, the server's own first. */
    static List<X509Certificate> read(String pem) throws CertificateException {
        StringBuilder certificates = new StringBuilder();
        for (Matcher block = BLOCK.matcher(pem); block.find(); ) {
            if (block.group(1).equals("CERTIFICATE")) {
                certificates.append(block.group());
            }
        }
        List<X509Certificate> read = CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(certificates.toString().getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (read.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        return read;
    }

    private void make(Path file) throws IOException, InterruptedException {
        String addresses = installation.setUp().onLoopback()
                ? "ip:127.0.0.1"
                : "ip:127.0.0.1,ip:" + installation.setUp().listen();
        Path store = Files.createTempDirectory(installation.secrets(), "tls").resolve("store");
        try {
            Run.of(
                            installation.jdk().resolve("bin").resolve("keytool").toString(),
                            "-genkeypair",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-validity",
                            Integer.toString(DAYS),
                            "-dname",
                            OURS,
                            "-ext",
                            "san=dns:localhost,dns:*.localhost,dns:turn.localhost," + addresses,
                            "-ext",
                            "bc:critical=ca:false",
                            "-ext",
                            "eku=serverAuth",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            "passing",
                            "-alias",
                            "tls")
                    .orRefuse("Making the TLS certificate");
            Secrets.write(file, pem(store, "passing"));
        } finally {
            Files.deleteIfExists(store);
            Files.delete(store.getParent());
        }
    }

    /** What keytool made, as the PEM of certificate and key. */
    static String pem(Path store, String password) throws IOException {
        char[] characters = password.toCharArray();
        try (InputStream input = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(input, characters);
            return pem("CERTIFICATE", keys.getCertificate("tls").getEncoded())
                    + pem("PRIVATE KEY", keys.getKey("tls", characters).getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
