package org.videowindow.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** What HAProxy and coturn prove themselves with. */
final class CertificateHops {
    private static final Duration SOON = Duration.ofDays(14);

    private final Doctor doctor;
    private final Installation installation;

    CertificateHops(Doctor doctor) {
        this.doctor = doctor;
        this.installation = doctor.installation();
    }

    void look() {
        for (Instance proxy : installation.setUp().of(Part.HAPROXY)) {
            look(proxy, installation.ports().https(proxy.number()), installation.publicHost());
        }
        for (Instance coturn : installation.setUp().of(Part.COTURN)) {
            look(coturn, installation.ports().turnTls(), installation.publicHost());
        }
    }

    private void look(Instance instance, int port, String name) {
        String hop = "TLS of " + installation.setUp().label(instance);
        if (!doctor.runs(instance)) {
            doctor.skipped(hop, instance);
            return;
        }
        String fix = "Put a certificate for " + name + " with its chain and its key into "
                + installation.secret(Certificate.BOTH)
                + " (delete that file and run ./video-window up to have a new one made here), "
                + doctor.restart(instance) + ".";
        X509Certificate[] chain;
        try {
            chain = shown(installation.setUp().listen(), port, name);
        } catch (IOException refused) {
            doctor.findings()
                    .failed(
                            hop,
                            "no TLS at " + installation.setUp().listen() + ":" + port + ": " + refused.getMessage(),
                            fix);
            return;
        }
        X509Certificate own = chain[0];
        Instant now = Instant.now();
        Instant end = own.getNotAfter().toInstant();
        if (end.isBefore(now)) {
            doctor.findings().failed(hop, "the certificate expired at " + end, fix);
        } else if (own.getNotBefore().toInstant().isAfter(now)) {
            doctor.findings()
                    .failed(
                            hop,
                            "the certificate is not valid before "
                                    + own.getNotBefore().toInstant(),
                            fix);
        } else if (!names(own).contains(name)) {
            doctor.findings().failed(hop, "the certificate is for " + names(own) + " and not for " + name, fix);
        } else {
            Duration left = Duration.between(now, end);
            doctor.findings()
                    .ok(
                            hop,
                            "valid for " + left.toDays() + " days" + (left.compareTo(SOON) < 0 ? ", RENEW IT NOW" : "")
                                    + "; " + signer(chain));
        }
    }

    private static X509Certificate[] shown(String host, int port, String name) throws IOException {
        int patience = (int) Web.PATIENCE.toMillis();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), patience);
            plain.setSoTimeout(patience);
            try (SSLSocket socket =
                    (SSLSocket) Web.anyCertificate().getSocketFactory().createSocket(plain, name, port, true)) {
                if (!name.matches("[0-9.]+")) {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setServerNames(List.of(new SNIHostName(name)));
                    socket.setSSLParameters(parameters);
                }
                socket.startHandshake();
                return Stream.of(socket.getSession().getPeerCertificates())
                        .map(X509Certificate.class::cast)
                        .toArray(X509Certificate[]::new);
            }
        }
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateException unreadable) {
            return List.of();
        }
    }

    private static String signer(X509Certificate[] chain) {
        if (chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal())) {
            return "signed by itself: browsers ask before they go on";
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                ((X509TrustManager) manager)
                        .checkServerTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            }
            return "signed by " + chain[0].getIssuerX500Principal().getName();
        } catch (GeneralSecurityException unknown) {
            return "signed by " + chain[0].getIssuerX500Principal().getName()
                    + ", which Java does not know or whose chain is not complete";
        }
    }
}
