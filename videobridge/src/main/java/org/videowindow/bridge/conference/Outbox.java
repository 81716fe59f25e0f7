package org.videowindow.bridge.conference;

/**
 * Where the worker's logic puts datagrams. They leave at the end of the turn. The bytes are copied at once; the caller
 * may use its array again.
 */
interface Outbox {
    /** A datagram for a peer of the peer table. */
    void send(int peer, byte[] bytes, int offset, int length);

    /** A datagram for an address that is in no table: the answer to a check that validated nothing. */
    void send(long addressHigh, long addressLow, int port, byte[] bytes, int offset, int length);
}
