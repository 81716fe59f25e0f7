package org.videowindow.bridge.conference;

import java.lang.foreign.MemorySegment;

/**
 * Where the worker's logic puts datagrams. They leave at the end of the turn. The bytes are copied at once; the caller
 * may use its array again.
 */
interface Outbox {
    /**
     * Memory into which a datagram may be sealed, at {@link #reserved}, to be sent by {@link #commit} before anything else
     * happens to this outbox; {@code null} where only arrays are taken for that peer.
     *
     * @param length most bytes it may have
     */
    default MemorySegment reserve(int peer, int length) {
        return null;
    }

    /** Where the reserved place begins in the memory. */
    default long reserved() {
        return 0;
    }

    /** Sends what was written to the reserved place. */
    default void commit(int peer, int length) {
        throw new IllegalStateException("nothing was reserved");
    }

    /**
     * One receiver has got all there is for it of so many packets that arrived together: where they are many, little is
     * saved by keeping them for longer.
     */
    default void received(int packets) {}

    /** What was put here must leave at the end of this turn, whatever else could wait for more. */
    default void hurry() {}

    /**
     * The peer's id may become another's: its packets do not belong together with what waits.
     *
     * @see #commit
     */
    default void released(int peer) {}

    /** A datagram for a peer of the peer table. */
    void send(int peer, byte[] bytes, int offset, int length);

    /** A datagram for an address that is in no table: the answer to a check that validated nothing. */
    void send(long addressHigh, long addressLow, int port, byte[] bytes, int offset, int length);
}
