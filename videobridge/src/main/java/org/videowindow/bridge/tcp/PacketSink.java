package org.videowindow.bridge.tcp;

/** Who takes what arrives on connections: a worker. Called on the thread of the connections. */
public interface PacketSink {
    /**
     * Takes a packet.
     *
     * @param addressHigh first half of the client's address, see {@link org.videowindow.bridge.io.PeerAddress}
     * @param addressLow second half
     * @param port the client's port, marked as one of a connection
     * @param packet its own copy
     * @return false when there is no room
     */
    boolean offer(long addressHigh, long addressLow, int port, byte[] packet);

    /** The connection is gone. */
    void closed(long addressHigh, long addressLow, int port);
}
