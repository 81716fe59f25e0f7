package org.videowindow.launcher.turn;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The way to a TURN server: whole messages in both directions. Used by one thread. */
public abstract class TurnTransport implements Closeable {
    /** Whether the way itself repeats what was lost. */
    abstract boolean isReliable();

    public abstract void send(byte[] message) throws IOException;

    /**
     * Goes on from another port of ours, if that is possible without a new connection.
     *
     * @return whether it does
     */
    boolean changePort() throws IOException {
        return false;
    }

    /**
     * The next message.
     *
     * @throws SocketTimeoutException when none comes in time
     */
    public abstract byte[] receive(Duration within) throws IOException;

    /** TURN over UDP. */
    public static TurnTransport udp(InetSocketAddress server) throws IOException {
        return new Datagrams(server, 0);
    }

    /** The same from a port of ours. */
    static TurnTransport udp(InetSocketAddress server, int ownPort) throws IOException {
        return new Datagrams(server, ownPort);
    }

    /** TURN over TCP. */
    public static TurnTransport tcp(InetSocketAddress server, Duration within) throws IOException {
        return new Stream(connect(server, within));
    }

    /**
     * TURN over TLS.
     *
     * @param name name of the server in the handshake; a proxy may choose by it
     * @param trust says which certificates are good; the name is compared too
     * @throws javax.net.ssl.SSLException when the handshake fails, for example because the certificate has expired
     */
    public static TurnTransport tls(InetSocketAddress server, String name, SSLContext trust, Duration within)
            throws IOException {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return tls(server, name, trust, parameters, within);
    }

    /** The same with parameters of the caller's; the name is added to them. */
    public static TurnTransport tls(
            InetSocketAddress server, String name, SSLContext trust, SSLParameters parameters, Duration within)
            throws IOException {
        Socket plain = connect(server, within);
        try {
            SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, name, server.getPort(), true);
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(millis(within));
            socket.startHandshake();
            checkDates(socket);
            return new Stream(socket);
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
    }

    /** Java does not look at the dates of a certificate that is trusted itself, as one signed by itself is. */
    private static void checkDates(SSLSocket socket) throws SSLException {
        for (Certificate certificate : socket.getSession().getPeerCertificates()) {
            if (certificate instanceof X509Certificate dated) {
                try {
                    dated.checkValidity();
                } catch (CertificateException outOfDate) {
                    throw new SSLException("The certificate of the TURN server: " + outOfDate.getMessage(), outOfDate);
                }
            }
        }
    }

    private static Socket connect(InetSocketAddress server, Duration within) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(server, millis(within));
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** For sockets, to which 0 means forever. */
    private static int millis(Duration duration) {
        return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
    }

    private static final class Datagrams extends TurnTransport {
        private final InetSocketAddress server;
        private final byte[] buffer = new byte[65_536];
        private DatagramSocket socket;

        Datagrams(InetSocketAddress server, int ownPort) throws IOException {
            this.server = server;
            socket = open(ownPort);
        }

        private DatagramSocket open(int ownPort) throws IOException {
            DatagramSocket opened = new DatagramSocket(ownPort);
            opened.connect(server);
            return opened;
        }

        @Override
        boolean changePort() throws IOException {
            DatagramSocket before = socket;
            socket = open(0);
            before.close();
            return true;
        }

        @Override
        boolean isReliable() {
            return false;
        }

        @Override
        public void send(byte[] message) throws IOException {
            socket.send(new DatagramPacket(message, message.length));
        }

        @Override
        public byte[] receive(Duration within) throws IOException {
            socket.setSoTimeout(millis(within));
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            socket.receive(packet);
            return Arrays.copyOf(buffer, packet.getLength());
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Messages tell their own length; channel data is padded to four bytes here (RFC 8656, 12.5). */
    private static final class Stream extends TurnTransport {
        private final Socket socket;
        private final DataInputStream in;

        Stream(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
        }

        @Override
        boolean isReliable() {
            return true;
        }

        @Override
        public void send(byte[] message) throws IOException {
            socket.getOutputStream().write(Arrays.copyOf(message, (message.length + 3) & ~3));
            socket.getOutputStream().flush();
        }

        @Override
        public byte[] receive(Duration within) throws IOException {
            socket.setSoTimeout(millis(within));
            int first = in.read();
            if (first < 0) {
                throw new EOFException("The TURN server closed the connection");
            }
            byte[] start = new byte[4];
            start[0] = (byte) first;
            in.readFully(start, 1, 3);
            int length = ((start[2] & 0xff) << 8) | (start[3] & 0xff);
            boolean channel = (first & 0xc0) != 0;
            byte[] message = Arrays.copyOf(start, channel ? 4 + length : StunMessage.HEADER + length);
            in.readFully(message, 4, message.length - 4);
            if (channel) {
                in.skipNBytes(-length & 3);
            }
            return message;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
