package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Packets of pictures are made equally long where no error correction is computed over them. */
class EvenPacketsTest {
    private static final String A = "aaaa1111";
    private static final String B = "bbbb2222";

    @Test
    void packetsOfAFrameGetAByteOfPadding() throws Exception {
        CallLab lab = new CallLab(1);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        lab.runMillis(3_000);
        assertThat(b.newestPadding(a.videoSsrc())).isEqualTo(1);
        assertThat(b.newestPadding(a.audioSsrc())).isZero();
        assertThat(b.newestPayload(a.videoSsrc())).hasSize(600);
        assertThat(b.missing(a.videoSsrc(), 60)).isZero();
    }

    @Test
    void whatErrorCorrectionCoversIsNotPadded() throws Exception {
        CallLab lab = new CallLab(1);
        LabClient a = lab.add(A, Offers.withProtection());
        lab.conference().setSources(A, Offers.camera(A, a.audioSsrc()), lab.now());
        LabClient b = lab.join(B);
        lab.runMillis(3_000);
        assertThat(b.packets(a.videoSsrc())).hasSizeGreaterThan(100);
        assertThat(b.newestPadding(a.videoSsrc())).isZero();
    }
}
