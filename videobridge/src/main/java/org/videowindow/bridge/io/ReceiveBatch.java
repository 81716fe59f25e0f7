package org.videowindow.bridge.io;

/**
 * What one call of {@link UdpSocket#receive} brought: up to {@link #capacity()} datagrams in one array, each in its
 * fixed slot, with the sender's address as numbers. Contents are valid until the next {@code receive}.
 *
 * <p>Owned by one worker thread; filled by its socket.
 */
public final class ReceiveBatch {
    /** Datagrams a batch takes by default. */
    public static final int DEFAULT_SLOTS = 64;

    /**
     * Bytes of a slot. Media packets stay below 1500; DTLS flights below the path's MTU. What is longer is dropped and
     * counted by the socket.
     */
    public static final int SLOT_BYTES = 2048;

    private final byte[] buffer;
    private final int[] length;
    private final long[] addressHigh;
    private final long[] addressLow;
    private final int[] port;
    private int count;

    /** A batch of {@link #DEFAULT_SLOTS} slots. */
    public ReceiveBatch() {
        this(DEFAULT_SLOTS);
    }

    /** A batch of that many slots. */
    public ReceiveBatch(int slots) {
        buffer = new byte[slots * SLOT_BYTES];
        length = new int[slots];
        addressHigh = new long[slots];
        addressLow = new long[slots];
        port = new int[slots];
    }

    /** Slots. */
    public int capacity() {
        return length.length;
    }

    /** Datagrams received, in slots 0 to {@code count() - 1}. */
    public int count() {
        return count;
    }

    /** The array that holds all slots; the worker may change a slot's bytes in place. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where slot {@code index} begins in {@link #buffer()}. */
    public int offset(int index) {
        return index * SLOT_BYTES;
    }

    /** Bytes of the datagram in slot {@code index}, 0 to {@link #SLOT_BYTES}. */
    public int length(int index) {
        return length[index];
    }

    /** First half of the sender's address, see {@link PeerAddress}. */
    public long addressHigh(int index) {
        return addressHigh[index];
    }

    /** Second half of the sender's address. */
    public long addressLow(int index) {
        return addressLow[index];
    }

    /** The sender's port. */
    public int port(int index) {
        return port[index];
    }

    /** The sender's id in {@code peers}, or {@link PeerTable#NONE}. */
    public int peer(int index, PeerTable peers) {
        return peers.find(addressHigh[index], addressLow[index], port[index]);
    }

    /** The sender's address as an object, for control code. */
    public PeerAddress address(int index) {
        return new PeerAddress(addressHigh[index], addressLow[index], port[index]);
    }

    void clear() {
        count = 0;
    }

    /** Ends filling of the next slot, whose bytes the socket has written at {@link #offset} of {@link #count()}. */
    void add(int bytes, long high, long low, int fromPort) {
        length[count] = bytes;
        addressHigh[count] = high;
        addressLow[count] = low;
        port[count] = fromPort;
        count++;
    }
}
