package org.videowindow.bridge.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Waiting for whichever of several sockets first has something to tell: a datagram, or a wake-up by {@link
 * UdpSocket#wakeup}. One {@code ppoll} over all of them. Owned by the thread that waits; a socket is left out before it is
 * closed, and while another thread waits for it.
 */
public final class SocketWait implements AutoCloseable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Three {@code pollfd} of 8 bytes: the socket's, its event's, that of its handshakes. */
    private static final int STRIDE = 24;

    private static final int EVENT = 8;
    private static final int HANDSHAKES = 16;
    private static final int RETURNED = 6;

    private final Arena scope = Arena.ofShared();
    private final LinuxUdpSocket[] sockets;
    private final MemorySegment descriptors;
    private final MemorySegment timeout;

    private SocketWait(LinuxUdpSocket[] sockets) {
        this.sockets = sockets;
        descriptors = scope.allocate((long) STRIDE * sockets.length, 8);
        timeout = scope.allocate(16, 8);
        for (int i = 0; i < sockets.length; i++) {
            descriptors.set(SHORT, (long) i * STRIDE + 4, LinuxCalls.POLLIN);
            descriptors.set(SHORT, (long) i * STRIDE + EVENT + 4, LinuxCalls.POLLIN);
            descriptors.set(SHORT, (long) i * STRIDE + HANDSHAKES + 4, LinuxCalls.POLLIN);
            leaveOut(i);
        }
    }

    /** For these sockets, all of them left out; {@code null} where they cannot be waited for together. */
    public static SocketWait of(List<UdpSocket> sockets) {
        LinuxUdpSocket[] all = new LinuxUdpSocket[sockets.size()];
        for (int i = 0; i < all.length; i++) {
            if (!(sockets.get(i) instanceof LinuxUdpSocket socket)) {
                return null;
            }
            all[i] = socket;
        }
        return new SocketWait(all);
    }

    /** From now on this socket is waited for. */
    public void include(int socket) {
        long at = (long) socket * STRIDE;
        descriptors.set(INT, at, sockets[socket].number());
        descriptors.set(INT, at + EVENT, sockets[socket].poll().event());
        descriptors.set(INT, at + HANDSHAKES, sockets[socket].handshakes());
    }

    /** From now on this socket is not waited for, and not ready. */
    public void leaveOut(int socket) {
        long at = (long) socket * STRIDE;
        descriptors.set(INT, at, LinuxPoll.NOBODY);
        descriptors.set(INT, at + EVENT, LinuxPoll.NOBODY);
        descriptors.set(INT, at + HANDSHAKES, LinuxPoll.NOBODY);
        forget(socket);
    }

    private void forget(int socket) {
        long at = (long) socket * STRIDE;
        descriptors.set(SHORT, at + RETURNED, (short) 0);
        descriptors.set(SHORT, at + EVENT + RETURNED, (short) 0);
        descriptors.set(SHORT, at + HANDSHAKES + RETURNED, (short) 0);
    }

    /** Waits until a socket is ready, for so many nanoseconds at most. */
    public void await(long nanos) {
        // What an interrupted call leaves behind must not be taken for an answer.
        for (int i = 0; i < sockets.length; i++) {
            forget(i);
        }
        timeout.set(LONG, 0, nanos / NANOS_PER_SECOND);
        timeout.set(LONG, 8, nanos % NANOS_PER_SECOND);
        try {
            int ignored = (int)
                    LinuxCalls.PPOLL.invokeExact(descriptors.address(), 3L * sockets.length, timeout.address(), 0L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < sockets.length; i++) {
            long at = (long) i * STRIDE;
            if (descriptors.get(SHORT, at + EVENT + RETURNED) != 0) {
                sockets[i].poll().awake();
            }
            if (descriptors.get(INT, at) != LinuxPoll.NOBODY) {
                sockets[i].queues().seen(descriptors.get(SHORT, at + HANDSHAKES + RETURNED) != 0);
            }
        }
    }

    /** Whether the last wait has found a datagram at this socket, what is wrong with it, or a wake-up. */
    public boolean isReady(int socket) {
        return hasDatagrams(socket) || descriptors.get(SHORT, (long) socket * STRIDE + EVENT + RETURNED) != 0;
    }

    /** Whether the last wait has found a datagram at this socket, or what is wrong with it. */
    public boolean hasDatagrams(int socket) {
        long at = (long) socket * STRIDE;
        return descriptors.get(SHORT, at + RETURNED) != 0 || descriptors.get(SHORT, at + HANDSHAKES + RETURNED) != 0;
    }

    @Override
    public void close() {
        scope.close();
    }
}
