package org.videowindow.bridge.dtls;

/** Begins handshakes. */
@FunctionalInterface
public interface DtlsStarter {
    /**
     * Starts an association that waits for the peer's first flight.
     *
     * @param name for diagnosis
     * @param expected what the peer signalled
     * @return the association, or {@code null} when too many handshakes run
     */
    DtlsAssociation start(String name, PeerFingerprints expected, DtlsPeer peer);
}
