package org.videowindow.bridge.conference;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** How a client of the loopback tests reaches a candidate of the bridge. Blocking. */
interface LoopbackLink extends AutoCloseable {
    /** What a browser begins an "ssltcp" connection with. */
    byte[] PSEUDO_CLIENT_HELLO = HexFormat.of()
            .parseHex("8046010301002d000000100100800300800700c0060040020080040080000004"
                    + "00feff00000a00fefe0000090000640000620000030000061f170ca62f0078fc46552eb18339f1ea");

    void send(byte[] packet) throws IOException;

    /** The next packet, or {@code null} when none comes in time. */
    byte[] receive(int timeoutMillis) throws IOException;

    @Override
    void close();

    /** The way of the candidate's protocol. */
    static LoopbackLink to(TransportCandidate candidate) throws IOException {
        InetSocketAddress address = new InetSocketAddress(candidate.address(), candidate.port());
        return switch (candidate.protocol()) {
            case UDP -> new Datagrams(address);
            case TCP -> new Connection(address, false);
            case SSLTCP -> new Connection(address, true);
        };
    }

    /** UDP. */
    final class Datagrams implements LoopbackLink {
        private final DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        private final InetSocketAddress bridge;

        private Datagrams(InetSocketAddress bridge) throws IOException {
            this.bridge = bridge;
        }

        int localPort() {
            return socket.getLocalPort();
        }

        @Override
        public void send(byte[] packet) throws IOException {
            socket.send(new DatagramPacket(packet, packet.length, bridge));
        }

        @Override
        public byte[] receive(int timeoutMillis) throws IOException {
            byte[] buffer = new byte[2048];
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.setSoTimeout(Math.max(1, timeoutMillis));
                socket.receive(packet);
                return Arrays.copyOf(buffer, packet.getLength());
            } catch (SocketTimeoutException e) {
                return null;
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** TCP with RFC 4571 framing. */
    final class Connection implements LoopbackLink {
        private static final int SERVER_HELLO = 79;

        private final Socket socket;
        private final DataInputStream in;

        Connection(InetSocketAddress bridge, boolean pseudoTls) throws IOException {
            socket = new Socket(bridge.getAddress(), bridge.getPort());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            if (pseudoTls) {
                sendRaw(PSEUDO_CLIENT_HELLO);
                byte[] hello = new byte[SERVER_HELLO];
                in.readFully(hello);
                if (hello[0] != 0x16 || hello[5] != 2) {
                    throw new IOException("That is no ServerHello.");
                }
            }
        }

        void sendRaw(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        Socket socket() {
            return socket;
        }

        @Override
        public void send(byte[] packet) throws IOException {
            sendRaw(ByteBuffer.allocate(2 + packet.length)
                    .putShort((short) packet.length)
                    .put(packet)
                    .array());
        }

        @Override
        public byte[] receive(int timeoutMillis) throws IOException {
            try {
                socket.setSoTimeout(Math.max(1, timeoutMillis));
                int first = in.read();
                if (first < 0) {
                    throw new IOException("The bridge closed the connection.");
                }
                // What has begun comes to its end.
                socket.setSoTimeout(10_000);
                byte[] packet = new byte[(first << 8) | in.readUnsignedByte()];
                in.readFully(packet);
                return packet;
            } catch (SocketTimeoutException e) {
                return null;
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
