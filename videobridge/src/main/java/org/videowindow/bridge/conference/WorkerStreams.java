package org.videowindow.bridge.conference;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.videowindow.bridge.io.PeerAddress;
import org.videowindow.bridge.tcp.PacketSink;
import org.videowindow.bridge.tcp.TcpServer;

/**
 * What connections and one worker have to say to each other. What arrives waits in a bounded queue of its own, apart from
 * commands: a flood over connections does not hold up signalling.
 */
final class WorkerStreams implements Streams, PacketSink {
    /** Packets that wait at most: some milliseconds of a thousand participants. */
    private static final int CAPACITY = 2_048;

    /** Packets handled in one go, as many as a batch of datagrams. */
    private static final int MOST_PER_DRAIN = 64;

    private final TcpServer server;
    private final MediaPlane plane;
    private final Commands commands;
    private final Runnable wakeup;
    private final BlockingQueue<Arrived> waiting = new ArrayBlockingQueue<>(CAPACITY);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Arrived(long addressHigh, long addressLow, int port, byte[] packet) {}

    /** @param wakeup makes the worker turn */
    WorkerStreams(TcpServer server, MediaPlane plane, Commands commands, Runnable wakeup) {
        this.server = server;
        this.plane = plane;
        this.commands = commands;
        this.wakeup = wakeup;
    }

    // --- On the thread of the connections ---

    @Override
    public boolean offer(long addressHigh, long addressLow, int port, byte[] packet) {
        boolean wasEmpty = waiting.isEmpty();
        boolean taken = waiting.offer(new Arrived(addressHigh, addressLow, port, packet));
        if (wasEmpty) {
            wakeup.run();
        }
        return taken;
    }

    @Override
    public void closed(long addressHigh, long addressLow, int port) {
        // Should the worker be too busy to hear it: without checks the path ends by itself.
        commands.post(now -> plane.streamClosed(addressHigh, addressLow, port));
    }

    // --- On the worker ---

    /** Handles what waits, some at a time; true when there is more. */
    boolean drain(long now) {
        for (int i = 0; i < MOST_PER_DRAIN; i++) {
            Arrived arrived = waiting.poll();
            if (arrived == null) {
                return false;
            }
            plane.handle(
                    now,
                    arrived.packet(),
                    0,
                    arrived.packet().length,
                    arrived.addressHigh(),
                    arrived.addressLow(),
                    arrived.port());
        }
        return !waiting.isEmpty();
    }

    @Override
    public void route(long fragment) {
        server.route(fragment, this);
    }

    @Override
    public void unroute(long fragment) {
        server.unroute(fragment);
    }

    @Override
    public void proven(PeerAddress peer) {
        server.proven(peer);
    }

    @Override
    public void release(PeerAddress peer) {
        server.release(peer);
    }

    @Override
    public void send(long addressHigh, long addressLow, int port, byte[] packet) {
        server.send(new PeerAddress(addressHigh, addressLow, port), packet, 0, packet.length);
    }
}
