package org.videowindow.shard.openfire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Key and self-signed certificate of the TCP port, with the key stores Openfire wants beside them. Made at the first
 * start (and again when the domain changes); focus and bridge pin the exported certificate.
 */
@SuppressWarnings("JavaUtilDate") // X.509 libraries speak in Dates
final class ServerCertificate {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RSA_BITS = 3072;
    private static final Duration LIFETIME = Duration.ofDays(3650);
    private static final String STORE_TYPE = "jks";

    private final X509Certificate certificate;
    private final String password;

    private ServerCertificate(X509Certificate certificate, String password) {
        this.certificate = certificate;
        this.password = password;
    }

    /**
     * Reads the stores of a folder or makes them.
     *
     * @param folder where {@code keystore}, {@code truststore}, {@code client.truststore} and their password are
     * @param domain name in the certificate
     */
    static ServerCertificate openOrCreate(Path folder, String domain, Instant now) throws IOException {
        Path passwordFile = folder.resolve("store-password");
        Path keyStore = folder.resolve("keystore");
        try {
            if (Files.exists(passwordFile) && Files.exists(keyStore)) {
                String password = Files.readString(passwordFile, StandardCharsets.US_ASCII);
                X509Certificate certificate = read(keyStore, domain, password);
                if (certificate != null && certificate.getNotAfter().after(Date.from(now))) {
                    return new ServerCertificate(certificate, password);
                }
            }
            return create(folder, domain, now);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("The server's certificate could not be made: " + e.getMessage(), e);
        }
    }

    /** Password of the stores. */
    String password() {
        return password;
    }

    /** Writes the certificate as PEM, in one step so that a reader never sees half of it. */
    void export(Path file) throws IOException {
        try {
            String pem = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, pem, StandardCharsets.US_ASCII);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (GeneralSecurityException e) {
            throw new IOException("The server's certificate could not be written", e);
        }
    }

    private static X509Certificate read(Path file, String domain, String password)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(STORE_TYPE);
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return (X509Certificate) store.getCertificate(alias(domain));
    }

    private static ServerCertificate create(Path folder, String domain, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        byte[] secret = new byte[24];
        RANDOM.nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS, RANDOM);
        KeyPair pair = generator.generateKeyPair();
        X509Certificate certificate = selfSigned(pair, domain, now);
        Files.writeString(folder.resolve("store-password"), password, StandardCharsets.US_ASCII);
        KeyStore keys = empty();
        keys.setKeyEntry(alias(domain), pair.getPrivate(), password.toCharArray(), new Certificate[] {certificate});
        write(keys, folder.resolve("keystore"), password);
        write(empty(), folder.resolve("truststore"), password);
        write(empty(), folder.resolve("client.truststore"), password);
        return new ServerCertificate(certificate, password);
    }

    private static X509Certificate selfSigned(KeyPair pair, String domain, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        X500Name name = new X500Name("CN=" + domain);
        var builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(120, RANDOM),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(LIFETIME)),
                name,
                pair.getPublic());
        GeneralName[] names = {
            new GeneralName(GeneralName.dNSName, domain), new GeneralName(GeneralName.dNSName, "conference." + domain)
        };
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
    }

    private static String alias(String domain) {
        return domain + "_rsa";
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(STORE_TYPE);
        store.load(null, null);
        return store;
    }

    private static void write(KeyStore store, Path file, String password) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }
}
