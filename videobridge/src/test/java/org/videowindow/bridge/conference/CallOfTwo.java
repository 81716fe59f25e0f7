package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;

/** A call of two simulated clients, with sound and pictures, that goes on whatever a test does to it. */
abstract class CallOfTwo {
    static final String A = "aaaa1111";
    static final String B = "bbbb2222";

    final CallLab lab = new CallLab(1);
    LabClient a;
    LabClient b;

    @BeforeEach
    void aCallOfTwo() throws Exception {
        a = lab.join(A);
        b = lab.join(B);
        lab.runMillis(2_000);
    }

    final void theCallGoesOn() {
        int pictures = b.packets(a.videoSsrc()).size();
        int sounds = b.packets(a.audioSsrc()).size();
        lab.runMillis(1_000);
        assertThat(b.packets(a.videoSsrc())).hasSizeGreaterThan(pictures + 90);
        assertThat(b.packets(a.audioSsrc())).hasSizeGreaterThan(sounds + 45);
        assertThat(b.missing(a.videoSsrc(), 0)).isZero();
        assertThat(lab.outside().endpointIds()).containsExactlyInAnyOrder(A, B);
        assertThat(lab.count(Counter.WORKER_FAULTS)).isZero();
    }
}
