package org.videowindow.haproxy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A certificate that HAProxy shows, and clients that take any. */
final class Certificates {
    private static Path pem;

    private Certificates() {}

    /** Certificate and key in one file, made once with the program openssl. */
    static synchronized Path serverPem() throws IOException {
        if (pem == null) {
            Path folder = Files.createTempDirectory("haproxy-certificate");
            folder.toFile().deleteOnExit();
            Path made = folder.resolve("tls.pem");
            Commands.run(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-keyout",
                    made.toString(),
                    "-out",
                    folder.resolve("certificate.pem").toString(),
                    "-days",
                    "2",
                    "-subj",
                    "/CN=meet.example.org");
            Files.writeString(
                    made, Files.readString(folder.resolve("certificate.pem")), java.nio.file.StandardOpenOption.APPEND);
            made.toFile().deleteOnExit();
            folder.resolve("certificate.pem").toFile().deleteOnExit();
            pem = made;
        }
        return pem;
    }

    /** Trusts everybody. */
    static SSLContext trustingContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
