package org.videowindow.bridge.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The array of {@code mmsghdr} that describes an arena's groups to {@code sendmmsg}, with the vectors, names and control
 * messages they point to. One message per group, or per packet where segmentation is off.
 */
final class LinuxMessages implements AutoCloseable {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final boolean inet6;
    private Arena scope = Arena.ofShared();
    private MemorySegment headers = MemorySegment.NULL;
    private MemorySegment vectors = MemorySegment.NULL;
    private MemorySegment names = MemorySegment.NULL;
    private MemorySegment controls = MemorySegment.NULL;
    private int[] messageGroup = {};
    private int[] messagePackets = {};
    private int[] messageBytes = {};
    private int count;
    private int vectorCount;
    private int unreachable;

    LinuxMessages(boolean inet6) {
        this.inet6 = inet6;
    }

    /** Describes what waits in the arena. */
    void fill(TransmitArena arena, boolean segmentation) {
        if (messageGroup.length < arena.maxPackets()) {
            allocate(arena.maxPackets());
        }
        count = 0;
        vectorCount = 0;
        unreachable = 0;
        long base = arena.memory().address();
        for (int group = 0; group < arena.groups(); group++) {
            if (!inet6 && !PeerAddress.isIpv4(arena.groupHigh(group), arena.groupLow(group))) {
                unreachable += arena.groupPackets(group);
            } else if (segmentation || arena.groupPackets(group) == 1) {
                addGroup(arena, group, base);
            } else {
                addPackets(arena, group, base);
            }
        }
    }

    private void addGroup(TransmitArena arena, int group, long base) {
        int message = begin(arena, group);
        int firstVector = vectorCount;
        int bytes = 0;
        int end = -1;
        for (int packet = arena.firstPacket(group); packet >= 0; packet = arena.nextPacket(packet)) {
            int offset = arena.packetOffset(packet);
            int length = arena.packetLength(packet);
            if (offset == end) {
                long last = (long) (vectorCount - 1) * LinuxCalls.IOV_BYTES + 8;
                vectors.set(LONG, last, vectors.get(LONG, last) + length);
            } else {
                addVector(base + offset, length);
            }
            end = offset + length;
            bytes += length;
        }
        finish(message, firstVector, arena.groupPackets(group), bytes);
        if (arena.groupPackets(group) > 1) {
            long control = (long) message * LinuxCalls.CONTROL_BYTES;
            controls.set(LONG, control, LinuxCalls.CONTROL_LENGTH);
            controls.set(INT, control + 8, LinuxCalls.SOL_UDP);
            controls.set(INT, control + 12, LinuxCalls.UDP_SEGMENT);
            controls.set(SHORT, control + 16, (short) arena.groupSegment(group));
            long header = (long) message * LinuxCalls.MESSAGE_BYTES;
            headers.set(LONG, header + LinuxCalls.MESSAGE_CONTROL, controls.address() + control);
            headers.set(LONG, header + LinuxCalls.MESSAGE_CONTROL_LENGTH, LinuxCalls.CONTROL_BYTES);
        }
    }

    private void addPackets(TransmitArena arena, int group, long base) {
        for (int packet = arena.firstPacket(group); packet >= 0; packet = arena.nextPacket(packet)) {
            int message = begin(arena, group);
            int firstVector = vectorCount;
            addVector(base + arena.packetOffset(packet), arena.packetLength(packet));
            finish(message, firstVector, 1, arena.packetLength(packet));
        }
    }

    private int begin(TransmitArena arena, int group) {
        int message = count++;
        messageGroup[message] = group;
        long name = (long) message * SocketAddressCodec.STRIDE;
        SocketAddressCodec.write(
                names, name, inet6, arena.groupHigh(group), arena.groupLow(group), arena.groupPort(group));
        return message;
    }

    private void addVector(long address, int length) {
        long vector = (long) vectorCount * LinuxCalls.IOV_BYTES;
        vectors.set(LONG, vector, address);
        vectors.set(LONG, vector + 8, length);
        vectorCount++;
    }

    private void finish(int message, int firstVector, int packets, int bytes) {
        messagePackets[message] = packets;
        messageBytes[message] = bytes;
        long header = (long) message * LinuxCalls.MESSAGE_BYTES;
        headers.set(
                LONG, header + LinuxCalls.MESSAGE_IOV, vectors.address() + (long) firstVector * LinuxCalls.IOV_BYTES);
        headers.set(LONG, header + LinuxCalls.MESSAGE_IOV_LENGTH, vectorCount - firstVector);
        headers.set(LONG, header + LinuxCalls.MESSAGE_CONTROL, 0);
        headers.set(LONG, header + LinuxCalls.MESSAGE_CONTROL_LENGTH, 0);
    }

    private void allocate(int messages) {
        scope.close();
        scope = Arena.ofShared();
        headers = scope.allocate((long) messages * LinuxCalls.MESSAGE_BYTES, 64);
        vectors = scope.allocate((long) messages * LinuxCalls.IOV_BYTES, 64);
        names = scope.allocate((long) messages * SocketAddressCodec.STRIDE, 64);
        controls = scope.allocate((long) messages * LinuxCalls.CONTROL_BYTES, 64);
        messageGroup = new int[messages];
        messagePackets = new int[messages];
        messageBytes = new int[messages];
        for (int message = 0; message < messages; message++) {
            long header = (long) message * LinuxCalls.MESSAGE_BYTES;
            headers.set(LONG, header + LinuxCalls.MESSAGE_NAME, nameAddress(message));
            headers.set(INT, header + LinuxCalls.MESSAGE_NAME_LENGTH, nameLength());
        }
    }

    int count() {
        return count;
    }

    /** Packets for addresses of the other family, which no message carries. */
    int unreachable() {
        return unreachable;
    }

    long address(int message) {
        return headers.address() + (long) message * LinuxCalls.MESSAGE_BYTES;
    }

    int group(int message) {
        return messageGroup[message];
    }

    int packets(int message) {
        return messagePackets[message];
    }

    int bytes(int message) {
        return messageBytes[message];
    }

    long nameAddress(int message) {
        return names.address() + (long) message * SocketAddressCodec.STRIDE;
    }

    int nameLength() {
        return inet6 ? SocketAddressCodec.INET6_BYTES : SocketAddressCodec.INET_BYTES;
    }

    @Override
    public void close() {
        if (scope.scope().isAlive()) {
            scope.close();
        }
    }
}
