package org.videowindow.loadtest.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.MediaFormat;
import org.videowindow.loadtest.endpoint.Participant;

class VideoSenderTest {
    private static final int FRAMES = 1_000;
    private static final long FRAME = 40_000_000L;
    private static final int[] BITS = {150_000, 400_000, 2_300_000};

    private Engine engine;

    @BeforeEach
    void start() throws IOException {
        engine = Engine.start(true);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    /** A camera that has run, its participant without a server; nobody but this thread touches it. */
    private VideoSender run(Codec codec, int maxHeight) throws IOException {
        Participant participant = engine.join("00000001", MediaFormat.offered(codec), true);
        List<VideoSender.Layer> layers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int ssrc = 100 + (codec.isSimulcast() ? 2 * i : 0);
            layers.add(new VideoSender.Layer(
                    participant.addTrack(true, ssrc, ssrc + 1),
                    codec.isSimulcast() ? 0 : i,
                    320 << i,
                    180 << i,
                    BITS[i]));
        }
        VideoSender camera = new VideoSender(codec, layers, 25, 0, new Random(1), () -> 0);
        camera.limitHeight(maxHeight);
        for (int i = 0; i < FRAMES; i++) {
            camera.run(i * FRAME);
        }
        return camera;
    }

    @Test
    void aSizeThatIsNotSentIsOfferedAsMuchAsOneThatIs() throws IOException {
        VideoSender all = run(Codec.VP8, 720);
        VideoSender one = run(Codec.VP8, 180);
        assertThat(all.offered(180)).isBetween(1_000L, 2_000L);
        assertThat(all.offered(720)).isGreaterThan(3 * all.offered(360));
        assertThat((double) one.offered(720) / all.offered(720)).isCloseTo(1, within(0.05));
        assertThat((double) one.offered(180) / all.offered(180)).isCloseTo(1, within(0.05));
    }

    @Test
    void whoWantsLessThanTheLowestSizeIsOfferedThatAndWhoWantsABitMoreNoLargerOne() throws IOException {
        VideoSender camera = run(Codec.VP8, 720);
        assertThat(camera.offered(90)).isEqualTo(camera.offered(180)).isPositive();
        assertThat(camera.offered(719)).isEqualTo(camera.offered(360)).isGreaterThan(camera.offered(180));
        assertThat(camera.offered(2160)).isEqualTo(camera.offered(720));
    }

    @Test
    void aSpatialLayerIsOfferedWithThoseBelow() throws IOException {
        VideoSender simulcast = run(Codec.VP8, 720);
        VideoSender layered = run(Codec.VP9, 720);
        double sum = simulcast.offered(180) + simulcast.offered(360) + simulcast.offered(720);
        assertThat(layered.offered(720) / sum).isCloseTo(1, within(0.05));
    }
}
