package org.videowindow.bridge.colibri.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts a server that presents one of the certificates of a file, and no other. Neither name nor date are looked at:
 * whoever holds the key of that very certificate is the server.
 */
final class PinnedCertificates implements X509TrustManager {
    private final Collection<? extends Certificate> pinned;

    private PinnedCertificates(Collection<? extends Certificate> pinned) {
        this.pinned = pinned;
    }

    /** @throws IOException in one sentence when the file holds no certificate */
    static PinnedCertificates read(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException("The certificate file " + pem + " holds no certificate.");
            }
            return new PinnedCertificates(certificates);
        } catch (CertificateException e) {
            throw new IOException("The certificate file " + pem + " is not PEM.", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0 || !pinned.contains(chain[0])) {
            throw new CertificateException("The server's certificate is not the configured one.");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("No client is trusted here.");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
