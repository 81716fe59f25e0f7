package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.io.BrokenSocket;
import org.videowindow.bridge.io.IoPath;

/** Calls on several lanes of a running bridge, whose lanes change hands. Real sockets, real handshakes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SharedLanesTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LANES = 3;

    /** What other tests may have left behind. */
    private final Set<Thread> earlier = Thread.getAllStackTraces().keySet();

    private static BridgeSettings settings() {
        return new BridgeSettings(
                IoPath.AUTO,
                InetAddress.getLoopbackAddress(),
                0,
                LANES,
                List.of(),
                BridgeLimits.DEFAULTS,
                BridgeTimes.DEFAULTS);
    }

    /** Shares as long as it is told to. */
    private static final class Told extends LaneSharing {
        private final BooleanSupplier answer;

        Told(BooleanSupplier answer) {
            super(System.nanoTime());
            this.answer = answer;
        }

        @Override
        boolean isShared(long now, long busyNanos) {
            return answer.getAsBoolean();
        }
    }

    /** A speaker and a listener in a conference of their own. */
    private record Pair(LoopbackClient speaker, LoopbackClient listener) implements AutoCloseable {
        static Pair join(Bridge bridge, int number) throws Exception {
            Conference conference = bridge.conferences().create("meeting-" + number, "room" + number + "@conference");
            String first = "aaaa000" + number;
            String second = "bbbb000" + number;
            LoopbackClient speaker =
                    new LoopbackClient(first, conference.addEndpoint(first, Offers.standard()), RANDOM);
            LoopbackClient listener =
                    new LoopbackClient(second, conference.addEndpoint(second, Offers.standard()), RANDOM);
            conference.setRemoteTransport(first, speaker.signalled());
            conference.setSources(first, Offers.camera(first, 1000L * number));
            conference.setRemoteTransport(second, listener.signalled());
            speaker.connect();
            listener.connect();
            // Until the bridge has finished both handshakes too.
            byte[] heard = null;
            for (int i = 1; heard == null && i < 100; i++) {
                speaker.sendRtp(sound(number, i));
                heard = listener.receiveRtp(50);
            }
            assertThat(heard).isNotNull();
            return new Pair(speaker, listener);
        }

        void say(int number, int sequence) throws Exception {
            speaker.sendRtp(sound(number, sequence));
            byte[] heard = listener.receiveRtp(5_000);
            while (heard != null && heard[heard.length - 1] != (byte) sequence) {
                heard = listener.receiveRtp(5_000);
            }
            assertThat(heard).as("packet %d of pair %d", sequence, number).isNotNull();
        }

        private static byte[] sound(int number, int sequence) {
            byte[] payload = {1, 2, 3, 4, (byte) sequence};
            return MediaPackets.rtp(
                    MediaKind.AUDIO, Offers.OPUS, 1000 * number, sequence, sequence * 960, sequence, payload);
        }

        @Override
        public void close() {
            speaker.close();
            listener.close();
        }
    }

    private static void talk(Bridge bridge, int packets) throws Exception {
        List<Pair> pairs = new ArrayList<>();
        try {
            for (int i = 1; i <= LANES; i++) {
                pairs.add(Pair.join(bridge, i));
            }
            for (int sequence = 200; sequence < 200 + packets; sequence++) {
                for (int i = 1; i <= LANES; i++) {
                    pairs.get(i - 1).say(i, sequence);
                }
            }
            assertThat(bridge.isHealthy()).isTrue();
            assertThat(bridge.total(Counter.WORKER_FAULTS)).isZero();
            for (int lane = 0; lane < LANES; lane++) {
                assertThat(bridge.total(lane, Counter.RTP_FORWARDED))
                        .as("lane %d", lane)
                        .isGreaterThanOrEqualTo(packets);
            }
        } finally {
            pairs.forEach(Pair::close);
        }
    }

    @Test
    void oneThreadServesAllLanes() throws Exception {
        try (Bridge bridge =
                Bridge.start(settings(), ChannelEvents.NONE, RANDOM, System::nanoTime, new Told(() -> true))) {
            talk(bridge, 100);
            // The others sleep, and are not merely between two turns of their own.
            awaitOthers(Thread.State.WAITING);
        }
    }

    @Test
    void eachThreadServesItsLaneWhereTheyAreNotShared() throws Exception {
        try (Bridge bridge =
                Bridge.start(settings(), ChannelEvents.NONE, RANDOM, System::nanoTime, new Told(() -> false))) {
            talk(bridge, 100);
            // They wait in the kernel, each for its own socket.
            awaitOthers(Thread.State.RUNNABLE);
        }
    }

    private void awaitOthers(Thread.State state) {
        long deadline = System.nanoTime() + 5_000_000_000L;
        List<Thread.State> states = List.of();
        while (!states.equals(List.of(state, state)) && System.nanoTime() < deadline) {
            states = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread ->
                            !earlier.contains(thread) && thread.getName().matches("worker-[12]"))
                    .map(Thread::getState)
                    .toList();
        }
        assertThat(states).containsExactly(state, state);
    }

    @Test
    void lanesThatChangeHandsAllTheTimeLoseNothing() throws Exception {
        int[] asked = {0};
        // Six turns together, six apart: what the clients say makes the turns.
        Told flickering = new Told(() -> asked[0]++ / 6 % 2 == 0);
        try (Bridge bridge = Bridge.start(settings(), ChannelEvents.NONE, RANDOM, System::nanoTime, flickering)) {
            talk(bridge, 400);
            assertThat(asked[0]).isGreaterThan(400);
        }
    }

    @Test
    void aBridgeStopsAtOnceWhileLanesAreLent() throws Exception {
        long begin;
        Bridge bridge = Bridge.start(settings(), ChannelEvents.NONE, RANDOM, System::nanoTime, new Told(() -> true));
        try (bridge) {
            talk(bridge, 3);
            begin = System.nanoTime();
        }
        // Each worker is waited for two seconds when it does not end by itself.
        assertThat(System.nanoTime() - begin).isLessThan(2_000_000_000L);
        assertThat(bridge.isHealthy()).isFalse();
    }

    /** The host saw something at the socket for ever, found nothing there, and span. */
    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, true", "0, false", "1, false", "2, false"})
    void aLaneWhoseSocketBreaksEndsOnItsOwnThreadAndTheOthersGoOn(int broken, boolean shared) throws Throwable {
        Bridge bridge = Bridge.start(settings(), ChannelEvents.NONE, RANDOM, System::nanoTime, new Told(() -> shared));
        List<Pair> pairs = new ArrayList<>();
        try (bridge) {
            for (int i = 1; i <= LANES; i++) {
                pairs.add(Pair.join(bridge, i));
            }
            awaitOthers(shared ? Thread.State.WAITING : Thread.State.RUNNABLE);
            BrokenSocket.breakDown(bridge.socket(broken));
            awaitNoWorker(broken);
            assertThat(bridge.isHealthy()).isFalse();
            for (int sequence = 200; sequence < 220; sequence++) {
                for (int i = 1; i <= LANES; i++) {
                    if (i - 1 != broken) {
                        pairs.get(i - 1).say(i, sequence);
                    }
                }
            }
        } finally {
            pairs.forEach(Pair::close);
        }
        assertThat(workers()).isEmpty();
    }

    private List<String> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !earlier.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.matches("worker-[0-9]+"))
                .toList();
    }

    private void awaitNoWorker(int number) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (workers().contains("worker-" + number) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(workers()).doesNotContain("worker-" + number).hasSize(LANES - 1);
    }

    @Test
    void idleLanesThatAreLentAreHealthy() throws Exception {
        try (Bridge bridge =
                Bridge.start(settings(), ChannelEvents.NONE, RANDOM, System::nanoTime, new Told(() -> true))) {
            long deadline = System.nanoTime() + 20_000_000_000L;
            long[] turns = new long[LANES];
            for (int lane = 0; lane < LANES; lane++) {
                turns[lane] = bridge.total(lane, Counter.WORKER_TURNS);
            }
            boolean all = false;
            while (!all && System.nanoTime() < deadline) {
                all = true;
                for (int lane = 0; lane < LANES; lane++) {
                    all &= bridge.total(lane, Counter.WORKER_TURNS) >= turns[lane] + 2;
                }
                Thread.onSpinWait();
            }
            assertThat(all).as("every lane turned twice").isTrue();
            assertThat(bridge.isHealthy()).isTrue();
        }
    }
}
