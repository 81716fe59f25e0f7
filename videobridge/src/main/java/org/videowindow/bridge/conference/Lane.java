package org.videowindow.bridge.conference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.dtls.DtlsServer;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.io.ReceiveBatch;
import org.videowindow.bridge.io.SocketCounters;
import org.videowindow.bridge.io.UdpSocket;
import org.videowindow.bridge.io.UdpSocketOptions;
import org.videowindow.bridge.tcp.TcpServer;

/**
 * One UDP socket with all conferences behind it: receives what is there, handles it, lets timers run, sends what came of
 * it. Owns its {@link MediaPlane}; others reach it by {@link #commands()}. Turned by one {@link Worker} at a time, which may
 * be another one later.
 */
final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** Two networks and a move per endpoint, on average. */
    private static final int PATHS_PER_ENDPOINT = 4;

    /** A lane that has not turned for this long is ill. */
    private static final long SICK_NANOS = 5_000_000_000L;

    /** Defects are logged this often at most, counted always. */
    private static final long FAULT_LOG_NANOS = 10_000_000_000L;

    /** Feedback that one turn takes at most, in batches: of five hundred people in a tenth of a second. */
    private static final int FEEDBACK_BATCHES = 16;

    /** A lane that nobody wants anything of is turned this often. */
    private static final long LONGEST_REST_NANOS = 500_000_000L;

    private final NanoClock clock;
    private final UdpSocket socket;
    private final ArenaOutbox outbox;
    private final ReceiveBatch batch = new ReceiveBatch();
    private final WorkerCounters counters = new WorkerCounters();
    private final Commands commands = new Commands();
    private final MediaPlane plane;
    private final FrameGathering gathering;
    /** Packets of connections, or {@code null} where none are taken. */
    private final WorkerStreams streams;

    private final AtomicInteger endpoints = new AtomicInteger();
    private volatile long lastTurn;
    private boolean moreWaits;
    private long lastFaultLogged;

    Lane(
            InetSocketAddress address,
            BridgeSettings settings,
            ChannelEvents events,
            DtlsServer dtls,
            TcpServer tcp,
            SecureRandom random,
            NanoClock clock)
            throws IOException {
        this.clock = clock;
        socket = UdpSocket.open(
                address, UdpSocketOptions.DEFAULTS.with(settings.ioPath()).withQueuesApart());
        PeerTable peers = new PeerTable(settings.limits().endpoints() * PATHS_PER_ENDPOINT, random.nextLong());
        outbox = new ArenaOutbox(socket, peers);
        lastTurn = clock.nanoTime();
        lastFaultLogged = lastTurn - FAULT_LOG_NANOS;
        plane = new MediaPlane(
                settings,
                outbox,
                peers,
                counters,
                events,
                dtls,
                commands,
                random,
                new Fingerprint(
                        dtls.certificate().fingerprintHash(), dtls.certificate().fingerprint()),
                Candidates.of(settings, socket.localAddress().getPort(), tcp == null ? 0 : tcp.port()),
                lastTurn);
        gathering = plane.gathering();
        commands.wakeWith(socket::wakeup);
        streams = tcp == null ? null : new WorkerStreams(tcp, plane, commands, socket::wakeup);
        if (streams != null) {
            plane.streams(streams);
            outbox.streams(streams);
        }
    }

    UdpSocket socket() {
        return socket;
    }

    InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    String describeSocket() {
        return socket.describe();
    }

    Commands commands() {
        return commands;
    }

    WorkerCounters counters() {
        return counters;
    }

    /** Used inside commands only. */
    MediaPlane plane() {
        return plane;
    }

    /** Endpoints of this lane; kept by the facade. */
    AtomicInteger endpoints() {
        return endpoints;
    }

    /** Any thread. */
    boolean isHealthy(long now) {
        return now - lastTurn < SICK_NANOS;
    }

    /** Nanoseconds, all in all, that its workers did not wait. Any thread. */
    long busyNanos() {
        return counters.get(Counter.WORKER_BUSY_NANOS);
    }

    // --- Turns ---

    /**
     * One turn, which waits for a datagram, a timer or a wake-up when there is nothing to do.
     *
     * @param before the time
     * @return the time at its end
     * @throws IOException when the socket is unusable
     */
    long turn(long before) throws IOException {
        boolean more = drain(before);
        return turn(socket.receive(batch, more ? 0 : longestWait(before)));
    }

    /**
     * One turn that does not wait.
     *
     * @param before the time
     * @param readable whether something may have arrived
     * @return the time at its end
     * @throws IOException when the socket is unusable
     */
    long turnAtOnce(long before, boolean readable) throws IOException {
        boolean moreCommands = drain(before);
        int received = readable ? socket.receive(batch, 0) : 0;
        moreWaits = moreCommands || received == batch.capacity();
        return turn(received);
    }

    /** Whether {@link #turnAtOnce} has something to do although nothing arrived. */
    boolean isDue(long now) {
        if (moreWaits || now - lastTurn >= LONGEST_REST_NANOS) {
            return true;
        }
        long untilEnd = gathering.untilEnd(now);
        return (untilEnd == Long.MAX_VALUE ? plane.untilTick(now) : untilEnd) == 0;
    }

    /** Nanoseconds that may pass at most before the next turn, when nothing arrives. */
    long longestRest(long now) {
        return moreWaits ? 0 : Math.min(longestWait(now), Math.max(0, lastTurn + LONGEST_REST_NANOS - now));
    }

    /** Whether more lies in the socket than the last {@link #turnAtOnce} has taken, as far as is known. */
    boolean moreWaits() {
        return moreWaits;
    }

    private long turn(int received) throws IOException {
        long now = clock.nanoTime();
        handle(received, now);
        if (received == 0 || outbox.isUrgent() || !gathering.waits(now)) {
            handOut(now);
            outbox.flush();
            gathering.sent();
            // What may come later comes after the media.
            if (received == 0 || plane.untilTick(now) == 0) {
                takeFeedback(now);
                tick(now);
                outbox.flush();
            }
        }
        lastTurn = clock.nanoTime();
        count(lastTurn - now);
        return lastTurn;
    }

    private long longestWait(long now) {
        long untilEnd = gathering.untilEnd(now);
        return untilEnd == Long.MAX_VALUE ? plane.longestSleep(now) : untilEnd;
    }

    private void handOut(long now) {
        try {
            plane.handOut(now);
        } catch (RuntimeException e) {
            fault(e, now);
        }
    }

    private void tick(long now) {
        try {
            plane.tick(now);
        } catch (RuntimeException e) {
            fault(e, now);
        }
    }

    /** Feedback that came since the last timer; what is too much for one turn waits for the next. */
    private void takeFeedback(long now) throws IOException {
        int received = batch.capacity();
        for (int i = 0; i < FEEDBACK_BATCHES && received == batch.capacity(); i++) {
            received = socket.receiveFeedback(batch);
            handle(received, now);
        }
    }

    private void handle(int received, long now) {
        for (int i = 0; i < received; i++) {
            try {
                plane.handle(
                        now,
                        batch.buffer(),
                        batch.offset(i),
                        batch.length(i),
                        batch.addressHigh(i),
                        batch.addressLow(i),
                        batch.port(i));
            } catch (RuntimeException e) {
                fault(e, now);
            }
        }
    }

    /** Runs commands and takes what connections brought, some at a time; true when there is more. */
    private boolean drain(long now) {
        try {
            if (!commands.isEmpty()) {
                plane.handOut(now);
            }
            boolean moreCommands = commands.drain(now);
            return (streams != null && streams.drain(now)) || moreCommands;
        } catch (RuntimeException e) {
            fault(e, now);
            return true;
        }
    }

    /** A defect of ours must not take other conferences down: the packet or command is given up. */
    private void fault(RuntimeException e, long now) {
        if (e instanceof UncheckedIOException unusable) {
            throw unusable;
        }
        counters.increment(Counter.WORKER_FAULTS);
        if (now - lastFaultLogged >= FAULT_LOG_NANOS) {
            lastFaultLogged = now;
            LOG.error("A packet, timer or command met a defect", e);
        }
    }

    private void count(long busyNanos) {
        counters.increment(Counter.WORKER_TURNS);
        counters.add(Counter.WORKER_BUSY_NANOS, busyNanos);
        SocketCounters io = socket.counters();
        counters.set(Counter.PACKETS_RECEIVED, io.receivedPackets());
        counters.set(Counter.BYTES_RECEIVED, io.receivedBytes());
        counters.set(Counter.PACKETS_SENT, io.sentPackets());
        counters.set(Counter.BYTES_SENT, io.sentBytes());
        counters.set(Counter.SEND_FAILURES, io.droppedBufferFull() + io.droppedSendErrors());
        counters.set(Counter.DROPPED_TOO_LARGE, io.truncatedPackets());
    }

    /** Ends all conferences, and tells those who are in them. */
    void end(long now) {
        plane.close(now);
        outbox.flush();
    }

    /** Frees the socket; by the worker that turned it last, or before the first turn. */
    @Override
    public void close() {
        socket.close();
        outbox.close();
    }
}
