package org.videowindow.bridge.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.videowindow.bridge.srtp.SrtpProfile;

/** A browser's side of the handshake, for tests; can be told to misbehave. */
public final class DtlsTestClient {
    private final BcTlsCrypto crypto;
    private final DtlsCertificate certificate;
    private int[] profiles = {SrtpProfile.AEAD_AES_128_GCM.number(), SrtpProfile.AES128_CM_HMAC_SHA1_80.number()};
    private int[] offeredSuites = {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    private ProtocolVersion version = ProtocolVersion.DTLSv12;
    private int timeoutMillis = 30_000;
    private boolean showsCertificate = true;
    private boolean extendedMasterSecret = true;
    private String serverFingerprint;
    private SrtpKeyMaterial keys;

    public DtlsTestClient(SecureRandom random) {
        crypto = new BcTlsCrypto(random);
        certificate = DtlsCertificate.generate(random);
    }

    public DtlsTestClient withProfiles(int... numbers) {
        profiles = numbers;
        return this;
    }

    public DtlsTestClient withCipherSuites(int... suites) {
        offeredSuites = suites;
        return this;
    }

    public DtlsTestClient withVersion(ProtocolVersion offered) {
        version = offered;
        return this;
    }

    public DtlsTestClient withoutCertificate() {
        showsCertificate = false;
        return this;
    }

    public DtlsTestClient withoutExtendedMasterSecret() {
        extendedMasterSecret = false;
        return this;
    }

    public DtlsTestClient withTimeout(int millis) {
        timeoutMillis = millis;
        return this;
    }

    /** What it signals. */
    public String fingerprint() {
        return certificate.fingerprint();
    }

    public DtlsCertificate certificate() {
        return certificate;
    }

    /** Fingerprint of the certificate the server showed. */
    public String serverFingerprint() {
        return serverFingerprint;
    }

    /** Keys from this side: remote is what the server sends. */
    public SrtpKeyMaterial keys() {
        return keys;
    }

    /** Runs the handshake; blocks. */
    public DTLSTransport connect(DatagramTransport transport) throws IOException {
        return new DTLSClientProtocol().connect(new Client(), transport);
    }

    private final class Client extends DefaultTlsClient {
        private SrtpProfile profile;

        Client() {
            super(DtlsTestClient.this.crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return new ProtocolVersion[] {version};
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return offeredSuites.clone();
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return timeoutMillis;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return 100;
        }

        @Override
        public boolean shouldUseExtendedMasterSecret() {
            return extendedMasterSecret;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
            if (profiles.length > 0) {
                TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
            }
            return extensions;
        }

        @Override
        public void processServerExtensions(@SuppressWarnings("rawtypes") Hashtable extensions) throws IOException {
            super.processServerExtensions(extensions);
            profile = SrtpProfile.ofNumber(
                    TlsSRTPUtils.getUseSRTPExtension(extensions).getProtectionProfiles()[0]);
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                    serverFingerprint = PeerFingerprints.text(
                            "SHA-256",
                            server.getCertificate().getCertificateAt(0).getEncoded());
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    if (!showsCertificate) {
                        return null;
                    }
                    TlsCertificate own = DtlsTestClient.this.crypto.createCertificate(certificate.encoded());
                    return new BcDefaultTlsCredentialedSigner(
                            new TlsCryptoParameters(context),
                            DtlsTestClient.this.crypto,
                            certificate.privateKey(),
                            new Certificate(new TlsCertificate[] {own}),
                            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
                }
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            int key = profile.keyBytes();
            int salt = profile.saltBytes();
            byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
            keys = new SrtpKeyMaterial(
                    profile,
                    Arrays.copyOfRange(material, key, 2 * key),
                    Arrays.copyOfRange(material, 2 * key + salt, 2 * (key + salt)),
                    Arrays.copyOfRange(material, 0, key),
                    Arrays.copyOfRange(material, 2 * key, 2 * key + salt));
        }
    }

    /** Fingerprints as the signalling side would hand them over. */
    public static PeerFingerprints fingerprints(List<DtlsTestClient> clients) {
        PeerFingerprints.Builder builder = new PeerFingerprints.Builder();
        clients.forEach(client -> builder.add("sha-256", client.fingerprint()));
        return builder.build().orElseThrow();
    }
}
