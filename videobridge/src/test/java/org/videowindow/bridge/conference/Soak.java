package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.io.IoPath;

/**
 * Hours of meetings in a row, in minutes: conferences begin, people join with real handshakes over real sockets, send,
 * leave properly or vanish, conferences end. Afterwards everything must be as small as it was after the first minutes.
 * Runs in the profile {@code soak} only: {@code mvn -pl videobridge -Psoak test}.
 */
class Soak {
    private static final Duration LENGTH = Duration.ofMinutes(Long.getLong("soak.minutes", 30));

    /** After this part of the time, classes are loaded, code is compiled, tables have their size. */
    private static final double WARM = 0.2;

    /** Long enough for a handshake on a busy machine, short enough that those who vanish are soon gone. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private static final int CONFERENCES = 3;
    private static final int PEOPLE = 5;
    private static final int PACKETS = 150;
    private static final int VIDEO_BYTES = 1_000;
    private static final long HEAP_GROWTH = 8L << 20;
    private static final long RESIDENT_GROWTH = 64L << 20;
    private static final int ROUNDS_PER_LOOK = 10;

    private final SecureRandom secure = new SecureRandom();
    private final long seed = secure.nextLong();
    private final Random random = new Random(seed);
    private int meetings;
    private long joined;

    private record Look(int round, long heap, long resident, int threads) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "round %d: heap %.1f MB, resident %.1f MB, %d threads",
                    round,
                    heap / 1e6,
                    resident / 1e6,
                    threads);
        }
    }

    private record Person(String id, LoopbackClient client, long firstSsrc) {}

    @Test
    void memoryAndThreadsStayAsTheyWereWhileMeetingsComeAndGo() throws Exception {
        BridgeTimes usual = BridgeTimes.DEFAULTS;
        BridgeTimes times = new BridgeTimes(
                SILENCE,
                usual.emptyConference(),
                usual.handshake(),
                usual.keyFrameRequests(),
                usual.transportFeedback(),
                usual.receiverReports());
        BridgeSettings settings = new BridgeSettings(
                IoPath.AUTO, InetAddress.getLoopbackAddress(), 0, 2, List.of(), BridgeLimits.DEFAULTS, times);
        List<Look> looks = new ArrayList<>();
        try (Bridge bridge = Bridge.start(settings, ChannelEvents.NONE, secure, System::nanoTime)) {
            long begin = System.nanoTime();
            for (int round = 1; System.nanoTime() - begin < LENGTH.toNanos(); round++) {
                meet(bridge);
                if (round % ROUNDS_PER_LOOK == 0) {
                    Look look = look(round);
                    System.out.println("soak, seed " + seed + ", " + joined + " joins, " + look);
                    if (System.nanoTime() - begin > WARM * LENGTH.toNanos()) {
                        looks.add(look);
                    }
                }
            }
            assertThat(bridge.total(Counter.WORKER_FAULTS)).as("seed %d", seed).isZero();
            assertThat(bridge.total(Counter.ENDPOINTS_SILENT))
                    .as("who vanished")
                    .isPositive();
        }
        Look first = looks.getFirst();
        Look last = looks.getLast();
        assertThat(looks).hasSizeGreaterThan(1);
        assertThat(last.heap - first.heap).as("heap, seed %d", seed).isLessThan(HEAP_GROWTH);
        assertThat(last.resident - first.resident).as("resident, seed %d", seed).isLessThan(RESIDENT_GROWTH);
        assertThat(last.threads).as("threads, seed %d", seed).isLessThanOrEqualTo(first.threads + 2);
    }

    /** Some meetings, from their first guest to their end. */
    private void meet(Bridge bridge) throws Exception {
        List<Conference> conferences = new ArrayList<>();
        for (int i = 0; i < CONFERENCES; i++) {
            Conference conference = bridge.conferences().create("meeting-" + meetings++, null);
            conferences.add(conference);
            List<Person> people = new ArrayList<>();
            for (int j = 0; j < PEOPLE; j++) {
                people.add(join(conference));
                talk(people);
            }
            for (Person person : people) {
                if (random.nextInt(3) > 0) {
                    conference.expireEndpoint(person.id);
                }
                person.client.close();
            }
        }
        for (Conference conference : conferences) {
            if (random.nextBoolean()) {
                conference.expire();
            }
        }
        for (Conference conference : conferences) {
            long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!conference.endpointIds().isEmpty()) {
                assertThat(System.nanoTime())
                        .as("somebody who vanished is still there, seed %d", seed)
                        .isLessThan(patience);
                LockSupport.parkNanos(1_000_000);
            }
            conference.expire();
        }
        assertThat(bridge.endpoints()).isZero();
        assertThat(bridge.conferences().list()).isEmpty();
    }

    private Person join(Conference conference) throws Exception {
        joined++;
        String id = String.format(Locale.ROOT, "%08x", joined);
        long ssrc = 1_000 + joined % 100_000 * 10;
        EndpointTransport transport = conference.addEndpoint(id, Offers.standard());
        LoopbackClient client = new LoopbackClient(id, transport, secure);
        conference.setRemoteTransport(id, client.signalled());
        conference.setSources(id, Offers.camera(id, ssrc));
        client.connect();
        return new Person(id, client, ssrc);
    }

    private void talk(List<Person> people) throws IOException {
        for (int i = 0; i < PACKETS; i++) {
            for (Person person : people) {
                boolean video = i % 3 != 0;
                int kind = video ? Offers.VP8 : Offers.OPUS;
                byte[] payload = video ? MediaPackets.vp8(i % 30 == 1, true, VIDEO_BYTES) : new byte[80];
                person.client.sendRtp(MediaPackets.rtp(
                        video ? MediaKind.VIDEO : MediaKind.AUDIO,
                        kind,
                        (int) person.firstSsrc + (video ? 1 : 0),
                        people.size() * PACKETS + i,
                        i * 3_000,
                        i,
                        payload));
            }
        }
        for (Person person : people) {
            for (int i = 0; i < PACKETS && person.client.receiveRtp(1) != null; i++) {}
        }
    }

    private static Look look(int round) throws IOException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return new Look(
                round,
                runtime.totalMemory() - runtime.freeMemory(),
                resident(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
