package org.videowindow.bridge.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.srtp.SrtpProfile;

class DtlsHandshakeTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration HANDSHAKE = Duration.ofSeconds(30);

    private final DtlsServer server = new DtlsServer(DtlsCertificate.generate(RANDOM), RANDOM, 2, HANDSHAKE);

    /** A wire with a filter that may lose datagrams. */
    private static final class Wire extends ClientWire {
        private Predicate<byte[]> toServerPasses = datagram -> true;
        private Predicate<byte[]> toClientPasses = datagram -> true;
        private byte[] lastToServer;

        @Override
        void toServer(byte[] datagram) {
            lastToServer = datagram.clone();
            assertThat(DtlsRecords.areWellFormed(datagram, 0, datagram.length)).isTrue();
            if (toServerPasses.test(datagram)) {
                session.offer(datagram);
            }
        }

        @Override
        public void send(byte[] datagram) {
            if (toClientPasses.test(datagram)) {
                toClient.add(datagram);
            }
        }
    }

    private Wire wire(DtlsTestClient expected) {
        Wire wire = new Wire();
        wire.session = server.start("test", DtlsTestClient.fingerprints(List.of(expected)), wire);
        return wire;
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Test
    void bothSidesAgreeOnTheSameKeysAndPreferGcm() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire wire = wire(client);
        client.connect(wire);
        SrtpKeyMaterial agreed = await(wire.keys);
        assertThat(agreed.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
        assertThat(agreed.localKey()).isEqualTo(client.keys().remoteKey());
        assertThat(agreed.remoteKey()).isEqualTo(client.keys().localKey());
        assertThat(agreed.localSalt()).isEqualTo(client.keys().remoteSalt());
        assertThat(agreed.remoteSalt()).isEqualTo(client.keys().localSalt());
        assertThat(client.serverFingerprint()).isEqualTo(server.certificate().fingerprint());
    }

    @Test
    void counterModeIsUsedWhenTheClientHasNothingElse() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM).withProfiles(SrtpProfile.AES128_CM_HMAC_SHA1_80.number());
        Wire wire = wire(client);
        client.connect(wire);
        assertThat(await(wire.keys).profile()).isEqualTo(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        assertThat(client.keys().localSalt()).hasSize(14);
    }

    @Test
    void whatIsWeakOrMissingIsRefusedAndGivesNoKeys() throws Exception {
        List<DtlsTestClient> refused = List.of(
                new DtlsTestClient(RANDOM).withProfiles(),
                new DtlsTestClient(RANDOM).withProfiles(0x0005),
                new DtlsTestClient(RANDOM).withCipherSuites(CipherSuite.TLS_ECDHE_ECDSA_WITH_NULL_SHA),
                new DtlsTestClient(RANDOM).withCipherSuites(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA),
                new DtlsTestClient(RANDOM).withVersion(ProtocolVersion.DTLSv10),
                new DtlsTestClient(RANDOM).withoutExtendedMasterSecret(),
                new DtlsTestClient(RANDOM).withoutCertificate());
        for (DtlsTestClient client : refused) {
            Wire wire = wire(client);
            assertThatThrownBy(() -> client.connect(wire)).isInstanceOf(IOException.class);
            assertThat(await(wire.ended)).isEqualTo(DtlsPeer.End.REFUSED);
            assertThat(wire.keys).isNotDone();
        }
    }

    @Test
    void anotherCertificateThanTheSignalledOneGivesNoKeys() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire wire = wire(new DtlsTestClient(RANDOM));
        assertThatThrownBy(() -> client.connect(wire)).isInstanceOf(IOException.class);
        assertThat(await(wire.ended)).isEqualTo(DtlsPeer.End.REFUSED);
        assertThat(wire.keys).isNotDone();
    }

    @Test
    void aCertificateWithoutProofOfItsKeyGivesNoKeys() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM).withTimeout(1_000);
        DtlsServer hasty = new DtlsServer(server.certificate(), RANDOM, 1, Duration.ofSeconds(1));
        Wire wire = new Wire();
        wire.session = hasty.start("test", DtlsTestClient.fingerprints(List.of(client)), wire);
        // Loses every CertificateVerify: handshake type 15, in the clear.
        wire.toServerPasses = datagram -> !(datagram[0] == 22 && datagram[13] == 15);
        assertThatThrownBy(() -> client.connect(wire)).isInstanceOf(IOException.class);
        assertThat(await(wire.ended)).isNotEqualTo(DtlsPeer.End.CLOSED);
        assertThat(wire.keys).isNotDone();
    }

    @Test
    void aHandshakeThatStopsIsGivenUpAndMakesRoom() throws Exception {
        DtlsServer hasty = new DtlsServer(server.certificate(), RANDOM, 1, Duration.ofMillis(200));
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire wire = new Wire();
        wire.session = hasty.start("test", DtlsTestClient.fingerprints(List.of(client)), wire);
        assertThat(hasty.start("test", DtlsTestClient.fingerprints(List.of(client)), wire))
                .as("one too many")
                .isNull();
        assertThat(await(wire.ended)).isEqualTo(DtlsPeer.End.TIMED_OUT);
        Wire next = new Wire();
        next.session = hasty.start("test", DtlsTestClient.fingerprints(List.of(client)), next);
        assertThat(next.session).isNotNull();
        next.session.close();
    }

    @Test
    void aHandshakeOverALossyNetworkCompletes() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire wire = wire(client);
        java.util.Random loss = new java.util.Random(42);
        wire.toServerPasses = datagram -> loss.nextInt(10) >= 3;
        java.util.Random lossBack = new java.util.Random(43);
        wire.toClientPasses = datagram -> lossBack.nextInt(10) >= 3;
        client.connect(wire);
        assertThat(await(wire.keys).localKey()).isEqualTo(client.keys().remoteKey());
    }

    @Test
    void aLostCertificateVerifyThatTheCipherChangeOvertakesDoesNotStopTheHandshake() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire wire = wire(client);
        int[] verifies = {0};
        wire.toServerPasses = datagram -> !(datagram[0] == 22 && datagram[13] == 15 && verifies[0]++ == 0);
        client.connect(wire);
        assertThat(await(wire.keys).localKey()).isEqualTo(client.keys().remoteKey());
        assertThat(verifies[0]).isGreaterThan(1);
    }

    @Test
    void theLastFlightIsSentAgainWhenTheClientRepeatsItsOwn() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire wire = wire(client);
        int[] lastFlights = {0};
        // The server's first ChangeCipherSpec and Finished are lost; only the client's repetition brings them.
        wire.toClientPasses = datagram -> {
            boolean last = datagram[0] == 20 || (datagram[0] == 22 && datagram[4] != 0);
            return !last || lastFlights[0]++ >= 2;
        };
        client.connect(wire);
        assertThat(await(wire.keys).localKey()).isEqualTo(client.keys().remoteKey());
    }

    @Test
    void closeNotifyEndsTheSession() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire wire = wire(client);
        DTLSTransport connected = client.connect(wire);
        await(wire.keys);
        connected.close();
        assertThat(await(wire.ended)).isEqualTo(DtlsPeer.End.CLOSED);
    }

    @Test
    void aProtectedRecordTooShortForItsTagIsNotWellFormed() {
        byte[] record = new byte[13 + 24];
        System.arraycopy(new byte[] {21, (byte) 0xfe, (byte) 0xfd, 0, 1, 0, 0, 0, 0, 0, 9, 0, 24}, 0, record, 0, 13);
        assertThat(DtlsRecords.areWellFormed(record, 0, record.length)).isTrue();
        record[12] = 23;
        assertThat(DtlsRecords.areWellFormed(record, 0, record.length - 1)).isFalse();
    }

    @Test
    void recordsThatNothingProtectsDoNotEndAnEstablishedSession() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire wire = wire(client);
        DTLSTransport connected = client.connect(wire);
        await(wire.keys);
        byte[] forgedAlert = {21, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 1, 0};
        byte[] forgedProtected = new byte[13 + 26];
        System.arraycopy(
                new byte[] {21, (byte) 0xfe, (byte) 0xfd, 0, 1, 0, 0, 0, 0, 0, 9, 0, 26}, 0, forgedProtected, 0, 13);
        assertThat(wire.session.offer(forgedAlert)).isTrue();
        assertThat(wire.session.offer(forgedProtected)).isTrue();
        assertThat(wire.session.offer(wire.lastToServer)).as("replay").isTrue();
        assertThatThrownBy(() -> wire.ended.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        connected.close();
        assertThat(await(wire.ended)).isEqualTo(DtlsPeer.End.CLOSED);
    }
}
