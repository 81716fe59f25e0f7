package org.videowindow.loadtest.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/** A self-signed certificate, as a browser makes one per connection; here all participants share one. Immutable. */
public final class Identity {
    private final byte[] certificate;
    private final AsymmetricKeyParameter privateKey;

    private Identity(byte[] certificate, AsymmetricKeyParameter privateKey) {
        this.certificate = certificate;
        this.privateKey = privateKey;
    }

    /** A new key on P-256 and its certificate. */
    public static Identity generate(SecureRandom random) {
        try {
            ECKeyPairGenerator generator = new ECKeyPairGenerator();
            generator.init(new ECKeyGenerationParameters(
                    new ECNamedDomainParameters(
                            X9ObjectIdentifiers.prime256v1, ECNamedCurveTable.getByOID(X9ObjectIdentifiers.prime256v1)),
                    random));
            AsymmetricCipherKeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=loadtest");
            Instant now = Instant.now();
            byte[] certificate = new X509v3CertificateBuilder(
                            name,
                            new BigInteger(64, random),
                            Date.from(now.minus(1, ChronoUnit.DAYS)),
                            Date.from(now.plus(30, ChronoUnit.DAYS)),
                            name,
                            SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(keys.getPublic()))
                    .build(new BcECContentSignerBuilder(
                                    new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA"),
                                    new DefaultDigestAlgorithmIdentifierFinder().find("SHA-256"))
                            .build(keys.getPrivate()))
                    .getEncoded();
            return new Identity(certificate, keys.getPrivate());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("No certificate could be made.", e);
        }
    }

    byte[] certificate() {
        return certificate;
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    /** SHA-256 of the certificate as signalling writes it. */
    public String fingerprint() {
        return fingerprint(certificate);
    }

    static String fingerprint(byte[] certificate) {
        try {
            return HexFormat.ofDelimiter(":")
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate))
                    .toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK has no SHA-256.", e);
        }
    }
}
