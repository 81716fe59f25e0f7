package org.videowindow.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.endpoint.Totals;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.sfu.BridgeProcess;
import org.videowindow.loadtest.sfu.JanusProcess;
import org.videowindow.loadtest.sfu.MediaServer;

/** Three people in a room of each server that is there, for seconds. */
@Timeout(120)
class SmokeIT {
    private static final Load SMALL = new Load("small", "1 -> 2", 1, 1, 2, 720, Codec.VP8, 3, true);
    private static final int TRIES = 60;

    @Test
    void theBuiltBridgeForwardsSoundAndPicture() throws IOException {
        Optional<Path> jar = BridgeProcess.jar(Path.of("..").toAbsolutePath().normalize());
        if (jar.isEmpty()) {
            System.out.println("SKIPPED: no bridge is built, so none is loaded.");
        }
        assumeTrue(jar.isPresent(), "no bridge is built");
        try (BridgeProcess bridge = BridgeProcess.start(jar.get(), 1, "auto", List.of())) {
            everybodyReceives(bridge.server(), true);
            assertThat(bridge.process().cpuSeconds()).isPositive();
            assertThat(WorkerAllocation.bytes(bridge.server())).isNotNegative();
        }
    }

    @Test
    void whoLeavesIsFollowedByOthersWhoReceiveTooAndStillCounts() throws IOException {
        Optional<Path> jar = BridgeProcess.jar(Path.of("..").toAbsolutePath().normalize());
        assumeTrue(jar.isPresent(), "no bridge is built");
        try (BridgeProcess bridge = BridgeProcess.start(jar.get(), 1, "auto", List.of());
                Engine engine = Engine.start(true);
                LiveLoad live = LiveLoad.start(engine, bridge.server(), SMALL, Progress.SILENT)) {
            awaitMedia(engine, live);
            List<Participant> first = List.copyOf(live.receivers());
            live.replace(2);
            assertThat(live.left()).isEqualTo(2);
            assertThat(live.receivers()).hasSize(2).doesNotContainAnyElementsOf(first);
            awaitMedia(engine, live);
            assertThat(engine.totals(live.participants()).streams()).isGreaterThanOrEqualTo(8);
            String three = "\nvideobridge_endpoints 3.0\n";
            for (int i = 0; i < TRIES && !bridge.server().get("/metrics").contains(three); i++) {
                Measurement.pass(Duration.ofMillis(500), left -> {});
            }
            assertThat(bridge.server().get("/metrics")).contains(three);
        }
    }

    @Test
    void janusForwardsSoundAndPicture() throws IOException {
        if (!JanusProcess.isInstalled()) {
            System.out.println("SKIPPED: Janus is not installed, so it is not loaded.");
        }
        assumeTrue(JanusProcess.isInstalled(), "Janus is not installed");
        try (JanusProcess janus = JanusProcess.start()) {
            everybodyReceives(janus.server(), false);
            assertThat(janus.process().residentBytes()).isPositive();
        }
    }

    private static void everybodyReceives(MediaServer server, boolean sharedSocket) throws IOException {
        try (Engine engine = Engine.start(sharedSocket);
                LiveLoad live = LiveLoad.start(engine, server, SMALL, Progress.SILENT)) {
            awaitMedia(engine, live);
            assertThat(engine.totals(live.receivers()).unreadable()).isZero();
            assertThat(engine.takeLatencies().count()).isPositive();
        }
    }

    /** Sound and a picture for each of two, on a machine that may be busy. */
    private static void awaitMedia(Engine engine, LiveLoad live) throws IOException {
        Totals totals = engine.totals(live.receivers());
        for (int i = 0; i < TRIES && (totals.streams() < 4 || totals.packets() < 300); i++) {
            Measurement.pass(Duration.ofMillis(500), left -> {});
            totals = engine.totals(live.receivers());
        }
        assertThat(totals.streams()).isGreaterThanOrEqualTo(4);
        assertThat(totals.packets()).isGreaterThanOrEqualTo(300);
    }
}
