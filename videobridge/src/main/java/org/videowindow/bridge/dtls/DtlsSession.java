package org.videowindow.bridge.dtls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsTimeoutException;

/**
 * One DTLS association. {@link #offer} and {@link #close} are called by the endpoint's worker and never wait; the rest
 * runs on the session's own virtual thread.
 *
 * <pre>
 * handshake --complete--> established --close_notify, close()--> ended
 *     '------------refused, timed out, close()-------------------> ended
 * </pre>
 *
 * While established the thread sleeps in the queue: it wakes to answer a repeated last flight of the peer (whose answer
 * was lost) and to see its close_notify. In the first seconds it also repeats its own last flight, byte for byte: a peer
 * that has it drops the copies as replays, and one that has not would repeat its own, longer one only after seconds.
 */
final class DtlsSession implements DtlsAssociation {
    /** Datagrams that wait; a flight has about ten. More are dropped, DTLS repeats them. */
    private static final int QUEUE = 32;

    /** Largest datagram sent, below the smallest IPv6 path MTU with room for headers. */
    private static final int SEND_LIMIT = 1200;

    private static final int RECEIVE_LIMIT = 2048;

    /** Waits before the repetitions of the last flight: a third of a second each way is the worst there is. */
    private static final int[] REPEAT_MILLIS = {250, 500, 1_000, 2_000, 4_000};

    /** Datagrams of a flight that are kept; the last one has two or three. */
    private static final int FLIGHT = 4;

    private static final byte[] END = new byte[0];

    private final SrtpTlsServer handshake;
    private final DtlsPeer peer;
    private final Runnable handshakeOver;
    private final Datagrams datagrams = new Datagrams();
    private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean closedHere;

    DtlsSession(SrtpTlsServer handshake, DtlsPeer peer, Runnable handshakeOver) {
        this.handshake = handshake;
        this.peer = peer;
        this.handshakeOver = handshakeOver;
    }

    @Override
    public boolean offer(byte[] datagram) {
        return !closed.get() && arrived.offer(datagram);
    }

    /** The peer is told (close_notify) when the handshake was complete. */
    @Override
    public void close() {
        closedHere = true;
        end();
    }

    /** Wakes the session's thread if it waits, for the last time. */
    private void end() {
        if (closed.compareAndSet(false, true) && !arrived.offer(END)) {
            arrived.clear();
            arrived.offer(END);
        }
    }

    /** The life of the session. */
    void run() {
        peer.ended(live());
    }

    private DtlsPeer.End live() {
        DTLSTransport established;
        try {
            established = new DTLSServerProtocol().accept(handshake, datagrams);
        } catch (TlsTimeoutException e) {
            return DtlsPeer.End.TIMED_OUT;
        } catch (IOException | RuntimeException e) {
            // A peer must not be able to write into the log; the counter of refused handshakes moves.
            return closedHere ? DtlsPeer.End.CLOSED : DtlsPeer.End.REFUSED;
        } finally {
            handshakeOver.run();
        }
        peer.connected(handshake.keys());
        receiveUntilClosed(established);
        return DtlsPeer.End.CLOSED;
    }

    private void receiveUntilClosed(DTLSTransport established) {
        byte[] applicationData = new byte[RECEIVE_LIMIT];
        try {
            for (int millis : REPEAT_MILLIS) {
                if (!closed.get()) {
                    established.receive(applicationData, 0, applicationData.length, millis);
                    datagrams.repeatFlight();
                }
            }
            datagrams.flight.clear();
            while (!closed.get()) {
                // Application data has no meaning here: media does not travel in DTLS, and there are no data channels.
                established.receive(applicationData, 0, applicationData.length, Integer.MAX_VALUE);
            }
        } catch (IOException | RuntimeException e) {
            // Closed here, or a fatal alert of the peer, protected by the session's keys: the same end.
        } finally {
            closed.set(true);
            sayGoodbye(established);
        }
    }

    private static void sayGoodbye(DTLSTransport established) {
        try {
            established.close();
        } catch (IOException e) {
            // The peer will notice by itself.
        }
    }

    /**
     * What the protocol sees of the network. A ChangeCipherSpec that overtakes the CertificateVerify is kept from it:
     * BouncyCastle (1.84) would go to the next epoch at once and then never take the CertificateVerify, which belongs to
     * the one before; the client repeats both.
     */
    private final class Datagrams implements DatagramTransport {
        private final List<byte[]> flight = new ArrayList<>(FLIGHT);
        private boolean certificateVerified;
        private boolean receivedSince;

        @Override
        public int getReceiveLimit() {
            return RECEIVE_LIMIT;
        }

        @Override
        public int getSendLimit() {
            return SEND_LIMIT;
        }

        @Override
        public int receive(byte[] target, int offset, int length, int waitMillis) throws IOException {
            try {
                byte[] datagram = arrived.poll(waitMillis, TimeUnit.MILLISECONDS);
                if (datagram == null || comesTooEarly(datagram)) {
                    return -1;
                }
                if (datagram == END) {
                    throw new IOException("The bridge has closed the session.");
                }
                receivedSince = true;
                int copied = Math.min(length, datagram.length);
                System.arraycopy(datagram, 0, target, offset, copied);
                return copied;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The bridge is stopping.", e);
            }
        }

        private boolean comesTooEarly(byte[] datagram) {
            DtlsRecords.LastFlight first = DtlsRecords.lastFlight(datagram);
            certificateVerified |= first == DtlsRecords.LastFlight.CERTIFICATE_VERIFY;
            return first == DtlsRecords.LastFlight.CIPHER_CHANGE && !certificateVerified;
        }

        @Override
        public void send(byte[] bytes, int offset, int length) {
            byte[] datagram = new byte[length];
            System.arraycopy(bytes, offset, datagram, 0, length);
            if (receivedSince) {
                flight.clear();
                receivedSince = false;
            }
            if (flight.size() < FLIGHT) {
                flight.add(datagram);
            }
            peer.send(datagram);
        }

        /** What was sent last without an answer, once more. */
        private void repeatFlight() {
            if (!closed.get()) {
                flight.forEach(peer::send);
            }
        }

        /** The protocol is done: after close_notify of the peer or an alert of ours. */
        @Override
        public void close() {
            end();
        }
    }
}
