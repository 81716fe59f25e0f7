package org.videowindow.bridge.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The opening handshake of a WebSocket (RFC 6455 section 4) with exactly the bytes the test wants. */
record PlainHandshake(InetSocketAddress server) {
    /** Sends a request and returns status line and headers of the answer. */
    String request(String target, String moreHeaders) {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            return request(socket, target, moreHeaders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a WebSocket and leaves it alone: what comes is neither read nor answered. */
    Socket hold(String target) {
        try {
            Socket socket = new Socket(server.getAddress(), server.getPort());
            request(socket, target, "");
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String request(Socket socket, String target, String moreHeaders) throws IOException {
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + moreHeaders + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }
}
