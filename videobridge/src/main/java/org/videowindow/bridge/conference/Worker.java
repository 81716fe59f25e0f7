package org.videowindow.bridge.conference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One platform thread with a {@link Lane} of its own. While the bridge has little to do it lends the lane to the {@link Host},
 * which is the first worker, and sleeps: one thread that serves all lanes wakes up less often than several do.
 */
final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long JOIN_MILLIS = 2_000;

    private final NanoClock clock;
    private final Lane lane;
    private final Host host;
    private final boolean hosts;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean broken;

    /** Whether the host turns the lane. This worker sets it, the host takes it back; each gives the lane away by it. */
    private volatile boolean lent;

    /** Why the lane was given back, if it cannot be turned any more. */
    private IOException failure;

    /**
     * A worker that sleeps until {@link #start}.
     *
     * @param host whom the lane is lent to
     * @param hosts whether this worker is the one that runs the host
     */
    Worker(int index, Lane lane, Host host, boolean hosts, NanoClock clock) {
        this.lane = lane;
        this.host = host;
        this.hosts = hosts;
        this.clock = clock;
        thread = Thread.ofPlatform().name("worker-" + index).daemon(false).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    Lane lane() {
        return lane;
    }

    long threadId() {
        return thread.threadId();
    }

    boolean isHealthy() {
        return !broken && !stopping && lane.isHealthy(clock.nanoTime());
    }

    private void loop() {
        try {
            long now = clock.nanoTime();
            while (!stopping) {
                if (hosts) {
                    now = host.turn(now);
                } else if (host.isOpen()) {
                    lend();
                    now = clock.nanoTime();
                } else {
                    now = lane.turn(now);
                }
            }
            lane.end(now);
        } catch (IOException | UncheckedIOException e) {
            broken = true;
            LOG.error("Media socket {} is unusable: {}", lane.localAddress().getPort(), e.getMessage());
        } finally {
            if (hosts) {
                host.close();
            }
            lane.close();
        }
    }

    /** The host has the lane until it gives it back, or has stopped without having seen that it was lent. */
    private void lend() throws IOException {
        lent = true;
        host.wakeup();
        while (lent && !host.isClosed()) {
            LockSupport.park(this);
        }
        lent = false;
        if (failure != null) {
            throw failure;
        }
    }

    /** Whether the lane waits to be turned by the host, or is. Host only. */
    boolean isLent() {
        return lent;
    }

    /** Whether it wants its lane back. */
    boolean isStopping() {
        return stopping;
    }

    /**
     * Gives the lane back. Host only, which does not touch it afterwards.
     *
     * @param reason why the lane cannot be turned any more, or {@code null}
     */
    void giveBack(IOException reason) {
        failure = reason;
        lent = false;
        LockSupport.unpark(thread);
    }

    /** Stops the loop and waits for it. */
    @Override
    public void close() {
        stopping = true;
        if (thread.getState() == Thread.State.NEW) {
            lane.close();
            return;
        }
        lane.socket().wakeup();
        host.wakeup();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
