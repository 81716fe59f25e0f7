package org.videowindow.bridge.io;

import static org.videowindow.bridge.io.LinuxCalls.EAGAIN;
import static org.videowindow.bridge.io.LinuxCalls.EBADF;
import static org.videowindow.bridge.io.LinuxCalls.EINTR;
import static org.videowindow.bridge.io.LinuxCalls.ENOTSOCK;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What {@code recvmmsg} reads from one descriptor into: a native slab of slots, from where datagrams go into a {@link
 * ReceiveBatch}. Owned by its socket. Allocates nothing per call.
 */
final class LinuxInbox {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final int SLOT = ReceiveBatch.SLOT_BYTES;

    private final Arena scope;
    private final LinuxDescriptor descriptor;
    private final boolean inet6;
    private final SocketCounters counters;
    private final MemorySegment state;

    private MemorySegment slab = MemorySegment.NULL;
    private MemorySegment headers = MemorySegment.NULL;
    private MemorySegment names = MemorySegment.NULL;
    private int slots;

    /**
     * @param scope of its memory
     * @param counters of the socket it belongs to
     */
    LinuxInbox(Arena scope, LinuxDescriptor descriptor, SocketCounters counters) {
        this.scope = scope;
        this.descriptor = descriptor;
        this.inet6 = descriptor.inet6();
        this.counters = counters;
        state = LinuxCalls.allocateState(scope);
    }

    /**
     * Adds what is there, as far as the batch has room.
     *
     * @param most datagrams, always the same
     * @return false when there was nothing, or no room
     */
    boolean receive(ReceiveBatch batch, int most) {
        prepare(most);
        int room = Math.min(most, batch.capacity() - batch.count());
        if (room == 0) {
            return false;
        }
        counters.receiveCalls++;
        int received;
        try {
            received = (int) LinuxCalls.RECVMMSG.invokeExact(
                    descriptor.number(), headers.address(), room, LinuxCalls.MSG_DONTWAIT, 0L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        take(batch, received);
        return received >= 0;
    }

    /** The same, and says what is wrong when the socket is unusable. */
    void receiveOrFail(ReceiveBatch batch, int most) throws IOException {
        prepare(most);
        int room = Math.min(most, batch.capacity() - batch.count());
        counters.receiveCalls++;
        int received;
        try {
            received = (int) LinuxCalls.RECVMMSG_ERRNO.invokeExact(
                    state, descriptor.number(), headers.address(), room, LinuxCalls.MSG_DONTWAIT, 0L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        int errno = received < 0 ? LinuxCalls.errno(state) : EAGAIN;
        if (errno == EBADF || errno == ENOTSOCK) {
            throw new IOException("recvmmsg: the socket is closed");
        }
        if (errno != EAGAIN && errno != EINTR) {
            counters.receiveErrors++;
            counters.lastError = errno;
        }
        take(batch, received);
    }

    private void take(ReceiveBatch batch, int received) {
        for (int i = 0; i < received; i++) {
            long header = (long) i * LinuxCalls.MESSAGE_BYTES;
            if ((headers.get(INT, header + LinuxCalls.MESSAGE_FLAGS) & LinuxCalls.MSG_TRUNC) != 0) {
                counters.truncatedPackets++;
                continue;
            }
            int length = headers.get(INT, header + LinuxCalls.MESSAGE_LENGTH);
            MemorySegment.copy(
                    slab, ValueLayout.JAVA_BYTE, (long) i * SLOT, batch.buffer(), batch.offset(batch.count()), length);
            long name = (long) i * SocketAddressCodec.STRIDE;
            batch.add(
                    length,
                    SocketAddressCodec.high(names, name, inet6),
                    SocketAddressCodec.low(names, name, inet6),
                    SocketAddressCodec.port(names, name));
            counters.receivedPackets++;
            counters.receivedBytes += length;
        }
    }

    private void prepare(int wanted) {
        if (slots >= wanted) {
            return;
        }
        slots = wanted;
        slab = scope.allocate((long) wanted * SLOT, 64);
        headers = scope.allocate((long) wanted * LinuxCalls.MESSAGE_BYTES, 64);
        names = scope.allocate((long) wanted * SocketAddressCodec.STRIDE, 64);
        MemorySegment vectors = scope.allocate((long) wanted * LinuxCalls.IOV_BYTES, 64);
        for (int i = 0; i < wanted; i++) {
            long vector = (long) i * LinuxCalls.IOV_BYTES;
            vectors.set(LONG, vector, slab.address() + (long) i * SLOT);
            vectors.set(LONG, vector + 8, SLOT);
            long header = (long) i * LinuxCalls.MESSAGE_BYTES;
            headers.set(LONG, header + LinuxCalls.MESSAGE_NAME, names.address() + (long) i * SocketAddressCodec.STRIDE);
            headers.set(INT, header + LinuxCalls.MESSAGE_NAME_LENGTH, SocketAddressCodec.INET6_BYTES);
            headers.set(LONG, header + LinuxCalls.MESSAGE_IOV, vectors.address() + vector);
            headers.set(LONG, header + LinuxCalls.MESSAGE_IOV_LENGTH, 1L);
        }
    }
}
