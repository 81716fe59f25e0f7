package org.videowindow.bridge.io;

import static org.videowindow.bridge.io.LinuxCalls.EAGAIN;
import static org.videowindow.bridge.io.LinuxCalls.EBADF;
import static org.videowindow.bridge.io.LinuxCalls.EINTR;
import static org.videowindow.bridge.io.LinuxCalls.EINVAL;
import static org.videowindow.bridge.io.LinuxCalls.EIO;
import static org.videowindow.bridge.io.LinuxCalls.EMSGSIZE;
import static org.videowindow.bridge.io.LinuxCalls.ENOTSOCK;
import static org.videowindow.bridge.io.LinuxCalls.EOPNOTSUPP;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * {@link UdpSocket} by the C library through the foreign-function API: {@code recvmmsg} into a native slab,
 * {@code sendmmsg} of messages that the kernel cuts into packets ({@code UDP_SEGMENT}), {@code ppoll} on the socket and
 * an {@code eventfd} to wait. Allocates nothing per call.
 *
 * <p>When the send buffer is full it waits at most {@link #FULL_BUFFER_NANOS} per {@link #send}, then drops the rest:
 * media that is late is worth nothing, and a worker that waits for one destination starves all others. A group that the
 * kernel refuses to segment (segments longer than the path's MTU, a device without checksum offload) is sent packet by
 * packet; an answer that blames the device ends segmentation for this socket. Packets of IPv4 are sent so that nobody
 * cuts them into fragments, until the kernel knows of a way that is too narrow for one.
 */
public final class LinuxUdpSocket implements UdpSocket {
    static final long FULL_BUFFER_NANOS = 2_000_000;

    /** A few hundred people who join at once; what is more they send again. */
    private static final int HANDSHAKE_BUFFER_BYTES = 1 << 18;

    /** Feedback of a hundred milliseconds from five hundred people. */
    private static final int FEEDBACK_BUFFER_BYTES = 1 << 20;

    private final Arena scope;
    private final LinuxDescriptor descriptor;
    private final InetSocketAddress local;
    private final SocketCounters counters = new SocketCounters();
    private final MemorySegment state;
    private final LinuxPoll poll;
    private final LinuxMessages outgoing;
    private final LinuxQueues queues;

    /** Where the kernel puts what {@link DatagramFilter#BY_KIND} says; none when everything comes together. */
    private final List<LinuxDescriptor> apart;

    private boolean segmentation;

    /** Whether the kernel may cut packets: once a way was too narrow for one. */
    private boolean fragmentation;

    private LinuxUdpSocket(Arena scope, LinuxDescriptor descriptor, List<LinuxDescriptor> apart, boolean segmentation)
            throws IOException {
        this.scope = scope;
        this.descriptor = descriptor;
        this.apart = apart;
        this.local = descriptor.localAddress();
        this.segmentation = segmentation;
        state = LinuxCalls.allocateState(scope);
        LinuxDescriptor handshakes = apart(DatagramFilter.HANDSHAKES);
        poll = new LinuxPoll(scope, descriptor.number(), handshakes());
        outgoing = new LinuxMessages(descriptor.inet6());
        queues = new LinuxQueues(scope, poll, descriptor, handshakes, apart(DatagramFilter.FEEDBACK), counters);
    }

    private LinuxDescriptor apart(int number) {
        return apart.isEmpty() ? null : apart.get(number - 1);
    }

    /** Whether these system calls are there. */
    public static boolean isSupported() {
        return LinuxCalls.isSupportedPlatform();
    }

    static LinuxUdpSocket bind(InetSocketAddress local, UdpSocketOptions options) throws IOException {
        if (!isSupported()) {
            throw new IOException("io path linux is not possible on " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch"));
        }
        LinuxDescriptor descriptor = LinuxDescriptor.open(local);
        List<LinuxDescriptor> apart = List.of();
        Arena scope = Arena.ofShared();
        try {
            descriptor.growBuffers(options.receiveBufferBytes(), options.sendBufferBytes());
            descriptor.fragment(false);
            boolean segmentation = options.segmentation() && descriptor.canSegment();
            if (options.queuesApart()) {
                apart = descriptor.besides(DatagramFilter.BY_KIND, DatagramFilter.FEEDBACK);
            }
            if (!apart.isEmpty()) {
                apart.get(DatagramFilter.HANDSHAKES - 1).growBuffers(HANDSHAKE_BUFFER_BYTES, 0);
                apart.get(DatagramFilter.FEEDBACK - 1).growBuffers(FEEDBACK_BUFFER_BYTES, 0);
            }
            return new LinuxUdpSocket(scope, descriptor, apart, segmentation);
        } catch (IOException | RuntimeException e) {
            scope.close();
            apart.forEach(LinuxDescriptor::close);
            descriptor.close();
            throw e;
        }
    }

    @Override
    public int receive(ReceiveBatch batch, long timeoutNanos) throws IOException {
        return queues.receive(batch, timeoutNanos);
    }

    @Override
    public int receiveFeedback(ReceiveBatch batch) throws IOException {
        return queues.receiveFeedback(batch);
    }

    @Override
    public void send(TransmitArena arena) throws IOException {
        if (arena.isEmpty()) {
            return;
        }
        outgoing.fill(arena, segmentation);
        counters.droppedSendErrors += outgoing.unreachable();
        int sent = 0;
        long deadline = 0;
        while (sent < outgoing.count()) {
            int accepted = sendNow(sent);
            if (accepted <= 0) {
                accepted = sendOrLearnWhyNot(sent);
            }
            if (accepted > 0) {
                for (int i = 0; i < accepted; i++) {
                    counters.sentPackets += outgoing.packets(sent + i);
                    counters.sentBytes += outgoing.bytes(sent + i);
                }
                counters.sentMessages += accepted;
                sent += accepted;
                continue;
            }
            int errno = LinuxCalls.errno(state);
            if (errno == EINTR) {
                continue;
            }
            if (errno == EAGAIN) {
                long now = System.nanoTime();
                if (deadline == 0) {
                    deadline = now + FULL_BUFFER_NANOS;
                }
                if (now - deadline < 0 && poll.awaitWritable(deadline - now)) {
                    continue;
                }
                for (; sent < outgoing.count(); sent++) {
                    counters.droppedBufferFull += outgoing.packets(sent);
                }
                break;
            }
            failIfUnusable("sendmmsg", errno);
            refused(arena, sent, errno);
            sent++;
        }
        arena.clear();
    }

    private int sendNow(int first) {
        counters.sendCalls++;
        try {
            return (int) LinuxCalls.SENDMMSG.invokeExact(
                    descriptor.number(), outgoing.address(first), messagesFrom(first), LinuxCalls.MSG_DONTWAIT);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private int sendOrLearnWhyNot(int first) {
        counters.sendCalls++;
        try {
            return (int) LinuxCalls.SENDMMSG_ERRNO.invokeExact(
                    state, descriptor.number(), outgoing.address(first), messagesFrom(first), LinuxCalls.MSG_DONTWAIT);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private int messagesFrom(int first) {
        return Math.min(outgoing.count() - first, LinuxCalls.MAX_MESSAGES);
    }

    /** The kernel does not take message {@code index}; a group is tried once more packet by packet. */
    private void refused(TransmitArena arena, int index, int errno) {
        counters.lastError = errno;
        boolean tooLong = errno == EMSGSIZE && !fragmentation;
        boolean blamesSegmentation = errno == EIO || errno == EINVAL || errno == EMSGSIZE || errno == EOPNOTSUPP;
        if (!tooLong && (outgoing.packets(index) == 1 || !blamesSegmentation)) {
            counters.droppedSendErrors += outgoing.packets(index);
            return;
        }
        if (outgoing.packets(index) > 1) {
            counters.segmentationRefused++;
        }
        if (errno == EIO || errno == EOPNOTSUPP) {
            segmentation = false;
        }
        int group = outgoing.group(index);
        for (int packet = arena.firstPacket(group); packet >= 0; packet = arena.nextPacket(packet)) {
            int length = arena.packetLength(packet);
            long address = arena.memory().address() + arena.packetOffset(packet);
            boolean sent = sendAlone(address, length, index);
            if (!sent && !fragmentation && LinuxCalls.errno(state) == EMSGSIZE) {
                fragmentation = true;
                descriptor.fragment(true);
                sent = sendAlone(address, length, index);
            }
            if (sent) {
                counters.sentMessages++;
                counters.sentPackets++;
                counters.sentBytes += length;
            } else {
                counters.lastError = LinuxCalls.errno(state);
                counters.droppedSendErrors++;
            }
        }
    }

    /** One packet to where message {@code index} goes. */
    private boolean sendAlone(long address, int length, int index) {
        counters.sendCalls++;
        try {
            long sent = (long) LinuxCalls.SENDTO.invokeExact(
                    state,
                    descriptor.number(),
                    address,
                    (long) length,
                    LinuxCalls.MSG_DONTWAIT,
                    outgoing.nameAddress(index),
                    outgoing.nameLength());
            return sent >= 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void failIfUnusable(String call, int errno) throws IOException {
        if (errno == EBADF || errno == ENOTSOCK) {
            throw new IOException(call + ": the socket is closed");
        }
    }

    @Override
    public void wakeup() {
        poll.wakeup();
    }

    int number() {
        return descriptor.number();
    }

    /** Of the socket that gets handshakes, or {@link LinuxPoll#NOBODY}. */
    int handshakes() {
        LinuxDescriptor handshakes = apart(DatagramFilter.HANDSHAKES);
        return handshakes == null ? LinuxPoll.NOBODY : handshakes.number();
    }

    LinuxPoll poll() {
        return poll;
    }

    LinuxQueues queues() {
        return queues;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public IoPath path() {
        return IoPath.LINUX;
    }

    @Override
    public boolean segmentation() {
        return segmentation;
    }

    @Override
    public SocketCounters counters() {
        return counters;
    }

    @Override
    public String describe() {
        return "linux, recvmmsg and sendmmsg " + (segmentation ? "with" : "without") + " segmentation offload, "
                + descriptor.describeBuffers() + (apart.isEmpty() ? "" : ", handshakes and feedback apart");
    }

    @Override
    public void close() {
        poll.close();
        descriptor.close();
        apart.forEach(LinuxDescriptor::close);
        outgoing.close();
        if (scope.scope().isAlive()) {
            scope.close();
        }
    }
}
