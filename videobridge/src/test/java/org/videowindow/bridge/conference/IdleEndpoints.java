package org.videowindow.bridge.conference;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.videowindow.bridge.io.IoPath;

/**
 * A running bridge with endpoints that have really connected, by ICE and DTLS, and then keep silent: what an endpoint
 * costs in memory while nothing is sent. Meetings of ten, each with a camera and a microphone signalled.
 */
final class IdleEndpoints implements AutoCloseable {
    private static final int MEETING = 10;
    private static final BridgeTimes PATIENT = new BridgeTimes(
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofSeconds(20),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ofHours(1));

    private final SecureRandom random = new SecureRandom();
    private final Bridge bridge;
    private final Set<Integer> ports = new HashSet<>();
    private Conference meeting;
    private int endpoints;

    IdleEndpoints() throws IOException {
        BridgeSettings settings = new BridgeSettings(
                IoPath.AUTO, InetAddress.getLoopbackAddress(), 0, 1, List.of(), BridgeLimits.DEFAULTS, PATIENT);
        bridge = Bridge.start(settings, ChannelEvents.NONE, random, System::nanoTime);
    }

    /** Connects that many more; the clients are gone afterwards, the bridge does not know. */
    void connect(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            if (endpoints % MEETING == 0) {
                meeting = bridge.conferences().create("meeting-" + endpoints, "room" + endpoints + "@example");
            }
            String id = String.format("%08x", ++endpoints);
            EndpointTransport transport = meeting.addEndpoint(id, Offers.standard());
            try (LoopbackClient client = client(id, transport)) {
                meeting.setRemoteTransport(id, client.signalled());
                meeting.setSources(id, Offers.camera(id, 10L * endpoints));
                client.connect();
            }
        }
    }

    /** On a port that none before had: for the bridge it still belongs to that one. */
    private LoopbackClient client(String id, EndpointTransport transport) throws IOException {
        while (true) {
            LoopbackLink link = LoopbackLink.to(transport.candidates().getFirst());
            if (link instanceof LoopbackLink.Datagrams datagrams && ports.add(datagrams.localPort())) {
                return new LoopbackClient(id, transport, random, link);
            }
            link.close();
        }
    }

    /** Those whose handshake is complete, as the bridge sees it. */
    long connected() {
        return bridge.total(Counter.DTLS_COMPLETED);
    }

    /** What protects and moves packets. */
    String dataPath() {
        return bridge.dataPath();
    }

    /** Bytes of heap that are still in use when the garbage is gone: the least of some collections. */
    static long heapInUse() {
        List<Long> used = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            System.gc();
            used.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used.stream().min(Long::compare).orElseThrow();
    }

    @Override
    public void close() {
        bridge.close();
    }
}
