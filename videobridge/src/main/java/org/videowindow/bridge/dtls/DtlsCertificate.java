package org.videowindow.bridge.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * Self-signed ECDSA P-256 certificate of this run of the bridge. Peers know it by its fingerprint alone (RFC 8827
 * section 6.5), so its name says nothing and its validity is fixed. Immutable.
 */
public final class DtlsCertificate {
    private final byte[] encoded;
    private final AsymmetricKeyParameter privateKey;

    private DtlsCertificate(byte[] encoded, AsymmetricKeyParameter privateKey) {
        this.encoded = encoded;
        this.privateKey = privateKey;
    }

    /** Makes a key pair and a certificate for it. */
    public static DtlsCertificate generate(SecureRandom random) {
        ECNamedDomainParameters curve = new ECNamedDomainParameters(
                SECObjectIdentifiers.secp256r1, CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(curve, random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        try {
            return new DtlsCertificate(encode(pair, random), pair.getPrivate());
        } catch (IOException e) {
            throw new IllegalStateException("A certificate of our own must be encodable.", e);
        }
    }

    private static byte[] encode(AsymmetricCipherKeyPair pair, SecureRandom random) throws IOException {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        X500Name name = new X500Name("CN=videobridge");
        V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
        body.setSerialNumber(new ASN1Integer(new BigInteger(63, random).add(BigInteger.ONE)));
        body.setSignature(algorithm);
        body.setIssuer(name);
        body.setSubject(name);
        body.setStartDate(new DERUTCTime("200101000000Z"));
        body.setEndDate(new DERUTCTime("491231235959Z"));
        body.setSubjectPublicKeyInfo(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
        TBSCertificate unsigned = body.generateTBSCertificate();

        DSADigestSigner signer = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
        signer.init(true, new ParametersWithRandom(pair.getPrivate(), random));
        byte[] bytes = unsigned.getEncoded(ASN1Encoding.DER);
        signer.update(bytes, 0, bytes.length);

        ASN1EncodableVector certificate = new ASN1EncodableVector();
        certificate.add(unsigned);
        certificate.add(algorithm);
        certificate.add(new DERBitString(signer.generateSignature()));
        return new DERSequence(certificate).getEncoded(ASN1Encoding.DER);
    }

    /** Hash function of {@link #fingerprint()}, as signalled. */
    public String fingerprintHash() {
        return "sha-256";
    }

    /** Fingerprint as signalled: upper-case bytes separated by colons (RFC 8122 section 5). */
    public String fingerprint() {
        return PeerFingerprints.text("SHA-256", encoded);
    }

    byte[] encoded() {
        return encoded.clone();
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }
}
