package org.videowindow.bridge.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Real sockets on loopback: every path as sender against every path as receiver, so each checks the other. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UdpSocketTest {
    /** What every kernel gives (net.core.rmem_max has been 212,992 for long). */
    private static final int BUFFER = 208 << 10;

    /** So many of our packets the kernel keeps in that. */
    private static final int AT_ONCE = 100;

    private static final long SECOND = 1_000_000_000L;

    private final Random random = new Random(42);
    private final PeerTable peers = new PeerTable(16, 99);
    private final TransmitArena arena = new TransmitArena(16);
    private final List<UdpSocket> open = new ArrayList<>();

    static Stream<Arguments> pairs() {
        List<IoPath> paths =
                LinuxUdpSocket.isSupported() ? List.of(IoPath.LINUX, IoPath.CHANNEL) : List.of(IoPath.CHANNEL);
        return paths.stream()
                .flatMap(from -> paths.stream()
                        .flatMap(to -> Stream.of("127.0.0.1", "::1").map(host -> Arguments.of(from, to, host))));
    }

    @AfterEach
    void close() {
        open.forEach(UdpSocket::close);
        arena.close();
    }

    private UdpSocket open(IoPath path, String host) throws IOException {
        return open(path, host, true);
    }

    private UdpSocket open(IoPath path, String host, boolean segmentation) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        assumeThat(NetworkInterface.getByInetAddress(address))
                .as("%s is there", host)
                .isNotNull();
        UdpSocket socket = UdpSocket.open(
                new InetSocketAddress(address, 0), new UdpSocketOptions(path, BUFFER, BUFFER, segmentation, false));
        open.add(socket);
        return socket;
    }

    private int peer(UdpSocket socket) {
        return peers.add(PeerAddress.of(socket.localAddress()));
    }

    private byte[] packet(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Receives that many datagrams and checks that all came from {@code from}. */
    private static List<byte[]> receive(UdpSocket socket, int count, UdpSocket from) throws IOException {
        ReceiveBatch batch = new ReceiveBatch();
        List<byte[]> received = new ArrayList<>();
        long deadline = System.nanoTime() + 5 * SECOND;
        while (received.size() < count && System.nanoTime() < deadline) {
            socket.receive(batch, SECOND);
            for (int i = 0; i < batch.count(); i++) {
                received.add(Arrays.copyOfRange(batch.buffer(), batch.offset(i), batch.offset(i) + batch.length(i)));
                assertThat(batch.address(i)).isEqualTo(PeerAddress.of(from.localAddress()));
            }
        }
        return received;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void groupsArriveAsTheDatagramsTheyWereMadeOf(IoPath from, IoPath to, String host) throws IOException {
        UdpSocket sender = open(from, host);
        UdpSocket receiver = open(to, host);
        int peer = peer(receiver);
        List<byte[]> sent = new ArrayList<>();
        List<byte[]> received = new ArrayList<>();
        int groups = 0;
        for (int i = 0; i < 300; i++) {
            // Runs of one length, now and then a shorter or a longer one.
            int length = random.nextInt(4) == 0 ? 1 + random.nextInt(1400) : 1100 + i / 100;
            byte[] packet = packet(length);
            sent.add(packet);
            assertThat(arena.append(peers, peer, packet, 0, length)).isTrue();
            if (i % AT_ONCE == AT_ONCE - 1) {
                groups += arena.groups();
                sender.send(arena);
                assertThat(arena.isEmpty()).isTrue();
                received.addAll(receive(receiver, AT_ONCE, sender));
            }
        }
        assertThat(groups).isLessThan(200);
        assertThat(received).usingElementComparator(Arrays::compare).containsExactlyElementsOf(sent);
        assertThat(sender.counters().sentPackets()).isEqualTo(300);
        assertThat(sender.counters().sentMessages()).isEqualTo(sender.segmentation() ? groups : 300);
        assertThat(receiver.counters().receivedPackets()).isEqualTo(300);
        assertThat(receiver.counters().receivedBytes())
                .isEqualTo(sender.counters().sentBytes())
                .isEqualTo(sent.stream().mapToLong(p -> p.length).sum());
    }

    @Test
    void withoutSegmentationEveryPacketIsAMessage() throws IOException {
        assumeThat(LinuxUdpSocket.isSupported()).isTrue();
        UdpSocket sender = open(IoPath.LINUX, "127.0.0.1", false);
        UdpSocket receiver = open(IoPath.CHANNEL, "127.0.0.1");
        int peer = peer(receiver);
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(packet(500));
            arena.append(peers, peer, sent.get(i), 0, 500);
        }
        sender.send(arena);
        assertThat(receive(receiver, 100, sender))
                .usingElementComparator(Arrays::compare)
                .containsExactlyElementsOf(sent);
        assertThat(sender.counters().sentMessages()).isEqualTo(100);
        assertThat(sender.segmentation()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void interleavedPeersGetTheirOwnPacketsInOrder(IoPath from, IoPath to, String host) throws IOException {
        UdpSocket sender = open(from, host);
        List<UdpSocket> receivers = new ArrayList<>();
        List<List<byte[]>> expected = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            receivers.add(open(to, host));
            expected.add(new ArrayList<>());
            peer(receivers.get(i));
        }
        for (int i = 0; i < 40; i++) {
            for (int peer = 0; peer < 4; peer++) {
                byte[] packet = packet(900);
                expected.get(peer).add(packet);
                arena.append(peers, peer, packet, 0, 900);
            }
        }
        assertThat(arena.groups()).isEqualTo(4);
        sender.send(arena);
        for (int peer = 0; peer < 4; peer++) {
            assertThat(receive(receivers.get(peer), 40, sender))
                    .usingElementComparator(Arrays::compare)
                    .containsExactlyElementsOf(expected.get(peer));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = IoPath.class,
            names = {"LINUX", "CHANNEL"})
    void anAnswerGoesToAnAddressInNoTable(IoPath path) throws IOException {
        assumeSupported(path);
        UdpSocket server = open(path, "127.0.0.1");
        UdpSocket client = open(IoPath.CHANNEL, "127.0.0.1");
        arena.append(peers, peer(server), packet(20), 0, 20);
        client.send(arena);
        ReceiveBatch batch = new ReceiveBatch(4);
        assertThat(server.receive(batch, 5 * SECOND)).isEqualTo(1);
        assertThat(batch.peer(0, peers)).isEqualTo(PeerTable.NONE);
        byte[] answer = packet(33);
        arena.append(batch.addressHigh(0), batch.addressLow(0), batch.port(0), answer, 0, 33);
        server.send(arena);
        assertThat(receive(client, 1, server))
                .usingElementComparator(Arrays::compare)
                .containsExactly(answer);
    }

    @ParameterizedTest
    @EnumSource(
            value = IoPath.class,
            names = {"LINUX", "CHANNEL"})
    void moreThanABatchStaysForTheNextCall(IoPath path) throws IOException {
        assumeSupported(path);
        UdpSocket receiver = open(path, "127.0.0.1");
        UdpSocket sender = open(IoPath.CHANNEL, "127.0.0.1");
        int peer = peer(receiver);
        for (int i = 0; i < 10; i++) {
            arena.append(peers, peer, new byte[] {(byte) i}, 0, 1);
        }
        sender.send(arena);
        ReceiveBatch batch = new ReceiveBatch(4);
        List<Integer> numbers = new ArrayList<>();
        while (numbers.size() < 10) {
            int count = receiver.receive(batch, 5 * SECOND);
            assertThat(count).isBetween(1, 4);
            for (int i = 0; i < count; i++) {
                numbers.add((int) batch.buffer()[batch.offset(i)]);
            }
        }
        assertThat(numbers).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(receiver.receive(batch, 0)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = IoPath.class,
            names = {"LINUX", "CHANNEL"})
    void aDatagramLongerThanASlotIsDroppedAndTheNextIsNot(IoPath path) throws Exception {
        assumeSupported(path);
        UdpSocket receiver = open(path, "127.0.0.1");
        try (java.net.DatagramSocket sender = new java.net.DatagramSocket()) {
            sender.send(new java.net.DatagramPacket(
                    new byte[ReceiveBatch.SLOT_BYTES + 1], ReceiveBatch.SLOT_BYTES + 1, receiver.localAddress()));
            sender.send(new java.net.DatagramPacket(
                    new byte[ReceiveBatch.SLOT_BYTES], ReceiveBatch.SLOT_BYTES, receiver.localAddress()));
            sender.send(new java.net.DatagramPacket(new byte[0], 0, receiver.localAddress()));
        }
        ReceiveBatch batch = new ReceiveBatch(8);
        List<Integer> lengths = new ArrayList<>();
        long deadline = System.nanoTime() + 5 * SECOND;
        while (lengths.size() < 2 && System.nanoTime() < deadline) {
            receiver.receive(batch, SECOND);
            for (int i = 0; i < batch.count(); i++) {
                lengths.add(batch.length(i));
            }
        }
        assertThat(lengths).containsExactly(ReceiveBatch.SLOT_BYTES, 0);
        assertThat(receiver.counters().truncatedPackets()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = IoPath.class,
            names = {"LINUX", "CHANNEL"})
    void waitsForItsTimeAndNoLonger(IoPath path) throws IOException {
        assumeSupported(path);
        UdpSocket socket = open(path, "127.0.0.1");
        ReceiveBatch batch = new ReceiveBatch();
        long start = System.nanoTime();
        assertThat(socket.receive(batch, 30_000_000)).isZero();
        assertThat(System.nanoTime() - start).isGreaterThan(25_000_000).isLessThan(2 * SECOND);
        start = System.nanoTime();
        assertThat(socket.receive(batch, 0)).isZero();
        assertThat(System.nanoTime() - start).isLessThan(SECOND);
    }

    @ParameterizedTest
    @EnumSource(
            value = IoPath.class,
            names = {"LINUX", "CHANNEL"})
    void aWakeUpEndsTheWaitOrTheNextOne(IoPath path) throws Exception {
        assumeSupported(path);
        UdpSocket socket = open(path, "127.0.0.1");
        ReceiveBatch batch = new ReceiveBatch();
        socket.wakeup();
        assertThat(socket.receive(batch, -1)).isZero();

        AtomicBoolean returned = new AtomicBoolean();
        Thread waiter = Thread.ofPlatform().start(() -> {
            try {
                socket.receive(batch, -1);
                returned.set(true);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        long deadline = System.nanoTime() + 5 * SECOND;
        while (waiter.getState() != Thread.State.RUNNABLE && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        socket.wakeup();
        waiter.join(5_000);
        assertThat(returned).isTrue();
        long start = System.nanoTime();
        assertThat(socket.receive(batch, 20_000_000)).isZero();
        assertThat(System.nanoTime() - start).as("one wake-up wakes once").isGreaterThan(15_000_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = IoPath.class,
            names = {"LINUX", "CHANNEL"})
    void whatCannotBeSentIsCountedAndTheRestIsSent(IoPath path) throws IOException {
        assumeSupported(path);
        UdpSocket sender = open(path, "127.0.0.1");
        UdpSocket receiver = open(IoPath.CHANNEL, "127.0.0.1");
        byte[] packet = packet(50);
        // An IPv6 address from an IPv4 socket, then port 0, then a good one.
        arena.append(0x2001_0DB8_0000_0000L, 1, 4000, packet, 0, 50);
        arena.append(0, PeerAddress.MAPPED | 0x7F00_0001, 0, packet, 0, 50);
        arena.append(peers, peer(receiver), packet, 0, 50);
        sender.send(arena);
        assertThat(receive(receiver, 1, sender))
                .usingElementComparator(Arrays::compare)
                .containsExactly(packet);
        assertThat(sender.counters().droppedSendErrors()).isEqualTo(2);
        assertThat(sender.counters().sentPackets()).isEqualTo(1);
    }

    @Test
    void aGroupTheKernelWillNotSegmentIsSentPacketByPacket() throws IOException {
        assumeThat(LinuxUdpSocket.isSupported()).isTrue();
        UdpSocket sender = open(IoPath.LINUX, "127.0.0.1");
        assumeThat(sender.segmentation()).isTrue();
        UdpSocket receiver = open(IoPath.CHANNEL, "127.0.0.1");
        int peer = peer(receiver);
        // Port 0 is what every kernel refuses with EINVAL, the answer it also gives to segments it cannot make.
        int nowhere = peers.add(0, PeerAddress.MAPPED | 0x7F00_0001, 0);
        for (int i = 0; i < 5; i++) {
            arena.append(peers, nowhere, packet(100), 0, 100);
        }
        byte[] good = packet(100);
        arena.append(peers, peer, good, 0, 100);
        sender.send(arena);
        assertThat(sender.counters().segmentationRefused()).isEqualTo(1);
        assertThat(sender.counters().droppedSendErrors()).isEqualTo(5);
        assertThat(sender.segmentation())
                .as("one bad destination is not the device's fault")
                .isTrue();
        assertThat(receive(receiver, 1, sender))
                .usingElementComparator(Arrays::compare)
                .containsExactly(good);
    }

    @ParameterizedTest
    @EnumSource(
            value = IoPath.class,
            names = {"LINUX", "CHANNEL"})
    void aDualStackSocketTalksToBothFamilies(IoPath path) throws IOException {
        assumeSupported(path);
        assumeThat(NetworkInterface.getByInetAddress(InetAddress.getByName("::1")))
                .isNotNull();
        UdpSocket server = UdpSocket.open(
                new InetSocketAddress(InetAddress.getByName("::"), 0), UdpSocketOptions.DEFAULTS.with(path));
        open.add(server);
        int port = server.localAddress().getPort();
        for (String host : List.of("127.0.0.1", "::1")) {
            UdpSocket client = open(IoPath.CHANNEL, host);
            PeerAddress to = PeerAddress.of(new InetSocketAddress(InetAddress.getByName(host), port));
            byte[] question = packet(10);
            arena.append(to.high(), to.low(), to.port(), question, 0, 10);
            client.send(arena);
            assertThat(receive(server, 1, client))
                    .usingElementComparator(Arrays::compare)
                    .containsExactly(question);
            arena.append(peers, peer(client), question, 0, 10);
            server.send(arena);
            ReceiveBatch batch = new ReceiveBatch();
            assertThat(client.receive(batch, 5 * SECOND)).isEqualTo(1);
            assertThat(batch.address(0)).isEqualTo(to);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = IoPath.class,
            names = {"LINUX", "CHANNEL"})
    void aPortInUseIsRefused(IoPath path) throws IOException {
        assumeSupported(path);
        UdpSocket first = open(path, "127.0.0.1");
        assertThatThrownBy(() -> UdpSocket.open(first.localAddress(), UdpSocketOptions.DEFAULTS.with(path)))
                .isInstanceOf(BindException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = IoPath.class,
            names = {"LINUX", "CHANNEL"})
    void aClosedSocketSaysSoAndWakeUpsToItDoNothing(IoPath path) throws IOException {
        assumeSupported(path);
        UdpSocket socket = open(path, "127.0.0.1");
        InetSocketAddress address = socket.localAddress();
        socket.close();
        socket.close();
        socket.wakeup();
        UdpSocket again = UdpSocket.open(address, UdpSocketOptions.DEFAULTS.with(path));
        open.add(again);
        assertThat(again.localAddress()).isEqualTo(address);
        assertThat(again.describe()).startsWith(path.key());
    }

    private static void assumeSupported(IoPath path) {
        assumeThat(path == IoPath.CHANNEL || LinuxUdpSocket.isSupported()).isTrue();
    }
}
