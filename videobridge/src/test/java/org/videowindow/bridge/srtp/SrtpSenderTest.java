package org.videowindow.bridge.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.rtp.Packets;

class SrtpSenderTest {
    private final Random random = new Random(11);
    private final byte[] out = new byte[2048];

    @Test
    void anIndexIsNeverUsedTwice() {
        SrtpSender sender = sender();
        byte[] first = Packets.rtp(1, 500, 20, random);
        byte[] other = Packets.rtp(1, 500, 20, random);
        assertThat(sender.protect(first, OFFSET, 32, out, 0)).isEqualTo(48);
        assertThat(sender.protect(other, OFFSET, 32, out, 0)).isEqualTo(SrtpStatus.REPEATED);
        assertThat(sender.protect(Packets.rtp(1, 499, 20, random), OFFSET, 32, out, 0))
                .isEqualTo(48);
        assertThat(sender.protect(Packets.rtp(1, 2_000, 20, random), OFFSET, 32, out, 0))
                .isEqualTo(48);
        assertThat(sender.protect(Packets.rtp(1, 498, 20, random), OFFSET, 32, out, 0))
                .isEqualTo(SrtpStatus.TOO_OLD);
        assertThat(sender.failures(SrtpStatus.REPEATED)).isEqualTo(1);
    }

    @Test
    void aSenderForgetsNoStreamAndRefusesMoreThanItsBound() {
        SrtpSender sender = sender();
        for (int ssrc = 0; ssrc < SrtpSender.MAX_STREAMS; ssrc++) {
            assertThat(sender.protect(Packets.rtp(ssrc, 1, 1, random), OFFSET, 13, out, 0))
                    .isEqualTo(29);
        }
        assertThat(sender.protect(Packets.rtp(-1, 1, 1, random), OFFSET, 13, out, 0))
                .isEqualTo(SrtpStatus.TOO_MANY_STREAMS);
        assertThat(sender.protect(Packets.rtp(0, 1, 1, random), OFFSET, 13, out, 0))
                .isEqualTo(SrtpStatus.REPEATED);
        assertThat(sender.protect(Packets.rtp(0, 2, 1, random), OFFSET, 13, out, 0))
                .isEqualTo(29);
    }

    @Test
    void bytesThatAreNoPacketAreRefused() {
        SrtpSender sender = sender();
        byte[] lying = Packets.hex("9f640001 00000000 00000001 00000000");
        assertThat(sender.protect(lying, 0, lying.length, out, 0)).isEqualTo(SrtpStatus.MALFORMED);
        assertThat(sender.protectRtcp(lying, 0, 7, out, 0)).isEqualTo(SrtpStatus.MALFORMED);
    }

    private SrtpSender sender() {
        return new SrtpSender(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);
    }
}
