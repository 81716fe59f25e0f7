package org.videowindow.bridge.conference;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;

/** A running bridge: workers, sockets, certificate. Any thread may call. */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class Bridge implements AutoCloseable {
    private Bridge() {}

    /**
     * Starts the workers.
     *
     * @param events told what bridge channels have to know
     * @param random for ids, passwords and keys
     * @param clock monotonic time
     * @throws IOException when a socket cannot be had; the message is one sentence with address and port
     * @throws IllegalArgumentException when the settings make no sense; the message is one sentence
     */
    public static Bridge start(BridgeSettings settings, ChannelEvents events, SecureRandom random, NanoClock clock)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public Conferences conferences() {
        throw new UnsupportedOperationException();
    }

    /** Sum of a counter over all workers. */
    public long total(Counter counter) {
        throw new UnsupportedOperationException();
    }

    /** Endpoints that are there now. */
    public int endpoints() {
        throw new UnsupportedOperationException();
    }

    /** Number of workers. */
    public int workers() {
        throw new UnsupportedOperationException();
    }

    /** How packets are moved and protected, in a few words for the log and for metrics. */
    public String dataPath() {
        throw new UnsupportedOperationException();
    }

    /** What endpoints are told, of all workers. */
    public List<TransportCandidate> candidates() {
        throw new UnsupportedOperationException();
    }

    /** Whether every worker has turned its loop within the last seconds; false once stopped. */
    public boolean isHealthy() {
        throw new UnsupportedOperationException();
    }

    /** Expires all conferences, stops the workers and closes their sockets. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
