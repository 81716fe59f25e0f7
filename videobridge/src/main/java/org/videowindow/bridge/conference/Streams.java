package org.videowindow.bridge.conference;

import org.videowindow.bridge.io.PeerAddress;

/**
 * Connections as peers of a worker. To the logic of the worker such a peer is one like others, with a marked port; only
 * what it sends leaves by another door. Called by the worker.
 */
interface Streams {
    /** No connections. */
    Streams NONE = new Streams() {
        @Override
        public void route(long fragment) {}

        @Override
        public void unroute(long fragment) {}

        @Override
        public void proven(PeerAddress peer) {}

        @Override
        public void release(PeerAddress peer) {}

        @Override
        public void send(long addressHigh, long addressLow, int port, byte[] packet) {}
    };

    /** Connections that begin with a check for this packed fragment belong here. */
    void route(long fragment);

    /** The fragment is no longer one of this worker's. */
    void unroute(long fragment);

    /** A check over this connection was authentic. */
    void proven(PeerAddress peer);

    /** No endpoint needs the connection any more. */
    void release(PeerAddress peer);

    /** A packet for a connection. */
    void send(long addressHigh, long addressLow, int port, byte[] packet);
}
