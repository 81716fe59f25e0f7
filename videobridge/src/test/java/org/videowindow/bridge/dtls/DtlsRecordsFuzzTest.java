package org.videowindow.bridge.dtls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Any bytes as DTLS: the classification answers, and a handshake fed with them ends by itself. */
class DtlsRecordsFuzzTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DtlsServer SERVER =
            new DtlsServer(DtlsCertificate.generate(RANDOM), RANDOM, 1_000, Duration.ofMillis(50));
    private static final PeerFingerprints EXPECTED = new PeerFingerprints.Builder()
            .add("sha-256", SERVER.certificate().fingerprint())
            .build()
            .orElseThrow();

    @FuzzTest(maxDuration = "5s")
    void anyBytesAreClassifiedAndEndTheirHandshake(byte[] data) throws Exception {
        byte[] shifted = new byte[data.length + 5];
        System.arraycopy(data, 0, shifted, 5, data.length);
        boolean wellFormed = DtlsRecords.areWellFormed(shifted, 5, data.length);
        DtlsRecords.beginWithClearAlert(shifted, 5, data.length);
        if (!wellFormed || !DtlsRecords.beginHandshake(shifted, 5, data.length)) {
            return;
        }
        CompletableFuture<DtlsPeer.End> ended = new CompletableFuture<>();
        DtlsAssociation association = SERVER.start("fuzz", EXPECTED, new DtlsPeer() {
            @Override
            public void send(byte[] datagram) {}

            @Override
            public void connected(SrtpKeyMaterial keys) {
                throw new AssertionError("keys for a stranger");
            }

            @Override
            public void ended(End end) {
                ended.complete(end);
            }
        });
        if (association != null) {
            association.offer(data.clone());
            association.close();
            ended.get(5, TimeUnit.SECONDS);
        }
    }
}
