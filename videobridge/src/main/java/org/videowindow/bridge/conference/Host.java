package org.videowindow.bridge.conference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.videowindow.bridge.io.SocketWait;
import org.videowindow.bridge.io.UdpSocket;

/**
 * Turns the first worker's lane, and those of the other workers while {@link LaneSharing} says that one thread is enough.
 * Runs on the first worker's thread, which owns it; others ask whether it {@link #isOpen} and wake it up.
 */
final class Host {
    private final List<Lane> lanes;
    private final LaneSharing sharing;
    private final NanoClock clock;

    /** {@code null} where lanes cannot be shared. */
    private final SocketWait wait;

    private final boolean[] served;
    private List<Worker> workers = List.of();
    private volatile boolean open;
    private volatile boolean closed;

    /** @param lanes of the workers, in their order */
    Host(List<Lane> lanes, LaneSharing sharing, NanoClock clock) {
        this.lanes = lanes;
        this.sharing = sharing;
        this.clock = clock;
        this.served = new boolean[lanes.size()];
        List<UdpSocket> sockets = lanes.stream().map(Lane::socket).toList();
        this.wait = lanes.size() > 1 ? SocketWait.of(sockets) : null;
        if (wait != null) {
            wait.include(0);
        }
    }

    /** Those whose lanes these are; before any of them starts. */
    void workers(List<Worker> owners) {
        workers = owners;
    }

    /** Whether lanes may be lent. Any thread. */
    boolean isOpen() {
        return open;
    }

    /** Whether nothing is turned here any more: what was lent since must be taken back by its owner. Any thread. */
    boolean isClosed() {
        return closed;
    }

    /** Makes the host look at its lanes, and at who has lent one. Any thread. */
    void wakeup() {
        lanes.getFirst().socket().wakeup();
    }

    /**
     * Lets the first lane turn, and those that were lent.
     *
     * @param before the time
     * @return the time at the end
     * @throws IOException when the first lane's socket is unusable
     */
    long turn(long before) throws IOException {
        if (wait == null) {
            return lanes.getFirst().turn(before);
        }
        decide(before);
        if (!takeAndGiveBack()) {
            return lanes.getFirst().turn(before);
        }
        wait.await(longestRest(before));
        long now = clock.nanoTime();
        now = turn(0, now);
        for (int i = 1; i < served.length; i++) {
            if (served[i]) {
                now = turnLent(i, now);
            }
        }
        return now;
    }

    private void decide(long now) {
        long busy = 0;
        for (int i = 0; i < served.length; i++) {
            busy += lanes.get(i).busyNanos();
        }
        boolean shared = sharing.isShared(now, busy);
        if (shared != open) {
            open = shared;
        }
    }

    /** Whether there are lanes of others to be served. */
    private boolean takeAndGiveBack() {
        boolean any = false;
        for (int i = 1; i < served.length; i++) {
            Worker worker = workers.get(i);
            boolean lent = worker.isLent();
            if (lent && (!open || worker.isStopping())) {
                giveBack(i, null);
            } else if (lent && !served[i]) {
                served[i] = true;
                wait.include(i);
            }
            any |= served[i];
        }
        return any;
    }

    private void giveBack(int index, IOException failure) {
        if (served[index]) {
            served[index] = false;
            wait.leaveOut(index);
        }
        workers.get(index).giveBack(failure);
    }

    private long longestRest(long now) {
        long rest = lanes.getFirst().longestRest(now);
        for (int i = 1; i < served.length; i++) {
            if (served[i]) {
                rest = Math.min(rest, lanes.get(i).longestRest(now));
            }
        }
        return rest;
    }

    private long turn(int index, long now) throws IOException {
        Lane lane = lanes.get(index);
        boolean readable = wait.hasDatagrams(index) || lane.moreWaits();
        return readable || wait.isReady(index) || lane.isDue(now) ? lane.turnAtOnce(now, readable) : now;
    }

    private long turnLent(int index, long now) {
        try {
            return turn(index, now);
        } catch (IOException e) {
            giveBack(index, e);
        } catch (UncheckedIOException e) {
            giveBack(index, e.getCause());
        }
        return now;
    }

    /** Gives back what was lent. Its own lane stays with the first worker. */
    void close() {
        open = false;
        closed = true;
        for (int i = 1; i < served.length; i++) {
            if (workers.get(i).isLent()) {
                giveBack(i, null);
            }
        }
        if (wait != null) {
            wait.close();
        }
    }
}
