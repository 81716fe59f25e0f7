package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.allocation.OfferedLayer;
import org.videowindow.bridge.conference.ConferenceException.Reason;
import org.videowindow.bridge.layers.LayerTarget;

/** Calls in virtual time in which a camera is sent in three sizes. */
class SimulcastCallTest {
    private static final String A = "aaaa1111";
    private static final String B = "bbbb2222";

    private CallLab lab;
    private LabClient a;
    private LabClient b;
    private SimulcastCamera camera;
    private int ssrc;

    @BeforeEach
    void aCallWithACamera() throws Exception {
        lab = new CallLab(1);
        a = lab.add(A).silent();
        b = lab.join(B).silent();
        camera = a.simulcast();
        ssrc = camera.ssrc(0);
        lab.conference().setSources(A, List.of(camera.described(A + "-v0")), lab.now());
        lab.runMillis(2_000);
    }

    private EndpointSession endpoint(String id) {
        try {
            return lab.conference().require(id);
        } catch (ConferenceException e) {
            throw new AssertionError(e);
        }
    }

    private ForwardedSource toB() {
        return endpoint(B).outbound().forwarded(ssrc);
    }

    private Set<Integer> encodingsWhile(Runnable what) {
        int before = b.encodings(ssrc).lastKey();
        what.run();
        return new TreeSet<>(b.encodings(ssrc).tailMap(before, false).values());
    }

    private void target(int encoding) {
        toB().target(new LayerTarget(encoding, 7, 7), lab.now());
    }

    @Test
    void theHighestEncodingIsSentUnderTheFirstSsrcOnly() {
        assertThat(b.ssrcs()).containsExactly(ssrc);
        assertThat(encodingsWhile(() -> lab.runMillis(1_000))).containsExactly(2);
        assertThat(b.missing(ssrc, 0)).isZero();
        assertThat(lab.drops()).isZero();
        assertThat(toB().current().encoding()).isEqualTo(2);
    }

    @Test
    void aSmallerEncodingIsSentFromItsKeyFrameOnAndNobodyElseIsAsked() {
        camera.asked().clear();
        target(0);
        lab.runMillis(500);
        assertThat(encodingsWhile(() -> lab.runMillis(500))).containsExactly(0);
        assertThat(camera.asked()).containsExactly(0);
        assertThat(b.missing(ssrc, 0)).isZero();
    }

    @Test
    void whileAKeyFrameDoesNotComeItIsAskedForOncePerInterval() {
        target(1);
        lab.runMillis(500);
        camera.sends(2, false);
        lab.runMillis(200);
        camera.asked().clear();
        camera.askedAt().clear();
        lab.withLoss(0);
        for (int i = 0; i < 50; i++) {
            target(i % 2 == 0 ? 0 : 1);
            lab.runMillis(10);
        }
        assertThat(camera.asked()).hasSizeLessThan(6);
    }

    @Test
    void anEncodingThatStopsIsLeftWithin300Milliseconds() {
        for (int offset = 0; offset < 40; offset += 7) {
            lab.runMillis(1_000 + offset);
            camera.sends(2, false);
            int before = b.encodings(ssrc).lastKey();
            lab.runMillis(300);
            assertThat(b.encodings(ssrc).tailMap(before, false).values())
                    .as("stopped %d ms after a frame", offset)
                    .contains(1);
            assertThat(b.missing(ssrc, 0)).isZero();
            camera.sends(2, true);
            lab.runMillis(500);
            assertThat(encodingsWhile(() -> lab.runMillis(200)))
                    .as("and taken again when it is back")
                    .containsExactly(2);
        }
    }

    @Test
    void aMiddleEncodingThatIsOffIsPassedOver() {
        camera.sends(1, false);
        lab.runMillis(500);
        camera.sends(2, false);
        lab.runMillis(400);
        assertThat(encodingsWhile(() -> lab.runMillis(500))).containsExactly(0);
        assertThat(b.missing(ssrc, 0)).isZero();
    }

    @Test
    void whoseCameraIsStillHasNotStopped() {
        for (int i = 0; i < 3; i++) {
            camera.sends(i, false);
        }
        lab.runMillis(3_000);
        camera.asked().clear();
        assertThat(toB().current().encoding()).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            camera.sends(i, true);
        }
        assertThat(encodingsWhile(() -> lab.runMillis(500))).containsExactly(2);
        assertThat(camera.asked()).isEmpty();
    }

    @Test
    void aPausedSourceGoesOnWithoutAGap() {
        toB().target(LayerTarget.NONE, lab.now());
        lab.runMillis(50);
        int before = b.encodings(ssrc).lastKey();
        lab.runMillis(2_000);
        assertThat(b.encodings(ssrc).lastKey()).isEqualTo(before);
        target(1);
        lab.runMillis(500);
        assertThat(encodingsWhile(() -> lab.runMillis(500))).containsExactly(1);
        assertThat(b.missing(ssrc, 0)).isZero();
    }

    @Test
    void aThousandChangesOfMindLeaveNoGap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            target(random.nextInt(4) - 1);
            lab.runMillis(random.nextInt(100));
        }
        target(2);
        lab.runMillis(1_000);
        assertThat(b.missing(ssrc, 0)).as("seed %d", seed).isZero();
        assertThat(lab.count(Counter.DROPPED_NOT_SEALED)).isZero();
        assertThat(toB().switches()).as("seed %d", seed).isPositive();
    }

    @Test
    void offersTellWhatArrives() {
        List<OfferedLayer> offers = endpoint(A).inbound().sources().getFirst().offers(lab.now());
        assertThat(offers).extracting(OfferedLayer::encoding).containsExactly(0, 1, 2);
        assertThat(offers).extracting(OfferedLayer::height).containsExactly(180, 180, 180);
        for (OfferedLayer offer : offers) {
            assertThat(offer.framesPerSecond()).isBetween(22.0, 28.0);
            long bits = 25L * (1 + offer.encoding()) * (100 + 200 * offer.encoding()) * 8;
            assertThat((double) offer.bitsPerSecond()).isBetween(bits * 0.9, bits * 1.5);
        }
        camera.sends(2, false);
        lab.runMillis(400);
        assertThat(endpoint(A).inbound().sources().getFirst().offers(lab.now()))
                .extracting(OfferedLayer::encoding)
                .containsExactly(0, 1);
    }

    @Test
    void anEncodingOfAnotherIsNotTakenOver() {
        long before = lab.count(Counter.DROPPED_UNKNOWN_SSRC);
        lab.inject(b.port(), b.seal(camera.packet(1, true, true, lab.now())));
        assertThat(lab.count(Counter.DROPPED_UNKNOWN_SSRC)).isEqualTo(before + 1);
        assertThatExceptionOfType(ConferenceException.class)
                .isThrownBy(() ->
                        lab.conference().setSources(B, List.of(Offers.video(B, camera.ssrc(2), 90_001)), lab.now()))
                .matches(refused -> refused.reason() == Reason.CONFLICT);
    }

    @Test
    void anEncodingThatIsNoLongerSignalledIsLeft() throws Exception {
        MediaSource all = camera.described(A + "-v0");
        MediaSource first = new MediaSource(
                all.name(),
                MediaKind.VIDEO,
                VideoType.CAMERA,
                all.ssrcs().subList(0, 2),
                all.groups().subList(0, 1));
        lab.conference().setSources(A, List.of(first), lab.now());
        lab.runMillis(500);
        assertThat(encodingsWhile(() -> lab.runMillis(500))).containsExactly(0);
        lab.conference().setSources(A, List.of(all), lab.now());
        lab.runMillis(500);
        assertThat(encodingsWhile(() -> lab.runMillis(500))).containsExactly(2);
        assertThat(b.missing(ssrc, 0)).isZero();
    }
}
