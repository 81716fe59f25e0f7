package org.videowindow.bridge.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STUN and DTLS beside media, on loopback: what comes first, and that neither stops the other. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HandshakesApartTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MEDIA = 0x90;
    private static final int STUN = 0;
    private static final int DTLS = 22;
    private static final int FULL = ReceiveBatch.DEFAULT_SLOTS;

    private final ReceiveBatch batch = new ReceiveBatch();
    private final TransmitArena arena = new TransmitArena(4);
    private final List<UdpSocket> open = new ArrayList<>();
    private UdpSocket client;
    private UdpSocket bridge;

    @BeforeEach
    void open() throws IOException {
        assumeThat(LinuxUdpSocket.isSupported()).isTrue();
        client = open("::", UdpSocketOptions.DEFAULTS);
        bridge = open("127.0.0.1", UdpSocketOptions.DEFAULTS.withQueuesApart());
    }

    @AfterEach
    void close() {
        open.forEach(UdpSocket::close);
        arena.close();
    }

    private UdpSocket open(String host, UdpSocketOptions options) throws IOException {
        UdpSocket socket = UdpSocket.open(new InetSocketAddress(InetAddress.getByName(host), 0), options);
        open.add(socket);
        return socket;
    }

    private void send(int first, int count) throws IOException {
        send("127.0.0.1", first, count, 100);
    }

    private void send(String host, int first, int count, int length) throws IOException {
        byte[] datagram = new byte[length];
        datagram[0] = (byte) first;
        PeerAddress to = PeerAddress.of(new InetSocketAddress(
                InetAddress.getByName(host), bridge.localAddress().getPort()));
        for (int i = 0; i < count; i++) {
            arena.append(to.high(), to.low(), to.port(), datagram, 0, length);
            client.send(arena);
        }
    }

    /** First bytes of what one call brought. */
    private List<Integer> receive(long timeout) throws IOException {
        bridge.receive(batch, timeout);
        List<Integer> firsts = new ArrayList<>();
        for (int i = 0; i < batch.count(); i++) {
            firsts.add(batch.buffer()[batch.offset(i)] & 0xff);
        }
        return firsts;
    }

    /** First byte of a datagram, its length, and whether it overtakes media. */
    @ParameterizedTest
    @CsvSource({
        "0, 20, true",
        "3, 20, true",
        "20, 20, true",
        "22, 1200, true",
        "63, 20, true",
        "0, 1, true",
        "4, 20, false",
        "19, 20, false",
        "64, 20, false",
        "127, 20, false",
        "128, 20, false",
        "191, 20, false",
        "192, 20, false",
        "255, 20, false",
    })
    void onlyStunAndDtlsOvertakeMedia(int first, int length, boolean overtakes) throws IOException {
        for (String host : List.of("127.0.0.1", "::1")) {
            bridge = open("::", UdpSocketOptions.DEFAULTS.withQueuesApart());
            send(host, MEDIA, FULL, 100);
            send(host, first, 1, length);
            List<Integer> before = receive(5 * SECOND);
            List<Integer> then = receive(5 * SECOND);
            assertThat(overtakes ? before.getFirst() : then.getLast()).isEqualTo(first);
            assertThat(before).hasSize(FULL);
            assertThat(then).hasSize(1);
        }
    }

    @Test
    void anEmptyDatagramIsNeither() throws IOException {
        try (DatagramSocket sender = new DatagramSocket()) {
            sender.send(new DatagramPacket(new byte[0], 0, bridge.localAddress()));
        }
        assertThat(bridge.receive(batch, 5 * SECOND)).isEqualTo(1);
        assertThat(batch.length(0)).isZero();
    }

    @Test
    void aFullQueueOfMediaKeepsNoHandshakeOut() throws IOException {
        bridge = open("127.0.0.1", new UdpSocketOptions(IoPath.LINUX, 64 << 10, 1 << 20, true, true));
        send(MEDIA, 5_000);
        send(STUN, 1);
        send(DTLS, 1);
        List<Integer> firsts = receive(5 * SECOND);
        assertThat(firsts.subList(0, 2)).containsExactly(STUN, DTLS);
        assertThat(firsts).hasSize(FULL);
    }

    @Test
    void mediaThatNeverEndKeepNoHandshakeWaiting() throws IOException {
        send(MEDIA, 4 * FULL);
        assertThat(receive(5 * SECOND)).containsOnly(MEDIA).hasSize(FULL);
        send(DTLS, 1);
        long deadline = System.nanoTime() + 5 * SECOND;
        List<Integer> firsts = List.of(MEDIA);
        while (firsts.getFirst() != DTLS && System.nanoTime() < deadline) {
            send(MEDIA, FULL);
            firsts = receive(SECOND);
            assertThat(firsts).as("nothing was waited for").hasSize(FULL);
        }
        assertThat(firsts).startsWith(DTLS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, SECOND})
    void aFloodOfHandshakesStopsNoMedia(long timeout) throws IOException {
        send(STUN, 60);
        send(MEDIA, 200);
        List<Integer> all = new ArrayList<>(receive(5 * SECOND));
        assertThat(Collections.frequency(all, STUN)).isEqualTo(LinuxQueues.HANDSHAKES);
        assertThat(Collections.frequency(all, MEDIA)).isEqualTo(FULL - LinuxQueues.HANDSHAKES);
        while (all.size() < 260) {
            List<Integer> more = receive(timeout);
            assertThat(more).as("after %d", all.size()).isNotEmpty();
            assertThat(Collections.frequency(more, STUN)).isLessThanOrEqualTo(LinuxQueues.HANDSHAKES);
            all.addAll(more);
        }
        assertThat(Collections.frequency(all, STUN)).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(ints = {STUN, DTLS, MEDIA})
    void eachKindEndsWaiting(int first) throws IOException {
        for (int i = 0; i < 3; i++) {
            send(first, 1);
            assertThat(receive(30 * SECOND)).containsExactly(first);
        }
        assertThat(receive(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {STUN, DTLS, MEDIA})
    void eachKindEndsWaitingForSeveralSockets(int first) throws IOException {
        UdpSocket other = open("127.0.0.1", UdpSocketOptions.DEFAULTS.withQueuesApart());
        try (SocketWait wait = SocketWait.of(List.of(other, bridge))) {
            wait.include(0);
            wait.include(1);
            send(first, 1);
            wait.await(30 * SECOND);
            assertThat(wait.hasDatagrams(0)).isFalse();
            assertThat(wait.hasDatagrams(1)).isTrue();
            assertThat(receive(0)).containsExactly(first);
            wait.leaveOut(1);
            send(first, 1);
            wait.await(SECOND / 50);
            assertThat(wait.hasDatagrams(1)).isFalse();
        }
    }

    @Test
    void aWakeupStillEndsWaiting() throws IOException {
        bridge.wakeup();
        assertThat(receive(30 * SECOND)).isEmpty();
    }

    @Test
    void inOneQueueAllComeInTurn() throws IOException {
        bridge = open("127.0.0.1", UdpSocketOptions.DEFAULTS);
        send(MEDIA, 1);
        send(DTLS, 1);
        send(STUN, 1);
        List<Integer> all = new ArrayList<>();
        while (all.size() < 3) {
            all.addAll(receive(5 * SECOND));
        }
        assertThat(all).containsExactly(MEDIA, DTLS, STUN);
    }
}
