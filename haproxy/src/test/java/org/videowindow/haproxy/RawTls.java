package org.videowindow.haproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TLS without an HTTP client, for requests that none would make. */
final class RawTls {
    private static final int PATIENCE_MILLIS = 30_000;

    private RawTls() {}

    /** A connection whose handshake is done. */
    static SSLSocket connect(String address, String serverName, String... protocols) throws IOException {
        int colon = address.lastIndexOf(':');
        SSLSocket socket =
                (SSLSocket) Certificates.trustingContext().getSocketFactory().createSocket();
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    PATIENCE_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            if (protocols.length > 0) {
                parameters.setApplicationProtocols(protocols);
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends the text and returns what comes until the other side ends the connection or 64 KB have come. */
    static String ask(String address, String text) throws IOException {
        try (SSLSocket socket = connect(address, "meet.example.org")) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] answer = new byte[64 * 1024];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
        }
    }
}
