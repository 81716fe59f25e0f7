package org.videowindow.bridge.dtls;

/** One DTLS association as its owner, the endpoint's worker, sees it. No method waits. */
public interface DtlsAssociation {
    /** Hands in a datagram of the peer; the array becomes the association's. False: dropped, too many wait. */
    boolean offer(byte[] datagram);

    /** Ends the association. */
    void close();
}
