package org.videowindow.bridge.conference;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.videowindow.bridge.conference.ConferenceSnapshot.DtlsState;
import org.videowindow.bridge.dtls.DtlsAssociation;
import org.videowindow.bridge.dtls.DtlsPeer;
import org.videowindow.bridge.dtls.DtlsRecords;
import org.videowindow.bridge.dtls.DtlsStarter;
import org.videowindow.bridge.dtls.PeerFingerprints;
import org.videowindow.bridge.dtls.SrtpKeyMaterial;

/**
 * The DTLS side of one endpoint, owned by its worker. Decides which records reach a handshake; the handshake itself runs
 * elsewhere and answers by commands.
 *
 * <pre>
 * WAITING --ClientHello and fingerprint known--> RUNNING --keys--> CONNECTED --close_notify--> CLOSED
 *    ^                                              '--refused, timed out--> FAILED
 *    '---------------------------------ClientHello, a few times----------------'
 * </pre>
 */
final class DtlsLink {
    /** Handshakes an endpoint may begin; more than one only when somebody disturbs the first. */
    private static final int ATTEMPTS = 4;

    /** Datagrams kept while the fingerprint is not signalled yet: one ClientHello, in fragments. */
    private static final int EARLY = 4;

    /** What the owner does with the outcome. On the worker. */
    interface Owner {
        void sendDtls(byte[] datagram);

        void keysAgreed(SrtpKeyMaterial keys, long now);

        void dtlsClosed(long now);
    }

    private final String name;
    private final DtlsStarter starter;
    private final Commands commands;
    private final WorkerCounters counters;
    private final Owner owner;
    private final Queue<byte[]> early = new ArrayDeque<>(EARLY);
    private DtlsState state = DtlsState.WAITING;
    private PeerFingerprints expected;
    private DtlsAssociation association;
    private int attempts;

    DtlsLink(String name, DtlsStarter starter, Commands commands, WorkerCounters counters, Owner owner) {
        this.name = name;
        this.starter = starter;
        this.commands = commands;
        this.counters = counters;
        this.owner = owner;
    }

    DtlsState state() {
        return state;
    }

    /** Whether the handshake may still be given other fingerprints. */
    boolean accepts(PeerFingerprints fingerprints) {
        return expected == null || attempts == 0 || expected.isSameAs(fingerprints);
    }

    /** What the peer signalled; a ClientHello that came before is handled now. */
    void expect(PeerFingerprints fingerprints) {
        expected = fingerprints;
        for (byte[] datagram; (datagram = early.poll()) != null; ) {
            receive(datagram, 0, datagram.length);
        }
    }

    /** A DTLS datagram from an address that ICE has validated for this endpoint. */
    void receive(byte[] bytes, int offset, int length) {
        if (!DtlsRecords.areWellFormed(bytes, offset, length)
                || DtlsRecords.beginWithClearAlert(bytes, offset, length)
                || state == DtlsState.CLOSED) {
            counters.increment(Counter.DROPPED_DTLS_MALFORMED);
            return;
        }
        boolean begins = DtlsRecords.beginHandshake(bytes, offset, length);
        if (expected == null) {
            keepEarly(bytes, offset, length, begins);
            return;
        }
        if (begins && (state == DtlsState.WAITING || state == DtlsState.FAILED) && attempts < ATTEMPTS) {
            begin();
        }
        if (association == null || !association.offer(Arrays.copyOfRange(bytes, offset, offset + length))) {
            counters.increment(Counter.DROPPED_DTLS_QUEUE_FULL);
        }
    }

    private void keepEarly(byte[] bytes, int offset, int length, boolean begins) {
        if (begins) {
            early.clear();
        }
        if (early.size() < EARLY) {
            early.add(Arrays.copyOfRange(bytes, offset, offset + length));
        } else {
            counters.increment(Counter.DROPPED_DTLS_QUEUE_FULL);
        }
    }

    private void begin() {
        Attempt attempt = new Attempt();
        association = starter.start(name, expected, attempt);
        if (association == null) {
            counters.increment(Counter.DROPPED_DTLS_LIMIT);
            return;
        }
        attempt.own = association;
        attempts++;
        state = DtlsState.RUNNING;
    }

    /** The endpoint is going away. */
    void close() {
        state = DtlsState.CLOSED;
        early.clear();
        if (association != null) {
            association.close();
        }
    }

    /** Brings what one handshake says back to the worker; a handshake that was replaced is not listened to. */
    private final class Attempt implements DtlsPeer {
        private volatile DtlsAssociation own;

        private boolean isCurrent() {
            return own == association && state != DtlsState.CLOSED;
        }

        @Override
        public void send(byte[] datagram) {
            // A full queue drops it; DTLS repeats. An endpoint that was closed still says close_notify.
            commands.post(now -> {
                if (own == association) {
                    owner.sendDtls(datagram);
                }
            });
        }

        @Override
        public void connected(SrtpKeyMaterial keys) {
            boolean posted = commands.post(now -> {
                if (isCurrent()) {
                    state = DtlsState.CONNECTED;
                    counters.increment(Counter.DTLS_COMPLETED);
                    owner.keysAgreed(keys, now);
                }
            });
            if (!posted) {
                own.close();
            }
        }

        @Override
        public void ended(End end) {
            commands.post(now -> {
                if (!isCurrent()) {
                    return;
                }
                if (state == DtlsState.CONNECTED) {
                    state = DtlsState.CLOSED;
                    owner.dtlsClosed(now);
                } else {
                    state = DtlsState.FAILED;
                    association = null;
                    counters.increment(Counter.DTLS_FAILED);
                }
            });
        }
    }
}
