package org.videowindow.bridge.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Packets that are longer than their way allows, in a network namespace whose loopback device is narrow. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NarrowPathTest {
    private static final int MTU = 1_100;

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output : "failed: " + output;
    }

    private static List<String> inNamespace(String command) {
        return List.of("unshare", "--map-root-user", "--net", "sh", "-c", command);
    }

    private static boolean hasNamespaces() throws InterruptedException {
        try {
            return !run(inNamespace("ip link set lo mtu " + MTU + " up")).startsWith("failed");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void packetsThatAreTooLongForTheirWayAreCutByTheKernel() throws Exception {
        assumeThat(LinuxUdpSocket.isSupported()).isTrue();
        assumeThat(hasNamespaces()).as("unshare and ip are there and allowed").isTrue();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String output = run(inNamespace("ip link set lo mtu " + MTU + " up && exec " + java
                + " --enable-native-access=ALL-UNNAMED -cp '" + System.getProperty("java.class.path") + "' "
                + NarrowPathTest.class.getName()));
        assertThat(output).contains("short 4 of 4", "alone 1 of 1", "long 4 of 4", "short 4 of 4 again", "dropped 0");
    }

    /** Runs where the way is narrow. */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        PeerTable peers = new PeerTable(4, 1);
        try (UdpSocket from = UdpSocket.open(any, UdpSocketOptions.DEFAULTS.with(IoPath.LINUX));
                UdpSocket to = UdpSocket.open(any, UdpSocketOptions.DEFAULTS);
                TransmitArena arena = new TransmitArena(4)) {
            int peer = peers.add(PeerAddress.of(to.localAddress()));
            System.out.println("short " + passed(from, to, arena, peers, peer, 4, 1_000));
            System.out.println("alone " + passed(from, to, arena, peers, peer, 1, 1_300));
            System.out.println("long " + passed(from, to, arena, peers, peer, 4, 1_300));
            System.out.println("short " + passed(from, to, arena, peers, peer, 4, 1_000) + " again");
            System.out.println("dropped " + from.counters().droppedSendErrors());
        }
    }

    private static String passed(
            UdpSocket from, UdpSocket to, TransmitArena arena, PeerTable peers, int peer, int count, int length)
            throws IOException {
        for (int i = 0; i < count; i++) {
            arena.append(peers, peer, new byte[length], 0, length);
        }
        from.send(arena);
        ReceiveBatch batch = new ReceiveBatch();
        int received = 0;
        int more = 1;
        while (received < count && more > 0) {
            more = to.receive(batch, 2_000_000_000L);
            for (int i = 0; i < batch.count(); i++) {
                received += batch.length(i) == length ? 1 : 0;
            }
        }
        return received + " of " + count;
    }
}
