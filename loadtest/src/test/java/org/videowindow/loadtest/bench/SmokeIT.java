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
            Totals totals = engine.totals(live.receivers());
            // Sound and a picture for each of two, on a machine that may be busy.
            for (int i = 0; i < TRIES && (totals.streams() < 4 || totals.packets() < 300); i++) {
                Measurement.pass(Duration.ofMillis(500), left -> {});
                totals = engine.totals(live.receivers());
            }
            assertThat(totals.streams()).isGreaterThanOrEqualTo(4);
            assertThat(totals.packets()).isGreaterThanOrEqualTo(300);
            assertThat(totals.unreadable()).isZero();
            assertThat(engine.takeLatencies().count()).isPositive();
        }
    }
}
