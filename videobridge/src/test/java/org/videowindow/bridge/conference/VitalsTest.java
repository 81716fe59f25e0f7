package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.videowindow.bridge.allocation.Reason;

/** What metrics and diagnosis tell about receivers. */
class VitalsTest {
    private static final String A = "aaaa1111";
    private static final String B = "bbbb2222";
    private static final String C = "cccc3333";

    @Test
    void everyReceiverIsCountedWithWhatItGetsAndWhy() throws Exception {
        CallLab lab = new CallLab(41);
        lab.join(A);
        lab.join(B);
        lab.join(C);
        Vitals before = new Vitals();
        lab.plane().collect(before, lab.now());
        assertThat(before.estimate(0.5)).as("nobody is connected").isNaN();

        lab.runMillis(5_000);
        Vitals vitals = new Vitals();
        lab.plane().collect(vitals, lab.now());
        int videos = Vitals.heights().stream().mapToInt(vitals::videos).sum();
        assertThat(videos).as("each sees two").isEqualTo(6);
        assertThat(vitals.videos(0)).as("all are sent").isZero();
        int reasons = 0;
        for (Reason reason : Reason.values()) {
            reasons += vitals.videos(reason);
        }
        assertThat(reasons).isEqualTo(6);
    }

    @Test
    void aSnapshotSaysWhoGetsWhichLayerAndWhy() throws Exception {
        CallLab lab = new CallLab(42);
        lab.join(A);
        lab.join(B);
        lab.runMillis(3_000);
        ConferenceSnapshot snapshot = lab.conference().snapshot(lab.now());
        ConferenceSnapshot.Reception reception = snapshot.endpoints().getFirst().reception();
        assertThat(reception.estimateBps()).isPositive();
        assertThat(reception.limitedBy()).isNotBlank();
        assertThat(reception.chosenBps()).isPositive();
        assertThat(reception.videos()).singleElement().satisfies(video -> {
            assertThat(video.name()).isEqualTo(B + "-v0");
            assertThat(video.encoding()).isZero();
            assertThat(video.reason()).isEqualTo(Reason.AS_WANTED);
        });
    }
}
