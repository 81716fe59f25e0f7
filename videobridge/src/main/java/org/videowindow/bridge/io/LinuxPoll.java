package org.videowindow.bridge.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Waiting on one port, which may have two sockets, with {@code ppoll}, and waking the waiter through an {@code eventfd}. Waiting belongs to the
 * socket's owner; {@link #wakeup} to any thread.
 */
final class LinuxPoll {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** The kernel skips negative descriptors. */
    static final int NOBODY = -1;

    /** Three {@code pollfd} of 8 bytes: the socket, the event descriptor, the socket of handshakes. */
    private final MemorySegment descriptors;

    private final MemorySegment timeout;
    private final MemorySegment counter;
    private final MemorySegment one;
    private final int event;
    private boolean closed;

    /**
     * @param socket what is waited for, to read and to write
     * @param handshakes what is waited for too, to read, or {@link #NOBODY}
     */
    LinuxPoll(Arena arena, int socket, int handshakes) throws IOException {
        MemorySegment state = LinuxCalls.allocateState(arena);
        descriptors = arena.allocate(24, 8);
        timeout = arena.allocate(16, 8);
        counter = arena.allocate(8, 8);
        one = arena.allocate(8, 8);
        one.set(LONG, 0, 1);
        try {
            event = (int) LinuxCalls.EVENTFD.invokeExact(state, 0, LinuxCalls.EFD_NONBLOCK | LinuxCalls.EFD_CLOEXEC);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        if (event < 0) {
            throw new IOException("eventfd: error " + LinuxCalls.errno(state));
        }
        descriptors.set(INT, 0, socket);
        descriptors.set(INT, 8, event);
        descriptors.set(SHORT, 12, LinuxCalls.POLLIN);
        descriptors.set(INT, 16, handshakes);
        descriptors.set(SHORT, 20, LinuxCalls.POLLIN);
    }

    /**
     * Waits for a datagram, a wake-up or the time; a negative time is for ever.
     *
     * @return whether the socket has something to tell: a datagram, or what is wrong with it
     */
    boolean awaitReadable(long nanos) {
        descriptors.set(SHORT, 4, LinuxCalls.POLLIN);
        poll(3, nanos);
        if ((descriptors.get(SHORT, 14) & LinuxCalls.POLLIN) != 0) {
            awake();
        }
        return descriptors.get(SHORT, 6) != 0;
    }

    /** Whether {@link #awaitReadable} has found handshakes, or what is wrong with their socket. */
    boolean handshakesWait() {
        return descriptors.get(SHORT, 22) != 0;
    }

    /** The descriptor that is readable once somebody wants the waiter to wake up. */
    int event() {
        return event;
    }

    /** The waiter is awake: the next wake-up is a new one. */
    void awake() {
        try {
            long ignored = (long) LinuxCalls.READ.invokeExact(event, counter.address(), 8L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for room in the send buffer; false when the time passed without. */
    boolean awaitWritable(long nanos) {
        descriptors.set(SHORT, 4, LinuxCalls.POLLOUT);
        return poll(1, nanos) > 0;
    }

    private int poll(int count, long nanos) {
        // What an interrupted call leaves behind must not be taken for an answer.
        descriptors.set(SHORT, 6, (short) 0);
        descriptors.set(SHORT, 14, (short) 0);
        descriptors.set(SHORT, 22, (short) 0);
        timeout.set(LONG, 0, nanos / NANOS_PER_SECOND);
        timeout.set(LONG, 8, nanos % NANOS_PER_SECOND);
        try {
            return (int) LinuxCalls.PPOLL.invokeExact(
                    descriptors.address(), (long) count, nanos < 0 ? 0L : timeout.address(), 0L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    synchronized void wakeup() {
        if (closed) {
            return;
        }
        try {
            long ignored = (long) LinuxCalls.WRITE.invokeExact(event, one.address(), 8L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            int ignored = (int) LinuxCalls.CLOSE.invokeExact(event);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
