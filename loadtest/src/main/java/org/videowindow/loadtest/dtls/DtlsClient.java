package org.videowindow.loadtest.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Locale;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.videowindow.loadtest.srtp.SrtpKeys;

/** The active side of DTLS-SRTP (RFC 5764) that offers AEAD_AES_128_GCM only, so that no comparison mixes ciphers. */
public final class DtlsClient {
    private static final int AEAD_AES_128_GCM = 0x0007;

    private final BcTlsCrypto crypto;
    private final Identity identity;

    public DtlsClient(Identity identity, SecureRandom random) {
        this.crypto = new BcTlsCrypto(random);
        this.identity = identity;
    }

    /**
     * Shakes hands; blocks until done.
     *
     * @param fingerprint the server's, SHA-256 as signalled
     * @return the keys of both directions
     * @throws IOException when the other does not answer, is another, or has no AES-GCM for SRTP
     */
    public SrtpKeys handshake(DatagramTransport transport, String fingerprint) throws IOException {
        Client client = new Client(fingerprint);
        new DTLSClientProtocol().connect(client, transport);
        return client.keys;
    }

    private final class Client extends DefaultTlsClient {
        private final String expected;
        private SrtpKeys keys;

        Client(String expected) {
            super(DtlsClient.this.crypto);
            this.expected = expected.toUpperCase(Locale.ROOT);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
            };
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return 30_000;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return 500;
        }

        @Override
        @SuppressWarnings({"unchecked", "JdkObsolete"}) // the library's signature
        public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
            TlsSRTPUtils.addUseSRTPExtension(
                    extensions, new UseSRTPData(new int[] {AEAD_AES_128_GCM}, TlsUtils.EMPTY_BYTES));
            return extensions;
        }

        @Override
        public void processServerExtensions(@SuppressWarnings("rawtypes") Hashtable extensions) throws IOException {
            super.processServerExtensions(extensions);
            UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
            if (chosen == null || chosen.getProtectionProfiles()[0] != AEAD_AES_128_GCM) {
                throw new TlsFatalAlert(AlertDescription.illegal_parameter);
            }
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                    byte[] shown = server.getCertificate().getCertificateAt(0).getEncoded();
                    if (!Identity.fingerprint(shown).equals(expected)) {
                        throw new TlsFatalAlert(AlertDescription.bad_certificate);
                    }
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    TlsCertificate own = DtlsClient.this.crypto.createCertificate(identity.certificate());
                    return new BcDefaultTlsCredentialedSigner(
                            new TlsCryptoParameters(context),
                            DtlsClient.this.crypto,
                            identity.privateKey(),
                            new Certificate(new TlsCertificate[] {own}),
                            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
                }
            };
        }

        /** Keys come in the order client key, server key, client salt, server salt (RFC 5764 section 4.2). */
        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            int key = SrtpKeys.KEY_BYTES;
            int salt = SrtpKeys.SALT_BYTES;
            byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
            keys = new SrtpKeys(
                    Arrays.copyOfRange(material, 0, key),
                    Arrays.copyOfRange(material, 2 * key, 2 * key + salt),
                    Arrays.copyOfRange(material, key, 2 * key),
                    Arrays.copyOfRange(material, 2 * key + salt, 2 * (key + salt)));
        }
    }
}
