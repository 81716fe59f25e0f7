package org.videowindow.loadtest.endpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.videowindow.loadtest.dtls.DtlsClient;
import org.videowindow.loadtest.dtls.Identity;
import org.videowindow.loadtest.ice.IceAgent;
import org.videowindow.loadtest.net.MediaSocket;
import org.videowindow.loadtest.srtp.SrtpKeys;

/**
 * Runs participants: one thread that owns all of them, their sockets and senders, and a few that shake hands.
 *
 * <p>Towards a server on the same machine all participants share one socket, each with an address of its own in 127/8:
 * the server cannot tell, and reading a batch for all of them costs a fraction. Towards others each has a socket.
 *
 * <p>The thread looks into a shared socket every millisecond, into sockets of participants every five: to look into all of
 * them takes processor time and cache lines from the server beside it, which receivers elsewhere would not. Latencies do
 * not suffer: the kernel notes when a datagram arrived.
 */
public final class Engine implements AutoCloseable {
    private static final long SHARED_LOOK = 1_000_000L;
    private static final long OWN_LOOK = 5_000_000L;
    private static final long TICK = 5_000_000L;
    private static final int SHARED_BUFFER = 64 << 20;
    private static final int OWN_BUFFER = 4 << 20;
    private static final int HANDSHAKES = 4;
    private static final int FIRST_ADDRESS = 127 << 24 | 64 << 16 | 1;
    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    final WallClock clock = new WallClock();
    final LatencyHistogram latency = new LatencyHistogram();
    final ExecutorService handshakes = Executors.newFixedThreadPool(HANDSHAKES, task -> {
        Thread thread = new Thread(task, "handshake");
        thread.setDaemon(true);
        return thread;
    });
    private final boolean shared;
    private final Identity identity;
    private final DtlsClient dtls;
    private final SecureRandom secure = new SecureRandom();
    private final Random random = new Random();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final List<MediaSocket> sockets = new ArrayList<>();
    private final List<Participant> participants = new ArrayList<>();
    private final Map<Integer, Participant> byAddress = new HashMap<>();
    private final Map<MediaSocket, Participant> bySocket = new HashMap<>();
    private final List<Sender> senders = new ArrayList<>();
    private final Thread thread = new Thread(this::loop, "engine");
    private Participant[] addresses = {};
    private int nextAddress = FIRST_ADDRESS;
    private int ownAddress;
    private volatile boolean running = true;
    private volatile RuntimeException failure;

    private Engine(boolean shared) {
        this.shared = shared;
        this.identity = Identity.generate(secure);
        this.dtls = new DtlsClient(identity, secure);
    }

    /**
     * Starts an engine.
     *
     * @param sameMachine whether the server runs on this machine, so that one socket is enough
     */
    public static Engine start(boolean sameMachine) throws IOException {
        Engine engine = new Engine(sameMachine);
        if (sameMachine) {
            engine.sockets.add(MediaSocket.open(SHARED_BUFFER));
        } else {
            // Connecting sends nothing, it only asks the routing for the address that others see.
            try (DatagramSocket probe = new DatagramSocket()) {
                probe.connect(new InetSocketAddress("192.0.2.254", 9));
                engine.ownAddress = toInt(probe.getLocalAddress());
            }
        }
        engine.thread.setDaemon(true);
        engine.thread.start();
        return engine;
    }

    private static int toInt(InetAddress address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    /** SHA-256 of the certificate of all participants, for signalling. Any thread. */
    public String fingerprint() {
        return identity.fingerprint();
    }

    /** The wall clock that arrivals are stamped by; for senders, which run on the engine's thread. */
    public LongSupplier wallClock() {
        return clock::now;
    }

    int ownAddress() {
        return ownAddress;
    }

    long wallOffset() {
        return clock.offset();
    }

    SrtpKeys handshake(HandshakeTransport transport, String fingerprint) throws IOException {
        return dtls.handshake(transport, fingerprint);
    }

    /**
     * A new participant; any thread.
     *
     * @param controlling its ICE role at first
     * @throws IOException when there is no socket for it
     */
    public Participant join(String id, MediaFormat format, boolean controlling) throws IOException {
        IceAgent ice = new IceAgent(text(8), text(24), controlling, random);
        MediaSocket socket = shared ? sockets.getFirst() : MediaSocket.open(OWN_BUFFER);
        return ask(() -> {
            int address = shared ? nextAddress++ : 0;
            Participant participant = new Participant(this, id, format, socket, address, ice, random.nextInt() | 1);
            participants.add(participant);
            if (shared) {
                byAddress.put(address, participant);
                index();
            } else {
                sockets.add(socket);
                bySocket.put(socket, participant);
            }
            return participant;
        });
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS.charAt(secure.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    private void index() {
        addresses = new Participant[nextAddress - FIRST_ADDRESS];
        byAddress.forEach((address, participant) -> addresses[address - FIRST_ADDRESS] = participant);
    }

    /** Removes participants; what the server knows of them is its own affair. Any thread. */
    public void leave(List<Participant> leaving) {
        ask(() -> {
            for (Participant participant : leaving) {
                participant.close();
                byAddress.remove(participant.localAddress);
                if (!shared) {
                    bySocket.remove(participant.socket);
                    sockets.remove(participant.socket);
                    participant.socket.close();
                }
            }
            participants.removeAll(leaving);
            if (shared) {
                index();
            }
            return null;
        });
    }

    /** Lets a sender run by the clock until it is removed. Any thread. */
    public void add(Sender sender) {
        execute(() -> senders.add(sender));
    }

    /** The sender runs no more. Any thread. */
    public void remove(Sender sender) {
        execute(() -> senders.remove(sender));
    }

    /** Runs something on the engine's thread, soon. */
    public void execute(Runnable command) {
        commands.add(command);
    }

    /** Runs something on the engine's thread and waits for its answer. */
    public <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        while (true) {
            try {
                return ((Future<T>) answer).get(1, java.util.concurrent.TimeUnit.SECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                if (!running || failure != null) {
                    throw new IllegalStateException("The engine has stopped.", failure);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted.", e);
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** What all of these participants received so far. Any thread. */
    public Totals totals(List<Participant> of) {
        return ask(() -> {
            Totals totals = Totals.NOTHING;
            for (Participant participant : of) {
                totals = totals.plus(participant.totals());
            }
            return totals;
        });
    }

    /** The latencies since the last call; sampled. Any thread. */
    public LatencyHistogram takeLatencies() {
        return ask(() -> {
            LatencyHistogram copy = latency.copy();
            latency.clear();
            return copy;
        });
    }

    /** Ports of all sockets, by which the system's own loss counters can be found. Any thread. */
    public List<Integer> ports() {
        return ask(() -> sockets.stream().map(MediaSocket::port).toList());
    }

    private void loop() {
        try {
            long nextTick = System.nanoTime();
            long nextReceive = nextTick;
            long look = shared ? SHARED_LOOK : OWN_LOOK;
            while (running) {
                for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                    command.run();
                }
                long now = System.nanoTime();
                long next = nextReceive;
                for (int i = 0; i < senders.size(); i++) {
                    Sender sender = senders.get(i);
                    if (sender.due() - now <= 0) {
                        sender.run(now);
                        flush();
                    }
                    next = Math.min(next, sender.due());
                }
                if (now - nextTick >= 0) {
                    nextTick = now + TICK;
                    clock.now();
                    for (int i = 0; i < participants.size(); i++) {
                        participants.get(i).tick(now);
                    }
                    flush();
                }
                if (now - nextReceive >= 0) {
                    nextReceive = now + look;
                    receive();
                    flush();
                }
                long nap = next - System.nanoTime();
                if (nap > 0) {
                    LockSupport.parkNanos(nap);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
            e.printStackTrace();
        } finally {
            sockets.forEach(MediaSocket::close);
        }
    }

    private void receive() {
        for (int i = 0; i < sockets.size(); i++) {
            MediaSocket socket = sockets.get(i);
            int batches = 0;
            // Bounded, so that senders are not late under a flood.
            while (MediaSocket.isFull(socket.receive(this::datagram)) && ++batches < 8) {
                flush();
            }
        }
    }

    private void flush() {
        for (int i = 0; i < sockets.size(); i++) {
            sockets.get(i).flush();
        }
    }

    private void datagram(
            MediaSocket socket,
            int localAddress,
            int remoteAddress,
            int remotePort,
            MemorySegment memory,
            long offset,
            int length,
            long arrival) {
        Participant participant;
        if (shared) {
            int index = localAddress - FIRST_ADDRESS;
            participant = index >= 0 && index < addresses.length ? addresses[index] : null;
        } else {
            participant = bySocket.get(socket);
        }
        if (participant != null) {
            participant.datagram(remoteAddress, remotePort, memory, offset, length, arrival);
        }
    }

    @Override
    public void close() {
        running = false;
        handshakes.shutdownNow();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        participants.forEach(Participant::close);
    }
}
