package org.videowindow.focus.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts exactly the certificate in a PEM file, by its bytes: no authority, no name, no chain. The file is read at each
 * handshake, so that a shard that made a new certificate is trusted once the file says so.
 */
public final class PinnedCertificate implements X509TrustManager {
    private final Path file;

    /** Pins the certificate in the file. */
    public PinnedCertificate(Path file) {
        this.file = file;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0 || !pinned().equals(chain[0])) {
            throw new CertificateException("the shard's certificate is not the one in " + file);
        }
        chain[0].checkValidity();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("the focus accepts no TLS connections");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private X509Certificate pinned() throws CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new CertificateException("cannot read the certificate file " + file, e);
        }
    }
}
