package org.videowindow.bridge.conference;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Commands for a worker. Any thread posts; the worker drains between packets. When the queue is full the poster is told
 * and nothing happens: signalling then answers "overloaded", DTLS repeats its flight.
 */
final class Commands {
    /** Commands that wait. A worker drains thousands per millisecond, so a full queue means it hangs. */
    private static final int CAPACITY = 8_192;

    /** Commands run in one go, so that packets are not kept waiting. */
    private static final int MOST_PER_DRAIN = 256;

    /** Something to do on the worker. */
    @FunctionalInterface
    interface Command {
        /** @param now time of the worker's turn */
        void run(long now);
    }

    private final BlockingQueue<Command> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong refused = new AtomicLong();
    private volatile Runnable wakeup = () -> {};

    /** Who is woken when a command is posted. */
    void wakeWith(Runnable waker) {
        wakeup = waker;
    }

    /** False when the queue is full. */
    boolean post(Command command) {
        if (!waiting.offer(command)) {
            refused.incrementAndGet();
            return false;
        }
        wakeup.run();
        return true;
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Runs what waits, some at a time; true when there is more. Worker only. */
    boolean drain(long now) {
        for (int i = 0; i < MOST_PER_DRAIN; i++) {
            Command command = waiting.poll();
            if (command == null) {
                return false;
            }
            command.run(now);
        }
        return !waiting.isEmpty();
    }

    long refused() {
        return refused.get();
    }
}
