package org.videowindow.bridge.tcp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.ice.StunRequest;
import org.videowindow.bridge.io.PeerAddress;

/**
 * Takes connections on one port and moves their packets. Everything with sockets happens on one thread of its own; the
 * methods that say "any thread" leave word for it.
 *
 * <p>A connection belongs to nobody until its first packet, which must be a check that names an endpoint of ours; it is
 * closed if no check over it proves authentic within five seconds.
 */
public final class TcpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TcpServer.class);

    /** Time for the first authentic check. */
    private static final long PROOF_NANOS = 5_000_000_000L;

    /** Packets until then: checks of a client that waits for signalling to arrive. */
    private static final int MOST_BEFORE_PROOF = 100;

    private static final long LOOK_MILLIS = 500;
    private static final long REST_NANOS = 10_000_000L;
    private static final int SEND_BUFFER = 128 * 1024;
    private static final int BACKLOG = 256;
    private static final long JOIN_MILLIS = 2_000;

    private final TcpSettings settings;
    private final LongSupplier clock;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Thread thread;
    private final TcpCounters counters = new TcpCounters();
    private final Map<Long, PacketSink> sinkOfFragment = new ConcurrentHashMap<>();
    private final Map<PeerAddress, TcpConnection> connections = new ConcurrentHashMap<>();
    private final Queue<TcpConnection> toWrite = new ConcurrentLinkedQueue<>();
    private final Queue<TcpConnection> toClose = new ConcurrentLinkedQueue<>();
    private final AddressQuota quota;
    private final StunRequest request = new StunRequest();
    private final ByteBuffer out = ByteBuffer.allocateDirect(SEND_BUFFER);
    private long nextLook;
    private volatile boolean stopping;

    private TcpServer(InetAddress bind, TcpSettings settings, LongSupplier clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.quota = new AddressQuota(settings.connectionsPerAddress());
        listener = ServerSocketChannel.open(
                bind instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress(bind, settings.port()), BACKLOG);
            listener.configureBlocking(false);
            selector = Selector.open();
            listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        thread = Thread.ofPlatform().name("ice-tcp").daemon(true).unstarted(this::loop);
    }

    /**
     * Opens the port and begins to take connections.
     *
     * @throws IOException when the port cannot be had; the message is one sentence
     */
    public static TcpServer start(InetAddress bind, TcpSettings settings, LongSupplier clock) throws IOException {
        try {
            TcpServer server = new TcpServer(bind, settings, clock);
            server.thread.start();
            return server;
        } catch (IOException e) {
            throw new IOException(
                    "The TCP address " + bind.getHostAddress() + " port " + settings.port() + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The port. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** Open connections. Any thread. */
    public int open() {
        return connections.size();
    }

    /** What happened. */
    public TcpCounters counters() {
        return counters;
    }

    /** Checks that name this packed fragment of the bridge belong to that worker from now on. Any thread. */
    public void route(long fragment, PacketSink sink) {
        sinkOfFragment.put(fragment, sink);
    }

    /** The fragment is no longer one of ours. Any thread. */
    public void unroute(long fragment) {
        sinkOfFragment.remove(fragment);
    }

    /** An authentic check came from there: the connection may stay. Any thread. */
    public void proven(PeerAddress peer) {
        TcpConnection connection = connections.get(peer);
        if (connection != null) {
            connection.proven();
        }
    }

    /** Nobody needs the connection any more. Any thread. */
    public void release(PeerAddress peer) {
        TcpConnection connection = connections.get(peer);
        if (connection != null) {
            toClose.add(connection);
            selector.wakeup();
        }
    }

    /** Sends a packet, whose bytes are copied; without a connection to there it is dropped and counted. Any thread. */
    public void send(PeerAddress peer, byte[] packet, int offset, int length) {
        TcpConnection connection = connections.get(peer);
        if (connection == null) {
            counters.forNotSent().increment();
            return;
        }
        counters.forNotSent().add(connection.queue().add(packet, offset, length, clock.getAsLong()));
        if (connection.markPending()) {
            toWrite.add(connection);
            selector.wakeup();
        }
    }

    // --- The thread of the connections ---

    private void loop() {
        try {
            nextLook = clock.getAsLong();
            while (!stopping) {
                selector.select(this::ready, LOOK_MILLIS);
                long now = clock.getAsLong();
                for (TcpConnection connection; (connection = toWrite.poll()) != null; ) {
                    write(connection, now);
                }
                for (TcpConnection connection; (connection = toClose.poll()) != null; ) {
                    close(connection);
                }
                if (now - nextLook >= 0) {
                    nextLook = now + LOOK_MILLIS * 1_000_000;
                    closeUnproven(now);
                }
            }
        } catch (IOException | RuntimeException e) {
            log.error("Connections are no longer served", e);
        } finally {
            connections.values().forEach(this::close);
            closeQuietly();
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
            return;
        }
        TcpConnection connection = (TcpConnection) key.attachment();
        try {
            serve(key, connection);
        } catch (RuntimeException e) {
            // A defect of ours with one connection must not take the others down.
            log.debug("A connection met a defect", e);
            counters.forBroken().increment();
            close(connection);
        }
    }

    private void serve(SelectionKey key, TcpConnection connection) {
        if (key.isReadable() && !read(connection)) {
            close(connection);
        } else if (key.isValid() && key.isWritable()) {
            write(connection, clock.getAsLong());
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null && !take(channel)) {
                counters.forRefused().increment();
                channel.close();
            }
        } catch (IOException e) {
            // A client that is gone already, or no descriptor left: then asking again at once would only burn time.
            counters.forRefused().increment();
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private boolean take(SocketChannel channel) throws IOException {
        PeerAddress from = PeerAddress.of((InetSocketAddress) channel.getRemoteAddress());
        PeerAddress peer = new PeerAddress(from.high(), from.low(), from.port() | PeerAddress.STREAM);
        if (connections.containsKey(peer)
                || (connections.size() >= settings.connections() && !closeOldestUnproven())
                || !quota.take(peer)) {
            return false;
        }
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            TcpConnection connection = new TcpConnection(channel, key, peer, clock.getAsLong());
            key.attach(connection);
            connections.put(peer, connection);
            counters.forAccepted().increment();
            return true;
        } catch (IOException e) {
            quota.give(peer);
            throw e;
        }
    }

    /** False when the connection is over. */
    private boolean read(TcpConnection connection) {
        try {
            boolean open = connection.read();
            long now = clock.getAsLong();
            for (FrameReader.Next next; open && (next = connection.next()) != FrameReader.Next.NOTHING; ) {
                switch (next) {
                    case HELLO -> {
                        connection.queue().addRaw(PseudoTls.serverHello(), now);
                        write(connection, now);
                    }
                    case PACKET -> open = packet(connection);
                    default -> {
                        counters.forBroken().increment();
                        open = false;
                    }
                }
            }
            connection.doneReading();
            return open;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean packet(TcpConnection connection) {
        byte[] bytes = connection.array();
        int offset = connection.offset();
        int length = connection.length();
        if (connection.sink() == null) {
            boolean check = request.read(bytes, offset, length) == StunRequest.Verdict.REQUEST;
            PacketSink sink = check ? sinkOfFragment.get(request.localFragment()) : null;
            if (sink == null) {
                counters.forBroken().increment();
                return false;
            }
            connection.sink(sink);
        }
        if (!connection.isProven() && connection.countBeforeProof() > MOST_BEFORE_PROOF) {
            counters.forUnproven().increment();
            return false;
        }
        PeerAddress peer = connection.peer();
        byte[] packet = Arrays.copyOfRange(bytes, offset, offset + length);
        if (!connection.sink().offer(peer.high(), peer.low(), peer.port(), packet)) {
            counters.forNotTaken().increment();
        }
        return true;
    }

    private void write(TcpConnection connection, long now) {
        try {
            counters.forNotSent().add(connection.write(out, now));
        } catch (IOException | java.nio.channels.CancelledKeyException e) {
            close(connection);
        }
    }

    private void closeUnproven(long now) {
        for (TcpConnection connection : connections.values()) {
            if (!connection.isProven() && now - connection.acceptedAt() >= PROOF_NANOS) {
                counters.forUnproven().increment();
                close(connection);
            }
        }
    }

    /** Strangers must not keep participants out: one of them makes room. */
    private boolean closeOldestUnproven() {
        TcpConnection oldest = null;
        for (TcpConnection connection : connections.values()) {
            if (!connection.isProven() && (oldest == null || connection.acceptedAt() - oldest.acceptedAt() < 0)) {
                oldest = connection;
            }
        }
        if (oldest == null) {
            return false;
        }
        counters.forUnproven().increment();
        close(oldest);
        return true;
    }

    private void close(TcpConnection connection) {
        connection.close();
        PeerAddress peer = connection.peer();
        if (!connections.remove(peer, connection)) {
            return;
        }
        quota.give(peer);
        if (connection.sink() != null) {
            connection.sink().closed(peer.high(), peer.low(), peer.port());
        }
    }

    private void closeQuietly() {
        try {
            listener.close();
            selector.close();
        } catch (IOException e) {
            log.debug("The port could not be closed in order", e);
        }
    }

    /** Closes all connections and the port. */
    @Override
    public void close() {
        stopping = true;
        selector.wakeup();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
