package org.videowindow.launcher.turn;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer that sends every datagram back, and counts them. */
final class Echo implements AutoCloseable {
    private final DatagramSocket socket;
    private final AtomicInteger received = new AtomicInteger();

    Echo(String address) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName(address));
        Thread.ofVirtual().name("echo").start(this::run);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    int received() {
        return received.get();
    }

    private void run() {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        try {
            while (true) {
                packet.setLength(2_000);
                socket.receive(packet);
                received.incrementAndGet();
                socket.send(packet);
            }
        } catch (SocketException closed) {
            return;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
