package org.videowindow.bridge.dtls;

/** What a session tells its owner. Called on the session's virtual thread: implementations hand over. */
public interface DtlsPeer {
    /** Why a session ended. */
    enum End {
        /** The peer offered nothing acceptable, broke the protocol, or showed another certificate. */
        REFUSED,
        /** The handshake took too long. */
        TIMED_OUT,
        /** The peer or the bridge closed it. */
        CLOSED
    }

    /** Send this datagram to the peer. The array must not be changed. */
    void send(byte[] datagram);

    /** The handshake is complete and the peer's certificate is the signalled one. */
    void connected(SrtpKeyMaterial keys);

    /** The session is over; nothing follows. */
    void ended(End end);
}
