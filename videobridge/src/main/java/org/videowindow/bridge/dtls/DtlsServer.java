package org.videowindow.bridge.dtls;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * Runs the handshakes of a bridge: holds the certificate and bounds how many run at a time. Any thread may call.
 */
public final class DtlsServer implements DtlsStarter {
    private final DtlsCertificate certificate;
    private final BcTlsCrypto crypto;
    private final Semaphore running;
    private final Duration handshakeTimeout;

    /**
     * @param handshakes handshakes at a time
     * @param handshakeTimeout a handshake that takes longer is given up
     */
    public DtlsServer(DtlsCertificate certificate, SecureRandom random, int handshakes, Duration handshakeTimeout) {
        this.certificate = certificate;
        this.crypto = new BcTlsCrypto(random);
        this.running = new Semaphore(handshakes);
        this.handshakeTimeout = handshakeTimeout;
    }

    /** The certificate of this run. */
    public DtlsCertificate certificate() {
        return certificate;
    }

    @Override
    public DtlsAssociation start(String name, PeerFingerprints expected, DtlsPeer peer) {
        if (!running.tryAcquire()) {
            return null;
        }
        SrtpTlsServer handshake =
                new SrtpTlsServer(crypto, certificate, expected, Math.toIntExact(handshakeTimeout.toMillis()));
        DtlsSession session = new DtlsSession(handshake, peer, running::release);
        Thread.ofVirtual().name(name).start(session::run);
        return session;
    }
}
