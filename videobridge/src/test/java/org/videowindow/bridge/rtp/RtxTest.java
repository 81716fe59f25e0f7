package org.videowindow.bridge.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtxTest {
    private final RtpPacket packet = new RtpPacket();
    private final byte[] out = new byte[2048];

    private void wrap(String text) {
        byte[] bytes = hex(text);
        assertThat(packet.wrap(shifted(bytes), OFFSET, bytes.length)).isTrue();
    }

    @Test
    void wrapsAsRfc4588Draws() {
        wrap("90e4 1234 89abcdef deadbeef bede0001 108a0000 0102030405");
        int length = Rtx.wrap(packet, out, 3, 0xcafebabe, 96, 0x7777);
        assertThat(Packets.hex(out, 3, length))
                .isEqualTo("90e0777789abcdefcafebabebede0001108a0000" + "1234" + "0102030405");
    }

    @Test
    void anOriginalSurvivesTheWayThereAndBack() {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = Packets.rtpWithExtensions(
                    random.nextInt(), random.nextInt(65536), 1 + random.nextInt(1100), random);
            int length = bytes.length - OFFSET - 64;
            assertThat(packet.wrap(bytes, OFFSET, length)).isTrue();
            int wrapped = Rtx.wrap(packet, out, 11, 1, 96, i);
            RtpPacket rtx = new RtpPacket();
            assertThat(rtx.wrap(out, 11, wrapped)).isTrue();
            assertThat(Rtx.originalSequence(rtx)).isEqualTo(packet.sequenceNumber());
            byte[] back = new byte[2048];
            int restored = Rtx.unwrap(rtx, back, 2, packet.ssrc(), packet.payloadType());
            assertThat(Arrays.copyOfRange(back, 2, 2 + restored))
                    .isEqualTo(Arrays.copyOfRange(bytes, OFFSET, OFFSET + length));
        }
    }

    @Test
    void paddingIsLeftOutBothWays() {
        wrap("a0e4 1234 89abcdef deadbeef 0102 000003");
        assertThat(Packets.hex(out, 0, Rtx.wrap(packet, out, 0, 1, 96, 2)))
                .isEqualTo("80e0000289abcdef00000001" + "1234" + "0102");
        wrap("a0e0 0002 89abcdef 00000001 1234 0102 02 02");
        assertThat(Packets.hex(out, 0, Rtx.unwrap(packet, out, 0, 5, 100)))
                .isEqualTo("80e4123489abcdef00000005" + "0102");
    }

    @Test
    void aProbeAndAStumpAreToldApart() {
        wrap("a0e0 0002 89abcdef 00000001 000003");
        assertThat(Rtx.unwrap(packet, out, 0, 5, 100)).isEqualTo(Rtx.EMPTY);
        wrap("80e0 0002 89abcdef 00000001 12");
        assertThat(Rtx.unwrap(packet, out, 0, 5, 100)).isEqualTo(Rtx.MALFORMED);
        wrap("80e0 0002 89abcdef 00000001 1234");
        assertThat(Rtx.unwrap(packet, out, 0, 5, 100)).isEqualTo(Rtx.MALFORMED);
        assertThat(Rtx.originalSequence(packet)).isEqualTo(Rtx.MALFORMED);
    }
}
