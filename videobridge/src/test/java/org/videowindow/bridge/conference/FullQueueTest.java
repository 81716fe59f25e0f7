package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.bridge.io.IoPath;
import org.videowindow.bridge.io.LinuxUdpSocket;

/** A running bridge whose thread is slower than media arrive, so that the kernel drops most of them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FullQueueTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What each look at the clock takes a worker, of which there are two in a turn: some thousand packets a second. */
    private static final long SLOWNESS_NANOS = 5_000_000;

    private static long slowly() {
        if (Thread.currentThread().getName().startsWith("worker-")) {
            LockSupport.parkNanos(SLOWNESS_NANOS);
        }
        return System.nanoTime();
    }

    /** Sends what looks like RTP, much more than the bridge can take, until it is closed. */
    private static final class Flood implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket();
        private final Thread thread;
        private volatile boolean over;

        Flood(InetSocketAddress to) throws IOException {
            byte[] packet = new byte[1_000];
            packet[0] = (byte) 0x90;
            DatagramPacket datagram = new DatagramPacket(packet, packet.length, to);
            thread = Thread.ofPlatform().start(() -> {
                while (!over) {
                    try {
                        for (int i = 0; i < 200; i++) {
                            socket.send(datagram);
                        }
                    } catch (IOException e) {
                        over = true;
                    }
                    LockSupport.parkNanos(2_000_000);
                }
            });
        }

        @Override
        public void close() {
            over = true;
            socket.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Datagrams that the kernel has dropped because a queue of this port was full. */
    private static long drops(int port) throws IOException {
        String local = String.format(":%04X", port);
        return Files.readAllLines(Path.of("/proc/net/udp")).stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields[1].endsWith(local))
                .mapToLong(fields -> Long.parseLong(fields[fields.length - 1]))
                .sum();
    }

    private static void awaitDrops(int port) throws IOException {
        long before = drops(port);
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (drops(port) == before && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(drops(port)).as("dropped datagrams").isGreaterThan(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void peopleGetInWhileMediaAreDropped(int lanes) throws Exception {
        assumeThat(LinuxUdpSocket.isSupported()).isTrue();
        BridgeSettings settings = new BridgeSettings(
                IoPath.AUTO,
                InetAddress.getLoopbackAddress(),
                0,
                lanes,
                List.of(),
                BridgeLimits.DEFAULTS,
                BridgeTimes.DEFAULTS);
        LaneSharing always = new LaneSharing(System.nanoTime()) {
            @Override
            boolean isShared(long now, long busyNanos) {
                return true;
            }
        };
        List<LoopbackClient> clients = new ArrayList<>();
        try (Bridge bridge = Bridge.start(settings, ChannelEvents.NONE, RANDOM, FullQueueTest::slowly, always)) {
            Conference conference = bridge.conferences().create("meeting", "room@conference");
            for (String id : List.of("aaaa0001", "bbbb0002", "cccc0003")) {
                EndpointTransport transport = conference.addEndpoint(id, Offers.standard());
                LoopbackClient client = new LoopbackClient(id, transport, RANDOM);
                conference.setRemoteTransport(id, client.signalled());
                clients.add(client);
            }
            int port = clients.getFirst().bridge().candidates().getFirst().port();
            try (Flood _ = new Flood(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                for (LoopbackClient client : clients) {
                    awaitDrops(port);
                    client.connect();
                }
                awaitDrops(port);
            }
        } finally {
            clients.forEach(LoopbackClient::close);
        }
    }
}
