package org.videowindow.shard.openfire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** Trusts one certificate only. */
record PinnedCertificate(X509Certificate certificate) implements X509TrustManager {
    static PinnedCertificate of(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return new PinnedCertificate(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("not for clients");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        if (!certificate.equals(chain[0])) {
            throw new CertificateException("another certificate than the pinned one");
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {certificate};
    }
}
