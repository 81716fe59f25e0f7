package org.videowindow.bridge.io;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A bound, unconnected UDP socket that receives and sends many datagrams per call. Owned by one worker thread; only
 * {@link #wakeup} may be called from others. {@link #close} is called by the owner when its loop has ended.
 *
 * <p>What the network refuses (no route, buffer full, too long) is counted and dropped. An {@link IOException} means
 * that the socket itself is unusable.
 */
public sealed interface UdpSocket extends AutoCloseable permits LinuxUdpSocket, ChannelUdpSocket {
    /**
     * Opens and binds.
     *
     * @param local address to bind; port 0 takes a free one; the wildcard IPv6 address serves IPv4 too
     * @throws IOException when the address cannot be bound, or {@link IoPath#LINUX} is demanded where it does not work
     */
    static UdpSocket open(InetSocketAddress local, UdpSocketOptions options) throws IOException {
        boolean linux =
                options.path() == IoPath.LINUX || (options.path() == IoPath.AUTO && LinuxUdpSocket.isSupported());
        return linux ? LinuxUdpSocket.bind(local, options) : ChannelUdpSocket.bind(local, options);
    }

    /**
     * Receives what is there, waiting for the first datagram if there is none. Where STUN and DTLS have a queue of their
     * own they come first, up to a quarter of a batch, so that they reach a receiver whose queue of media is full, and
     * media reach one that is flooded with them. Nobody may rely on the kernel's choice of the queue.
     *
     * @param batch filled from slot 0
     * @param timeoutNanos longest wait; 0 does not wait; negative waits until {@link #wakeup}
     * @return datagrams received; 0 after the timeout or a wake-up
     */
    int receive(ReceiveBatch batch, long timeoutNanos) throws IOException;

    /**
     * Receives transport-wide feedback that is there, without waiting. Where it is kept apart it neither comes by {@link
     * #receive} nor ends its waiting: it comes twenty times a second from everybody, and may wait for the next timer.
     *
     * @param batch filled from slot 0
     * @return datagrams received; always 0 where feedback is not kept apart
     */
    int receiveFeedback(ReceiveBatch batch) throws IOException;

    /** Sends everything that waits in the arena and clears it. Packets that cannot be sent are dropped and counted. */
    void send(TransmitArena arena) throws IOException;

    /**
     * Makes a waiting {@link #receive} return, or else the next one not wait. Any thread. Does nothing once closed.
     */
    void wakeup();

    /** The address bound. */
    InetSocketAddress localAddress();

    /** {@link IoPath#LINUX} or {@link IoPath#CHANNEL}: which calls this socket makes. */
    IoPath path();

    /** Whether groups leave as one message that the kernel segments. May turn false when the kernel refuses. */
    boolean segmentation();

    /** What it did so far. */
    SocketCounters counters();

    /** One line for the log: path, segmentation, buffer sizes. */
    String describe();

    @Override
    void close();
}
