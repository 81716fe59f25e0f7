package org.videowindow.bridge.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bouncycastle.tls.DTLSTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes over bad networks and with peers that do what they should not. */
class HostileHandshakeTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What the bridge allows a handshake by default. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(20);

    private final DtlsServer server = new DtlsServer(DtlsCertificate.generate(RANDOM), RANDOM, 16, HANDSHAKE);
    private final ScheduledExecutorService network = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        network.shutdownNow();
    }

    /** A wire that takes its time and loses datagrams, the same ones for the same seed. */
    private final class Wire extends ClientWire {
        private final List<byte[]> sent = new ArrayList<>();
        private final Random losses;
        private final double loss;
        private final long delayMillis;

        private Wire(long seed, double loss, long delayMillis) {
            this.losses = new Random(seed);
            this.loss = loss;
            this.delayMillis = delayMillis;
        }

        private synchronized boolean isLost() {
            return losses.nextDouble() < loss;
        }

        private void deliver(Runnable arrival) {
            if (isLost()) {
                return;
            }
            if (delayMillis == 0) {
                arrival.run();
            } else {
                ScheduledFuture<?> _ = network.schedule(arrival, delayMillis, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        void toServer(byte[] datagram) {
            sent.add(datagram.clone());
            deliver(() -> session.offer(datagram));
        }

        @Override
        public void send(byte[] datagram) {
            deliver(() -> toClient.add(datagram));
        }
    }

    private Wire wire(DtlsServer at, List<DtlsTestClient> expected, long seed, double loss, long delayMillis) {
        Wire wire = new Wire(seed, loss, delayMillis);
        wire.session = at.start("test", DtlsTestClient.fingerprints(expected), wire);
        return wire;
    }

    private Wire wire(DtlsTestClient expected) {
        return wire(server, List.of(expected), 0, 0, 0);
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    @Test
    void mostHandshakesOverANetworkThatLosesThirtyPercentAndTakesHalfASecondComplete() throws Exception {
        List<CompletableFuture<Long>> taken = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long seed = 1; seed <= 8; seed++) {
                long own = seed;
                taken.add(CompletableFuture.supplyAsync(() -> handshakeMillis(own), threads));
            }
            int complete = 0;
            for (CompletableFuture<Long> one : taken) {
                complete += await(one) < HANDSHAKE.toMillis() ? 1 : 0;
            }
            // Which datagrams are lost depends on when they are sent: five of a thousand handshakes take too long.
            assertThat(complete).as("in the time that the bridge allows").isGreaterThanOrEqualTo(5);
        }
    }

    /** How long it took, or {@link Long#MAX_VALUE} when the client gave up. */
    private long handshakeMillis(long seed) {
        DtlsTestClient client = new DtlsTestClient(RANDOM).withTimeout((int) HANDSHAKE.toMillis());
        Wire wire = wire(server, List.of(client), seed, 0.3, 250);
        long before = System.nanoTime();
        try {
            client.connect(wire);
            assertThat(await(wire.keys).localKey())
                    .as("seed %d", seed)
                    .isEqualTo(client.keys().remoteKey());
        } catch (IOException gaveUp) {
            return Long.MAX_VALUE;
        } catch (Exception e) {
            throw new AssertionError("seed " + seed, e);
        }
        return (System.nanoTime() - before) / 1_000_000;
    }

    @Test
    void oneOfSeveralSignalledFingerprintsIsEnough() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire wire = wire(server, List.of(new DtlsTestClient(RANDOM), client), 0, 0, 0);
        client.connect(wire);
        assertThat(await(wire.keys).localKey()).isEqualTo(client.keys().remoteKey());
    }

    /** A record of a ClientHello's fragment (RFC 6347 section 4.2.2). */
    private static byte[] fragment(int messageLength, int sequence, int offset, int claimed, byte[] body) {
        return ByteBuffer.allocate(13 + 12 + body.length)
                .put((byte) 22)
                .putShort((short) 0xfefd)
                .putLong(sequence)
                .putShort((short) (12 + body.length))
                .putInt((1 << 24) | messageLength)
                .putShort((short) sequence)
                .put((byte) (offset >> 16))
                .putShort((short) offset)
                .put((byte) (claimed >> 16))
                .putShort((short) claimed)
                .put(body)
                .array();
    }

    static List<List<byte[]>> lyingFragments() {
        byte[] some = new byte[100];
        Arrays.fill(some, (byte) 7);
        return List.of(
                List.of(fragment(500, 0, 0, 0, new byte[0]), fragment(500, 0, 0, 0, new byte[0])),
                List.of(fragment(0xffffff, 0, 0, 100, some)),
                List.of(fragment(0xffffff, 0, 0xffff00, 100, some)),
                List.of(fragment(100, 0, 50, 100, some)),
                List.of(fragment(100, 0, 0, 200, some)),
                List.of(fragment(200, 0, 0, 100, some), fragment(200, 0, 50, 100, new byte[100])),
                List.of(fragment(200, 0, 100, 100, some), fragment(300, 0, 0, 100, some)),
                List.of(fragment(200, 60_000, 0, 100, some)),
                List.of(fragment(200, 0, 0, 100, some)));
    }

    @ParameterizedTest
    @MethodSource("lyingFragments")
    void fragmentsThatLieEndAtMostTheirOwnHandshakeAndOnlyForAWhile(List<byte[]> datagrams) throws Exception {
        DtlsServer hasty = new DtlsServer(server.certificate(), RANDOM, 2, Duration.ofMillis(400));
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire hostile = wire(hasty, List.of(client), 0, 0, 0);
        for (byte[] datagram : datagrams) {
            hostile.session.offer(datagram);
        }
        assertThat(await(hostile.ended)).isNotEqualTo(DtlsPeer.End.CLOSED);
        assertThat(hostile.keys).isNotDone();
        DtlsServer patient = server;
        DtlsTestClient other = new DtlsTestClient(RANDOM);
        Wire honest = wire(patient, List.of(other), 0, 0, 0);
        other.connect(honest);
        assertThat(await(honest.keys).localKey()).isEqualTo(other.keys().remoteKey());
    }

    @Test
    void tenThousandFragmentsAreNotKept() throws Exception {
        DtlsServer hasty = new DtlsServer(server.certificate(), RANDOM, 2, Duration.ofMillis(400));
        Wire hostile = wire(hasty, List.of(new DtlsTestClient(RANDOM)), 0, 0, 0);
        int taken = 0;
        byte[] some = new byte[1_000];
        for (int i = 0; i < 10_000; i++) {
            taken += hostile.session.offer(fragment(16_000, i & 0xffff, 0, 1_000, some)) ? 1 : 0;
        }
        assertThat(taken).as("the queue is bounded").isLessThan(10_000);
        assertThat(await(hostile.ended)).isNotEqualTo(DtlsPeer.End.CLOSED);
    }

    @Test
    void aSecondHelloAfterTheHandshakeChangesNothing() throws Exception {
        DtlsTestClient client = new DtlsTestClient(RANDOM);
        Wire wire = wire(client);
        DTLSTransport connected = client.connect(wire);
        SrtpKeyMaterial before = await(wire.keys);
        for (byte[] datagram : List.copyOf(wire.sent)) {
            wire.session.offer(datagram);
        }
        byte[] dataInTheClear = {23, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 99, 0, 3, 1, 2, 3};
        wire.session.offer(dataInTheClear);
        assertThatThrownBy(() -> wire.ended.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(wire.keys.get()).isSameAs(before);
        connected.close();
        assertThat(await(wire.ended)).isEqualTo(DtlsPeer.End.CLOSED);
    }

    @Test
    void closeNotifyEndsOnlyItsOwnSession() throws Exception {
        DtlsTestClient first = new DtlsTestClient(RANDOM);
        DtlsTestClient second = new DtlsTestClient(RANDOM);
        Wire one = wire(first);
        Wire two = wire(second);
        DTLSTransport ends = first.connect(one);
        DTLSTransport stays = second.connect(two);
        ends.close();
        assertThat(await(one.ended)).isEqualTo(DtlsPeer.End.CLOSED);
        assertThatThrownBy(() -> two.ended.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        stays.close();
        assertThat(await(two.ended)).isEqualTo(DtlsPeer.End.CLOSED);
    }
}
