package org.videowindow.bridge.conference;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.videowindow.bridge.dtls.DtlsTestClient;
import org.videowindow.bridge.ice.StunMessages;
import org.videowindow.bridge.srtp.SrtpReceiver;
import org.videowindow.bridge.srtp.SrtpSender;

/** A client with a real socket, real ICE checks, a real handshake and SRTP; one thread, blocking. */
final class LoopbackClient implements DatagramTransport, AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final String id;
    private final SecureRandom random;
    private final LoopbackLink link;
    private final EndpointTransport bridge;
    private final DtlsTestClient dtls;
    private final Queue<byte[]> media = new ArrayDeque<>();
    private SrtpSender sender;
    private SrtpReceiver receiver;
    private DTLSTransport association;

    LoopbackClient(String id, EndpointTransport bridge, SecureRandom random) throws IOException {
        this(id, bridge, random, LoopbackLink.to(bridge.candidates().getFirst()));
    }

    LoopbackClient(String id, EndpointTransport bridge, SecureRandom random, LoopbackLink link) {
        this.id = id;
        this.random = random;
        this.bridge = bridge;
        this.dtls = new DtlsTestClient(random);
        this.link = link;
    }

    RemoteTransport signalled() {
        return new RemoteTransport(
                "cli" + id,
                "0123456789012345678901",
                List.of(new Fingerprint("sha-256", dtls.fingerprint())),
                DtlsSetup.ACTIVE);
    }

    /** Sends checks until one is answered with success. */
    void check(boolean nominate) throws IOException {
        byte[] transaction = new byte[12];
        random.nextBytes(transaction);
        sendRaw(StunMessages.check(transaction, bridge.ufrag() + ":cli" + id, bridge.password(), nominate));
        byte[] reply = receive(TIMEOUT_MILLIS);
        while (reply != null && (reply[0] & 0xff) > 3) {
            media.add(reply);
            reply = receive(TIMEOUT_MILLIS);
        }
        if (reply == null || reply[0] != 1 || reply[1] != 1) {
            throw new IOException("The check was not answered with success.");
        }
    }

    void connect() throws IOException {
        check(true);
        association = dtls.connect(this);
        sender = new SrtpSender(
                dtls.keys().profile(), dtls.keys().localKey(), dtls.keys().localSalt());
        receiver = new SrtpReceiver(
                dtls.keys().profile(), dtls.keys().remoteKey(), dtls.keys().remoteSalt());
    }

    /** What it knows of the bridge. */
    EndpointTransport bridge() {
        return bridge;
    }

    /** The same participant on another way. */
    LoopbackClient again(LoopbackLink other) {
        return new LoopbackClient(id, bridge, random, other);
    }

    DTLSTransport association() {
        return association;
    }

    void sendRaw(byte[] datagram) throws IOException {
        link.send(datagram);
    }

    void sendRtp(byte[] packet) throws IOException {
        byte[] sealed = new byte[packet.length + 64];
        int length = sender.protect(packet, 0, packet.length, sealed, 0);
        sendRaw(Arrays.copyOf(sealed, length));
    }

    /** The next RTP packet in the clear, or {@code null} when none comes in time. RTCP is skipped. */
    byte[] receiveRtp(int timeoutMillis) throws IOException {
        while (true) {
            byte[] datagram = media.isEmpty() ? receive(timeoutMillis) : media.remove();
            if (datagram == null) {
                return null;
            }
            boolean rtp = (datagram[0] & 0xC0) == 0x80 && ((datagram[1] & 0xff) < 192 || (datagram[1] & 0xff) > 223);
            if (rtp) {
                byte[] clear = new byte[datagram.length];
                int length = receiver.unprotect(datagram, 0, datagram.length, clear, 0);
                if (length < 0) {
                    throw new IOException("SRTP status " + length);
                }
                return Arrays.copyOf(clear, length);
            }
        }
    }

    private byte[] receive(int timeoutMillis) throws IOException {
        return link.receive(timeoutMillis);
    }

    @Override
    public int getReceiveLimit() {
        return 1500;
    }

    @Override
    public int getSendLimit() {
        return 1200;
    }

    @Override
    public int receive(byte[] target, int offset, int length, int waitMillis) throws IOException {
        byte[] datagram = receive(waitMillis);
        if (datagram == null) {
            return -1;
        }
        if (datagram[0] < 20 || datagram[0] > 63) {
            media.add(datagram);
            return 0;
        }
        System.arraycopy(datagram, 0, target, offset, datagram.length);
        return datagram.length;
    }

    @Override
    public void send(byte[] bytes, int offset, int length) throws IOException {
        sendRaw(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void close() {
        link.close();
    }
}
