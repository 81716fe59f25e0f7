package org.videowindow.bridge.conference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.io.TransmitArena;
import org.videowindow.bridge.io.UdpSocket;

/** Collects what the worker sends in one turn; the socket takes it in one go, or earlier when the arena is full. */
final class ArenaOutbox implements Outbox, AutoCloseable {
    /** Packets that arrived together from which on a receiver's messages are long enough to leave without later ones. */
    private static final int MANY = 3;

    /**
     * Bytes of such messages that leave together. Lower costs system calls; higher makes the first receivers wait for
     * the last ones, and drives out of the core's cache what the kernel is about to copy.
     */
    private static final int TOGETHER_BYTES = 48 * 1024;

    private final UdpSocket socket;
    private final PeerTable peers;
    private final TransmitArena arena;
    private int reserved;
    private boolean urgent;
    private Streams streams = Streams.NONE;

    ArenaOutbox(UdpSocket socket, PeerTable peers) {
        this.socket = socket;
        this.peers = peers;
        this.arena = new TransmitArena(peers.capacity());
    }

    @Override
    public MemorySegment reserve(int peer, int length) {
        reserved = arena.reserve(length);
        if (reserved < 0) {
            flush();
            reserved = arena.reserve(length);
        }
        return arena.memory();
    }

    @Override
    public long reserved() {
        return reserved;
    }

    @Override
    public void commit(int peer, int length) {
        arena.commit(peers, peer, length);
    }

    @Override
    public void received(int packets) {
        if (packets >= MANY && arena.bytes() >= TOGETHER_BYTES) {
            flush();
        }
    }

    @Override
    public void hurry() {
        urgent = true;
    }

    @Override
    public void released(int peer) {
        arena.endGroup(peer);
    }

    /** Whether something waits that must not: sound, a report, an answer. */
    boolean isUrgent() {
        return urgent;
    }

    @Override
    public void send(int peer, byte[] bytes, int offset, int length) {
        if (!arena.append(peers, peer, bytes, offset, length)) {
            flush();
            arena.append(peers, peer, bytes, offset, length);
        }
        urgent = true;
    }

    @Override
    public void send(long addressHigh, long addressLow, int port, byte[] bytes, int offset, int length) {
        if (!arena.append(addressHigh, addressLow, port, bytes, offset, length)) {
            flush();
            arena.append(addressHigh, addressLow, port, bytes, offset, length);
        }
        urgent = true;
    }

    /** Who takes packets for connections. */
    void streams(Streams taker) {
        streams = taker;
    }

    /** Sends what waits. */
    void flush() {
        urgent = false;
        if (arena.isEmpty()) {
            return;
        }
        if (arena.hasStreams()) {
            arena.takeStreams(streams::send);
        }
        try {
            socket.send(arena);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
