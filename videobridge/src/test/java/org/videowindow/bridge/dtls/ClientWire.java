package org.videowindow.bridge.dtls;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/** A wire between a client and one session of the bridge; what becomes of datagrams on it is up to the test. */
abstract class ClientWire implements DatagramTransport, DtlsPeer {
    final BlockingQueue<byte[]> toClient = new LinkedBlockingQueue<>();
    final CompletableFuture<SrtpKeyMaterial> keys = new CompletableFuture<>();
    final CompletableFuture<End> ended = new CompletableFuture<>();
    volatile DtlsAssociation session;

    /** The client sends a datagram. */
    abstract void toServer(byte[] datagram);

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
        try {
            byte[] datagram = toClient.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            System.arraycopy(datagram, 0, target, offset, datagram.length);
            return datagram.length;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
        toServer(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void close() {}

    @Override
    public void connected(SrtpKeyMaterial agreed) {
        keys.complete(agreed);
    }

    @Override
    public void ended(End end) {
        ended.complete(end);
    }
}
