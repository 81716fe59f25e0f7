package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.videowindow.bridge.codec.VideoCodec;
import org.videowindow.bridge.layers.LayerTarget;

/**
 * A receiver is moved between encodings and temporal layers of a camera that is announced by stream ids, through the whole
 * bridge: it sees one stream, without gaps, that its decoder can play.
 */
class RidSwitchesTest {
    private static final int ROUNDS = 250;

    @ParameterizedTest
    @EnumSource(
            value = VideoCodec.class,
            names = {"VP8", "H264", "VP9", "AV1"})
    void switchesLeaveNoTrace(VideoCodec codec) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RidLab call = new RidLab(codec, "", "1", seed);
        try {
            call.runPictures(10);
            for (int round = 0; round < ROUNDS; round++) {
                call.toB().target(new LayerTarget(random.nextInt(3), 7, random.nextInt(3)), call.lab.now());
                call.runPictures(1 + random.nextInt(6));
            }
            call.lab.runMillis(200);
            call.camera.check(false);
            assertThat(call.toB().switches()).isGreaterThan(30);
            assertThat(call.a.keyFramesAsked()).isNotEmpty().allMatch(ssrc -> ssrc >= RidLab.FIRST_SSRC);
            assertThat(call.lab.drops()).isZero();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = VideoCodec.class,
            names = {"VP8", "H264", "VP9", "AV1"})
    void whatIsLostComesAgainByTheIdOfWhatItRepairs(VideoCodec codec) throws Exception {
        RidLab call = new RidLab(codec, "", "1", 5);
        call.runPictures(10);
        call.lab.withLoss(0.03);
        call.runPictures(300);
        call.lab.withLoss(0);
        call.runPictures(30);
        call.lab.runMillis(200);
        call.b.askForMissing(0);
        call.lab.runMillis(200);
        call.camera.check(true);
        assertThat(call.a.repeated()).isPositive();
        assertThat(call.lab.count(Counter.RETRANSMISSIONS_RECEIVED)).isPositive();
        assertThat(call.lab.count(Counter.WORKER_FAULTS)).isZero();
    }
}
