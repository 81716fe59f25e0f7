package org.videowindow.bridge.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.videowindow.bridge.io.PeerAddress;

/**
 * One connection. Owned by the thread of the connections; workers reach {@link #queue}, {@link #proven} and
 * {@link #markPending} only.
 */
final class TcpConnection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final PeerAddress peer;
    private final long acceptedAt;
    private final FrameReader reader = new FrameReader();
    private final ByteBuffer in = ByteBuffer.allocate(2 * FrameReader.BUFFER);
    private final SendQueue queue = new SendQueue();
    private final AtomicBoolean pending = new AtomicBoolean();
    private volatile boolean proven;
    private ByteBuffer leftOver;
    private PacketSink sink;
    private int packetsBeforeProof;

    TcpConnection(SocketChannel channel, SelectionKey key, PeerAddress peer, long now) {
        this.channel = channel;
        this.key = key;
        this.peer = peer;
        this.acceptedAt = now;
    }

    /** The client's address; its port is marked. */
    PeerAddress peer() {
        return peer;
    }

    SendQueue queue() {
        return queue;
    }

    /** Who takes its packets, or {@code null} while nobody does. */
    PacketSink sink() {
        return sink;
    }

    void sink(PacketSink taker) {
        sink = taker;
    }

    /** A check over it was authentic. */
    void proven() {
        proven = true;
    }

    boolean isProven() {
        return proven;
    }

    long acceptedAt() {
        return acceptedAt;
    }

    int countBeforeProof() {
        return ++packetsBeforeProof;
    }

    /** Whether somebody has to be woken: false when that is done already. */
    boolean markPending() {
        return pending.compareAndSet(false, true);
    }

    /** Reads what is there; false at the end. Then {@link #next} until there is nothing, then {@link #doneReading}. */
    boolean read() throws IOException {
        int count = channel.read(in);
        in.flip();
        return count >= 0;
    }

    FrameReader.Next next() {
        return reader.next(in);
    }

    byte[] array() {
        return in.array();
    }

    int offset() {
        return reader.offset();
    }

    int length() {
        return reader.length();
    }

    void doneReading() {
        in.compact();
    }

    /**
     * Writes what waits, as far as the system takes it.
     *
     * @param buffer room to collect packets, shared by all connections
     * @return packets that were too old
     */
    int write(ByteBuffer buffer, long now) throws IOException {
        pending.set(false);
        int dropped = 0;
        if (leftOver != null) {
            channel.write(leftOver);
            if (leftOver.hasRemaining()) {
                return 0;
            }
            leftOver = null;
        }
        while (!queue.isEmpty()) {
            buffer.clear();
            dropped += queue.drain(buffer, now);
            buffer.flip();
            channel.write(buffer);
            if (buffer.hasRemaining()) {
                leftOver = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
                break;
            }
        }
        key.interestOps(leftOver == null ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return dropped;
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
