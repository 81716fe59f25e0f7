package org.videowindow.loadtest.endpoint;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/** Carries DTLS records between the thread of a handshake and the engine. */
final class HandshakeTransport implements DatagramTransport {
    private static final int WAITING = 64;

    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>(WAITING);
    private final Consumer<byte[]> out;
    private volatile boolean closed;

    HandshakeTransport(Consumer<byte[]> out) {
        this.out = out;
    }

    /** A record arrived; dropped when too many wait. */
    void offer(byte[] datagram) {
        boolean ignored = received.offer(datagram);
        assert ignored || received.remainingCapacity() == 0;
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
        if (closed) {
            throw new IOException("The participant has left.");
        }
        try {
            byte[] datagram = received.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            int bytes = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, target, offset, bytes);
            return bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The handshake was interrupted.", e);
        }
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
        out.accept(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void close() {
        closed = true;
    }
}
