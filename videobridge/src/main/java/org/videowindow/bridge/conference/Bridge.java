package org.videowindow.bridge.conference;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.videowindow.bridge.dtls.DtlsCertificate;
import org.videowindow.bridge.dtls.DtlsServer;
import org.videowindow.bridge.io.UdpSocket;
import org.videowindow.bridge.srtp.CryptoProvider;
import org.videowindow.bridge.tcp.TcpCounters;
import org.videowindow.bridge.tcp.TcpServer;

/** A running bridge: workers, their lanes, certificate. Any thread may call. */
public final class Bridge implements AutoCloseable {
    private static final long ANSWER_SECONDS = 1;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final AtomicBoolean REHEARSED = new AtomicBoolean();

    private final BridgeSettings settings;
    private final CryptoProvider crypto;
    private final List<Worker> workers;
    private final WorkerConferences conferences;
    private final TcpServer tcp;

    private Bridge(
            BridgeSettings settings, CryptoProvider crypto, List<Worker> workers, TcpServer tcp, SecureRandom random) {
        this.settings = settings;
        this.crypto = crypto;
        this.workers = workers;
        this.tcp = tcp;
        this.conferences =
                new WorkerConferences(workers.stream().map(Worker::lane).toList(), settings.limits(), random);
    }

    /**
     * Starts the workers.
     *
     * @param events told what bridge channels have to know
     * @param random for ids, passwords and keys
     * @param clock monotonic time
     * @throws IOException when a socket cannot be had; the message is one sentence with address and port
     * @throws IllegalArgumentException when the settings make no sense; the message is one sentence
     */
    public static Bridge start(BridgeSettings settings, ChannelEvents events, SecureRandom random, NanoClock clock)
            throws IOException {
        return start(settings, events, random, clock, new LaneSharing(clock.nanoTime()));
    }

    /** The same with another rule for when one worker serves all lanes. */
    static Bridge start(
            BridgeSettings settings, ChannelEvents events, SecureRandom random, NanoClock clock, LaneSharing sharing)
            throws IOException {
        int count = settings.workers() > 0
                ? settings.workers()
                : Runtime.getRuntime().availableProcessors();
        if (settings.firstPort() < 0 || settings.firstPort() + count - 1 > 65_535) {
            throw new IllegalArgumentException("The media ports " + settings.firstPort() + " to "
                    + (settings.firstPort() + count - 1) + " are not within 0 to 65535.");
        }
        if (settings.bindAddress().isAnyLocalAddress()
                && settings.advertisedAddresses().isEmpty()) {
            throw new IllegalArgumentException(
                    "A bridge that listens on every address must be told which addresses to advertise.");
        }
        CryptoProvider crypto;
        try {
            crypto = settings.crypto().resolve();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        DtlsServer dtls = new DtlsServer(
                DtlsCertificate.generate(random),
                random,
                settings.limits().handshakes(),
                settings.times().handshake());
        TcpServer tcp =
                settings.tcp().isOn() ? TcpServer.start(settings.bindAddress(), settings.tcp(), clock::nanoTime) : null;
        List<Lane> lanes = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                int port = settings.firstPort() == 0 ? 0 : settings.firstPort() + i;
                lanes.add(open(
                        new InetSocketAddress(settings.bindAddress(), port),
                        settings,
                        events,
                        dtls,
                        tcp,
                        random,
                        clock));
            }
        } catch (IOException e) {
            lanes.forEach(Lane::close);
            close(tcp);
            throw e;
        }
        List<Worker> workers = employ(List.copyOf(lanes), sharing, clock);
        workers.forEach(Worker::start);
        return new Bridge(settings, crypto, workers, tcp, random);
    }

    /** A worker for each lane; the first one hosts. */
    private static List<Worker> employ(List<Lane> lanes, LaneSharing sharing, NanoClock clock) {
        Host host = new Host(lanes, sharing, clock);
        List<Worker> workers = new ArrayList<>();
        for (Lane lane : lanes) {
            int index = workers.size();
            workers.add(new Worker(index, lane, host, index == 0, clock));
        }
        host.workers(List.copyOf(workers));
        return List.copyOf(workers);
    }

    /**
     * Makes the first packets of this process as fast as later ones: made-up ones go before them, in the background, for a
     * second at most. Once per process; further calls do nothing.
     */
    public static void rehearse(BridgeSettings settings) {
        if (REHEARSED.compareAndSet(false, true)) {
            Rehearsal.begin(settings);
        }
    }

    private static Lane open(
            InetSocketAddress address,
            BridgeSettings settings,
            ChannelEvents events,
            DtlsServer dtls,
            TcpServer tcp,
            SecureRandom random,
            NanoClock clock)
            throws IOException {
        try {
            return new Lane(address, settings, events, dtls, tcp, random, clock);
        } catch (IOException e) {
            throw new IOException(
                    "The media address " + address.getAddress().getHostAddress() + " port " + address.getPort()
                            + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    /** The conferences. */
    public Conferences conferences() {
        return conferences;
    }

    /** Sum of a counter over all workers. */
    public long total(Counter counter) {
        long total = tcp == null ? 0 : ofConnections(counter, tcp.counters());
        for (Worker worker : workers) {
            total += counter == Counter.DROPPED_COMMANDS
                    ? worker.lane().commands().refused()
                    : worker.lane().counters().get(counter);
        }
        return total;
    }

    private static long ofConnections(Counter counter, TcpCounters counters) {
        return switch (counter) {
            case TCP_CONNECTIONS -> counters.accepted();
            case DROPPED_TCP_REFUSED -> counters.refused();
            case DROPPED_TCP_UNPROVEN -> counters.unproven();
            case DROPPED_TCP_BROKEN -> counters.broken();
            case DROPPED_TCP_NOT_TAKEN -> counters.notTaken();
            case DROPPED_TCP_NOT_SENT -> counters.notSent();
            default -> 0;
        };
    }

    /** What one worker has counted. */
    public long total(int worker, Counter counter) {
        return workers.get(worker).lane().counters().get(counter);
    }

    /** Bytes of garbage that the thread of one worker has made since its start; a packet is to leave none. */
    public long allocatedBytes(int worker) {
        return THREADS.getThreadAllocatedBytes(workers.get(worker).threadId());
    }

    /**
     * How the receivers are served now. Asks one worker after another; one that does not answer within a second is left
     * out.
     */
    public Vitals vitals() {
        Vitals vitals = new Vitals();
        for (Worker worker : workers) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            boolean asked = worker.lane().commands().post(now -> {
                if (!done.isCancelled()) {
                    worker.lane().plane().collect(vitals, now);
                    done.complete(null);
                }
            });
            try {
                if (asked) {
                    Void _ = done.get(ANSWER_SECONDS, TimeUnit.SECONDS);
                }
            } catch (TimeoutException | ExecutionException e) {
                done.cancel(false);
            } catch (InterruptedException e) {
                done.cancel(false);
                Thread.currentThread().interrupt();
            }
        }
        return vitals;
    }

    /** Endpoints that are there now. */
    public int endpoints() {
        return conferences.endpoints();
    }

    /** Of one worker's lane. */
    UdpSocket socket(int worker) {
        return workers.get(worker).lane().socket();
    }

    /** Number of workers. */
    public int workers() {
        return workers.size();
    }

    /** How packets are moved and protected, in a few words for the log and for metrics. */
    public String dataPath() {
        return workers.getFirst().lane().describeSocket() + ", AES-GCM by " + crypto.describe();
    }

    /** What endpoints are told, of all workers. */
    public List<TransportCandidate> candidates() {
        List<TransportCandidate> all = new ArrayList<>();
        for (Worker worker : workers) {
            all.addAll(Candidates.of(settings, worker.lane().localAddress().getPort(), tcp == null ? 0 : tcp.port()));
        }
        return all;
    }

    /** Whether every worker has turned its loop within the last seconds; false once stopped. */
    public boolean isHealthy() {
        return workers.stream().allMatch(Worker::isHealthy);
    }

    /** Expires all conferences, stops the workers and closes their sockets. */
    @Override
    public void close() {
        workers.forEach(Worker::close);
        close(tcp);
    }

    private static void close(TcpServer tcp) {
        if (tcp != null) {
            tcp.close();
        }
    }
}
