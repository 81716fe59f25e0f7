package org.videowindow.loadtest.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * An IPv4 UDP socket that moves batches: {@code recvmmsg} with the kernel's time of arrival and the address a datagram was
 * sent to, {@code sendmmsg} with a source address per datagram. So one socket can stand for hundreds of participants
 * on 127/8, each with an address of its own. Owned by one thread.
 */
public final class MediaSocket implements AutoCloseable {
    private static final int RECEIVE_SLOTS = 256;
    private static final int SEND_SLOTS = 256;
    private static final int SLOT_BYTES = 2048;
    private static final int NAME_BYTES = 16;
    private static final int CONTROL_BYTES = 96;
    private static final int PACKET_INFO_BYTES = 32;
    private static final int PACKET_INFO_LENGTH = 28;
    private static final long SECOND = 1_000_000_000L;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT_BE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfInt INT_BE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final Arena arena = Arena.ofShared();
    private final int descriptor;
    private final int port;
    private final MemorySegment received = arena.allocate((long) RECEIVE_SLOTS * SLOT_BYTES, 64);
    private final MemorySegment receivedNames = arena.allocate((long) RECEIVE_SLOTS * NAME_BYTES, 64);
    private final MemorySegment receivedControls = arena.allocate((long) RECEIVE_SLOTS * CONTROL_BYTES, 64);
    private final MemorySegment receiveHeaders;
    private final MemorySegment sent = arena.allocate((long) SEND_SLOTS * SLOT_BYTES, 64);
    private final MemorySegment sentNames = arena.allocate((long) SEND_SLOTS * NAME_BYTES, 64);
    private final MemorySegment sentControls = arena.allocate((long) SEND_SLOTS * PACKET_INFO_BYTES, 64);
    private final MemorySegment sentVectors = arena.allocate((long) SEND_SLOTS * 16, 64);
    private final MemorySegment sendHeaders;
    private int queued;
    private long unsent;
    private boolean closed;

    private MediaSocket(int descriptor, int port) {
        this.descriptor = descriptor;
        this.port = port;
        MemorySegment vectors = arena.allocate((long) RECEIVE_SLOTS * 16, 64);
        receiveHeaders = arena.allocate((long) RECEIVE_SLOTS * Linux.MESSAGE_BYTES, 64);
        for (int i = 0; i < RECEIVE_SLOTS; i++) {
            vectors.set(LONG, i * 16L, received.address() + (long) i * SLOT_BYTES);
            vectors.set(LONG, i * 16L + 8, SLOT_BYTES);
            describe(
                    receiveHeaders,
                    i,
                    receivedNames,
                    vectors,
                    receivedControls.address() + (long) i * CONTROL_BYTES,
                    CONTROL_BYTES);
        }
        sendHeaders = arena.allocate((long) SEND_SLOTS * Linux.MESSAGE_BYTES, 64);
        for (int i = 0; i < SEND_SLOTS; i++) {
            sentVectors.set(LONG, i * 16L, sent.address() + (long) i * SLOT_BYTES);
            describe(
                    sendHeaders,
                    i,
                    sentNames,
                    sentVectors,
                    sentControls.address() + (long) i * PACKET_INFO_BYTES,
                    PACKET_INFO_BYTES);
            long control = (long) i * PACKET_INFO_BYTES;
            sentControls.set(LONG, control, PACKET_INFO_LENGTH);
            sentControls.set(INT, control + 8, Linux.SOL_IP);
            sentControls.set(INT, control + 12, Linux.IP_PKTINFO);
        }
    }

    private static void describe(
            MemorySegment headers,
            int slot,
            MemorySegment names,
            MemorySegment vectors,
            long control,
            long controlLength) {
        long header = (long) slot * Linux.MESSAGE_BYTES;
        headers.set(LONG, header + Linux.NAME, names.address() + (long) slot * NAME_BYTES);
        headers.set(INT, header + Linux.NAME_LENGTH, NAME_BYTES);
        headers.set(LONG, header + Linux.VECTOR, vectors.address() + slot * 16L);
        headers.set(LONG, header + Linux.VECTOR_COUNT, 1);
        headers.set(LONG, header + Linux.CONTROL, control);
        headers.set(LONG, header + Linux.CONTROL_LENGTH, controlLength);
    }

    /**
     * Opens a socket on all addresses and a free port.
     *
     * @param bufferBytes for what waits to be read; as much of it as the system grants
     * @throws IOException when there is none to be had
     */
    public static MediaSocket open(int bufferBytes) throws IOException {
        Linux.require();
        try (Arena scratch = Arena.ofConfined()) {
            int descriptor = (int) Linux.SOCKET.invokeExact(Linux.AF_INET, Linux.SOCK_DGRAM | Linux.SOCK_CLOEXEC, 0);
            if (descriptor < 0) {
                throw new IOException("No UDP socket is to be had.");
            }
            MemorySegment name = scratch.allocate(NAME_BYTES, 8);
            name.set(SHORT, 0, (short) Linux.AF_INET);
            MemorySegment length = scratch.allocate(4);
            length.set(INT, 0, NAME_BYTES);
            boolean bound = (int) Linux.BIND.invokeExact(descriptor, name.address(), NAME_BYTES) == 0
                    && (int) Linux.GETSOCKNAME.invokeExact(descriptor, name.address(), length.address()) == 0
                    && Linux.option(descriptor, Linux.SOL_IP, Linux.IP_PKTINFO, 1)
                    && Linux.option(descriptor, Linux.SOL_SOCKET, Linux.SO_TIMESTAMPNS, 1);
            if (!bound) {
                int ignored = (int) Linux.CLOSE.invokeExact(descriptor);
                throw new IOException("A UDP socket could not be bound (" + ignored + ").");
            }
            if (!Linux.option(descriptor, Linux.SOL_SOCKET, Linux.SO_RCVBUFFORCE, bufferBytes)) {
                Linux.option(descriptor, Linux.SOL_SOCKET, Linux.SO_RCVBUF, bufferBytes);
            }
            if (!Linux.option(descriptor, Linux.SOL_SOCKET, Linux.SO_SNDBUFFORCE, 1 << 22)) {
                Linux.option(descriptor, Linux.SOL_SOCKET, Linux.SO_SNDBUF, 1 << 22);
            }
            return new MediaSocket(descriptor, name.get(SHORT_BE, 2) & 0xffff);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw Linux.failed(e);
        }
    }

    /** The local port. */
    public int port() {
        return port;
    }

    /** Datagrams the kernel did not take. */
    public long unsent() {
        return unsent;
    }

    /** Hands over what waits, at most one batch; answers how many datagrams that were. */
    public int receive(DatagramHandler handler) {
        int count;
        try {
            count = (int) Linux.RECVMMSG.invokeExact(
                    descriptor, receiveHeaders.address(), RECEIVE_SLOTS, Linux.MSG_DONTWAIT, 0L);
        } catch (Throwable e) {
            throw Linux.failed(e);
        }
        for (int i = 0; i < count; i++) {
            deliver(i, handler);
            receiveHeaders.set(LONG, (long) i * Linux.MESSAGE_BYTES + Linux.CONTROL_LENGTH, CONTROL_BYTES);
        }
        return Math.max(0, count);
    }

    /** Whether a batch of this size was a full one, so that more may wait. */
    public static boolean isFull(int count) {
        return count == RECEIVE_SLOTS;
    }

    private void deliver(int slot, DatagramHandler handler) {
        long header = (long) slot * Linux.MESSAGE_BYTES;
        long name = (long) slot * NAME_BYTES;
        long at = (long) slot * CONTROL_BYTES;
        long end = at + receiveHeaders.get(LONG, header + Linux.CONTROL_LENGTH);
        long arrival = 0;
        int local = 0;
        while (at + 16 <= end) {
            int type = receivedControls.get(INT, at + 12);
            if (type == Linux.SO_TIMESTAMPNS) {
                arrival = receivedControls.get(LONG, at + 16) * SECOND + receivedControls.get(LONG, at + 24);
            } else if (type == Linux.IP_PKTINFO) {
                local = receivedControls.get(INT_BE, at + 24);
            }
            at += (receivedControls.get(LONG, at) + 7) & ~7L;
        }
        handler.datagram(
                this,
                local,
                receivedNames.get(INT_BE, name + 4),
                receivedNames.get(SHORT_BE, name + 2) & 0xffff,
                received,
                (long) slot * SLOT_BYTES,
                receiveHeaders.get(INT, header + Linux.RECEIVED),
                arrival);
    }

    /**
     * Queues a datagram for {@link #flush}.
     *
     * @param localAddress source address, 0 for what the routing says
     */
    public void queue(int localAddress, int remoteAddress, int remotePort, byte[] bytes, int offset, int length) {
        if (queued == SEND_SLOTS) {
            flush();
        }
        int slot = queued++;
        MemorySegment.copy(bytes, offset, sent, ValueLayout.JAVA_BYTE, (long) slot * SLOT_BYTES, length);
        sentVectors.set(LONG, slot * 16L + 8, length);
        long name = (long) slot * NAME_BYTES;
        sentNames.set(SHORT, name, (short) Linux.AF_INET);
        sentNames.set(SHORT_BE, name + 2, (short) remotePort);
        sentNames.set(INT_BE, name + 4, remoteAddress);
        long header = (long) slot * Linux.MESSAGE_BYTES;
        sendHeaders.set(LONG, header + Linux.CONTROL_LENGTH, localAddress == 0 ? 0 : PACKET_INFO_BYTES);
        sentControls.set(INT_BE, (long) slot * PACKET_INFO_BYTES + 20, localAddress);
    }

    /** Sends what is queued. */
    public void flush() {
        int first = 0;
        try {
            while (first < queued) {
                int count = (int) Linux.SENDMMSG.invokeExact(
                        descriptor, sendHeaders.address() + (long) first * Linux.MESSAGE_BYTES, queued - first, 0);
                if (count <= 0) {
                    // The first of the rest is the one that was refused, for example by a closed port.
                    unsent++;
                    count = 1;
                }
                first += count;
            }
        } catch (Throwable e) {
            throw Linux.failed(e);
        }
        queued = 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                int ignored = (int) Linux.CLOSE.invokeExact(descriptor);
                assert ignored <= 0;
            } catch (Throwable e) {
                throw Linux.failed(e);
            }
            arena.close();
        }
    }
}
