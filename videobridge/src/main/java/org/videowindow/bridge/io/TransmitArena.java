package org.videowindow.bridge.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Packets that wait for the next {@link UdpSocket#send}, in native memory, grouped per peer for segmentation offload.
 *
 * <p>A group is a run of packets for one peer that the kernel can cut from one message: all but the last have the same
 * length, the segment size. So a packet joins the peer's open group while it is no longer than the segment size; a
 * shorter one still joins and closes the group; a longer one opens the next. The order of packets to one peer never
 * changes. Packets of different peers may be appended in any order. A packet's bytes are copied, or written here by the
 * cipher that seals it ({@link #reserve}, {@link #commit}).
 *
 * <p>Owned by one worker thread.
 */
public final class TransmitArena implements AutoCloseable {
    /** Packets in a group at most: the kernel's UDP_MAX_SEGMENTS of the older kernels. */
    public static final int MAX_SEGMENTS = 64;

    /** Bytes in a group at most: what fits one IPv4 datagram with room to spare for headers. */
    public static final int MAX_GROUP_BYTES = 65_000;

    /** Bytes of a packet at most: one that was received, and what sealing and a retransmission header add. */
    public static final int MAX_PACKET_BYTES = ReceiveBatch.SLOT_BYTES + 128;

    private static final int DEFAULT_BYTES = 512 * 1024;
    private static final int DEFAULT_PACKETS = 1024;

    private final Arena scope = Arena.ofShared();
    private final MemorySegment memory;
    private int used;
    private int packets;
    private int groups;

    private final int[] packetOffset;
    private final int[] packetLength;
    private final int[] packetNext;

    private final int[] groupFirst;
    private final int[] groupLast;
    private final int[] groupPackets;
    private final int[] groupBytes;
    private final int[] groupSegment;
    private final long[] groupHigh;
    private final long[] groupLow;
    private final int[] groupPort;

    /** Per peer id the group that takes its next packet, or -1; entries of earlier rounds differ in {@code openRound}. */
    private final int[] openGroup;

    private final int[] openRound;
    private int round = 1;
    private int streamGroups;

    /** Takes what is not for datagrams. */
    @FunctionalInterface
    public interface StreamSink {
        /** A packet for a peer whose port is {@link PeerAddress#isStream that of a connection}. */
        void send(long high, long low, int port, byte[] packet);
    }

    /** An arena of the default size for peers of a table of that capacity. */
    public TransmitArena(int peerCapacity) {
        this(peerCapacity, DEFAULT_BYTES, DEFAULT_PACKETS);
    }

    /**
     * An arena of a given size.
     *
     * @param peerCapacity capacity of the peer table whose ids are used
     * @param bytes room for packets
     * @param maxPackets most packets
     */
    public TransmitArena(int peerCapacity, int bytes, int maxPackets) {
        memory = scope.allocate(bytes, 64);
        packetOffset = new int[maxPackets];
        packetLength = new int[maxPackets];
        packetNext = new int[maxPackets];
        groupFirst = new int[maxPackets];
        groupLast = new int[maxPackets];
        groupPackets = new int[maxPackets];
        groupBytes = new int[maxPackets];
        groupSegment = new int[maxPackets];
        groupHigh = new long[maxPackets];
        groupLow = new long[maxPackets];
        groupPort = new int[maxPackets];
        openGroup = new int[peerCapacity];
        openRound = new int[peerCapacity];
    }

    /**
     * Appends a packet for a known peer.
     *
     * @return false when there is no room: send, then append again
     * @throws IllegalArgumentException when the length is not within 1 to {@link #MAX_PACKET_BYTES}
     */
    public boolean append(PeerTable peers, int peer, byte[] source, int offset, int length) {
        if (!hasRoom(length)) {
            return false;
        }
        MemorySegment.copy(source, offset, memory, ValueLayout.JAVA_BYTE, used, length);
        commit(peers, peer, length);
        return true;
    }

    /**
     * Where a packet may be written in {@link #memory()}, to be appended by {@link #commit} as the next thing that happens
     * to this arena.
     *
     * @param length most bytes it may have
     * @return an offset, or -1 when there is no room: send, then try again
     */
    public int reserve(int length) {
        return hasRoom(length) ? used : -1;
    }

    /**
     * Appends the packet that was written to the reserved place.
     *
     * @param length bytes written, no more than were reserved
     */
    public void commit(PeerTable peers, int peer, int length) {
        int open = openRound[peer] == round ? openGroup[peer] : -1;
        if (open < 0
                || length > groupSegment[open]
                || groupPackets[open] == MAX_SEGMENTS
                || groupBytes[open] + length > MAX_GROUP_BYTES) {
            open = newGroup(peers.high(peer), peers.low(peer), peers.port(peer), length);
        }
        addPacket(open, length);
        openRound[peer] = round;
        openGroup[peer] = length < groupSegment[open] ? -1 : open;
    }

    /** What comes for this peer id from now on is for another address: it joins nothing that waits. */
    public void endGroup(int peer) {
        openRound[peer] = 0;
    }

    /**
     * Appends a packet for an address that is in no table (an answer to a check that comes from a new address). It is
     * never grouped.
     *
     * @return false when there is no room: send, then append again
     * @throws IllegalArgumentException when the length is not within 1 to {@link #MAX_PACKET_BYTES}
     */
    public boolean append(long high, long low, int port, byte[] source, int offset, int length) {
        if (!hasRoom(length)) {
            return false;
        }
        MemorySegment.copy(source, offset, memory, ValueLayout.JAVA_BYTE, used, length);
        addPacket(newGroup(high, low, port, length), length);
        return true;
    }

    /** Packets that wait. */
    public int packets() {
        return packets;
    }

    /** Groups that wait: the messages a segmenting socket will send. */
    public int groups() {
        return groups;
    }

    /** Bytes that wait. */
    public int bytes() {
        return used;
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return packets == 0;
    }

    /** Whether something waits that is for connections. */
    public boolean hasStreams() {
        return streamGroups > 0;
    }

    /** Hands over what is for connections; what is for datagrams stays. To be followed by sending or clearing. */
    public void takeStreams(StreamSink sink) {
        int kept = 0;
        for (int group = 0; group < groups; group++) {
            if (!PeerAddress.isStream(groupPort[group])) {
                keep(group, kept++);
                continue;
            }
            for (int packet = groupFirst[group]; packet >= 0; packet = packetNext[packet]) {
                byte[] copy = new byte[packetLength[packet]];
                MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, packetOffset[packet], copy, 0, copy.length);
                sink.send(groupHigh[group], groupLow[group], groupPort[group], copy);
            }
        }
        groups = kept;
        streamGroups = 0;
        if (kept == 0) {
            clear();
        }
    }

    private void keep(int from, int to) {
        groupFirst[to] = groupFirst[from];
        groupLast[to] = groupLast[from];
        groupPackets[to] = groupPackets[from];
        groupBytes[to] = groupBytes[from];
        groupSegment[to] = groupSegment[from];
        groupHigh[to] = groupHigh[from];
        groupLow[to] = groupLow[from];
        groupPort[to] = groupPort[from];
    }

    /** Throws away what waits. */
    public void clear() {
        used = 0;
        packets = 0;
        groups = 0;
        streamGroups = 0;
        if (++round == 0) {
            Arrays.fill(openRound, 0);
            round = 1;
        }
    }

    /** Frees the native memory; nothing may use the arena afterwards. */
    @Override
    public void close() {
        scope.close();
    }

    /** Where packets lie. */
    public MemorySegment memory() {
        return memory;
    }

    int firstPacket(int group) {
        return groupFirst[group];
    }

    /** The packet after {@code packet} in its group, or -1. */
    int nextPacket(int packet) {
        return packetNext[packet];
    }

    int packetOffset(int packet) {
        return packetOffset[packet];
    }

    int packetLength(int packet) {
        return packetLength[packet];
    }

    int groupPackets(int group) {
        return groupPackets[group];
    }

    int groupSegment(int group) {
        return groupSegment[group];
    }

    long groupHigh(int group) {
        return groupHigh[group];
    }

    long groupLow(int group) {
        return groupLow[group];
    }

    int groupPort(int group) {
        return groupPort[group];
    }

    int maxPackets() {
        return packetOffset.length;
    }

    private boolean hasRoom(int length) {
        if (length < 1 || length > MAX_PACKET_BYTES) {
            throw new IllegalArgumentException("packet of " + length + " bytes");
        }
        return packets < packetOffset.length && used + length <= memory.byteSize();
    }

    private int newGroup(long high, long low, int port, int segment) {
        int group = groups++;
        streamGroups += port >>> 16;
        groupFirst[group] = -1;
        groupPackets[group] = 0;
        groupBytes[group] = 0;
        groupSegment[group] = segment;
        groupHigh[group] = high;
        groupLow[group] = low;
        groupPort[group] = port;
        return group;
    }

    private void addPacket(int group, int length) {
        int packet = packets++;
        packetOffset[packet] = used;
        packetLength[packet] = length;
        packetNext[packet] = -1;
        used += length;
        if (groupFirst[group] < 0) {
            groupFirst[group] = packet;
        } else {
            packetNext[groupLast[group]] = packet;
        }
        groupLast[group] = packet;
        groupPackets[group]++;
        groupBytes[group] += length;
    }
}
