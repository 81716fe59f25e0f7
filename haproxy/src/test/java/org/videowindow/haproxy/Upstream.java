package org.videowindow.haproxy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that HAProxy stands before: HTTP/1.1 and WebSocket. It answers with its name and the head of the request as
 * it arrived, so that a test sees where a request went and what HAProxy made of it. A WebSocket gets the same as its
 * first message and then its own messages back.
 */
final class Upstream implements Closeable {
    private static final int MAX_HEAD = 64 * 1024;

    private final String name;
    private final String health;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile ServerSocket server;
    private volatile int status = 200;
    private volatile String reason = "fine";
    private volatile CountDownLatch running = new CountDownLatch(0);

    private Upstream(String name, String health, InetAddress address) throws IOException {
        this.name = name;
        this.health = health;
        server = listen(new InetSocketAddress(address, 0));
        port = server.getLocalPort();
    }

    /** A server of the public's requests. */
    static Upstream named(String name, InetAddress address) throws IOException {
        return new Upstream(name, "", address);
    }

    /** A server that is asked for its health and knows no other address. */
    static Upstream healthAt(String path, InetAddress address) throws IOException {
        return new Upstream("health", path, address);
    }

    /** Host and port. */
    String address() {
        return server.getInetAddress().getHostAddress() + ":" + port;
    }

    /** How many requests arrived. */
    int requests() {
        return requests.get();
    }

    /** What the health says from now on. */
    void says(int newStatus, String newReason) {
        status = newStatus;
        reason = newReason;
    }

    /** Accepts and never answers, as a stopped process does. */
    void freeze() {
        running = new CountDownLatch(1);
    }

    /** Goes on. */
    void thaw() {
        running.countDown();
    }

    /** Is gone, as a killed process is, with all its connections. */
    void kill() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Is there again, at the same address. */
    void restart() throws IOException {
        server = listen(new InetSocketAddress(server.getInetAddress(), port));
    }

    @Override
    public void close() throws IOException {
        thaw();
        kill();
    }

    private ServerSocket listen(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address, 256);
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket socket = from.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                running.await();
                requests.incrementAndGet();
                String key = header(head, "sec-websocket-key");
                if (!health.isEmpty()) {
                    boolean known = head.startsWith("GET " + health + " ");
                    answer(out, known ? status : 404, known ? "{\"reason\":\"" + reason + "\"}" : "");
                } else if (key.isEmpty()) {
                    String length = header(head, "content-length");
                    in.skipNBytes(length.isEmpty() ? 0 : Long.parseLong(length));
                    answer(out, 200, name + "\n" + head);
                } else {
                    webSocket(in, out, key, name + "\n" + head);
                    return;
                }
            }
        } catch (IOException e) {
            // The other side has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0 && head.length() < MAX_HEAD; c = in.read()) {
            head.append((char) c);
            if (c == '\n'
                    && head.length() >= 4
                    && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private static String header(String head, String name) {
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "";
    }

    private static void answer(OutputStream out, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        out.write(("HTTP/1.1 " + status + " Whatever\r\nContent-Type: text/plain\r\nContent-Length: " + bytes.length
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void webSocket(InputStream in, OutputStream out, String key, String first) throws IOException {
        String accept = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(accept.getBytes(StandardCharsets.US_ASCII));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
        frame(out, first.getBytes(StandardCharsets.ISO_8859_1));
        while (true) {
            int opcode = in.read() & 0x0f;
            int length = in.read() & 0x7f;
            if (length == 126) {
                length = in.read() << 8 | in.read();
            }
            byte[] mask = in.readNBytes(4);
            byte[] message = in.readNBytes(length);
            if (mask.length < 4 || message.length < length || opcode != 1) {
                return;
            }
            for (int i = 0; i < length; i++) {
                message[i] ^= mask[i % 4];
            }
            frame(out, message);
        }
    }

    private static void frame(OutputStream out, byte[] message) throws IOException {
        out.write(0x81);
        if (message.length < 126) {
            out.write(message.length);
        } else {
            out.write(126);
            out.write(message.length >> 8);
            out.write(message.length);
        }
        out.write(message);
        out.flush();
    }
}
