package org.videowindow.bridge.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpPacketTest {
    private static final String PLAIN = "80e4 1234 89abcdef deadbeef 010203";
    private final RtpPacket packet = new RtpPacket();

    private boolean wrap(String text) {
        byte[] bytes = hex(text);
        return packet.wrap(shifted(bytes), OFFSET, bytes.length);
    }

    @Test
    void readsEveryField() {
        assertThat(wrap("82e4 1234 89abcdef deadbeef 11111111 22222222 010203")).isTrue();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(100);
        assertThat(packet.sequenceNumber()).isEqualTo(0x1234);
        assertThat(packet.timestamp()).isEqualTo(0x89abcdef);
        assertThat(packet.ssrc()).isEqualTo(0xdeadbeef);
        assertThat(packet.csrcCount()).isEqualTo(2);
        assertThat(packet.csrc(0)).isEqualTo(0x11111111);
        assertThat(packet.csrc(1)).isEqualTo(0x22222222);
        assertThat(packet.hasExtension()).isFalse();
        assertThat(packet.headerLength()).isEqualTo(20);
        assertThat(packet.payloadOffset()).isEqualTo(OFFSET + 20);
        assertThat(packet.payloadLength()).isEqualTo(3);
    }

    @Test
    void writesEveryFieldInPlaceAndNothingElse() {
        assertThat(wrap(PLAIN)).isTrue();
        packet.marker(false);
        packet.payloadType(96);
        packet.sequenceNumber(0x1FFFF);
        packet.timestamp(0x01020304);
        packet.ssrc(0xcafebabe);
        assertThat(Packets.hex(packet.buffer(), OFFSET, packet.length())).isEqualTo("8060ffff01020304cafebabe010203");
        packet.marker(true);
        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.buffer()[OFFSET - 1]).isZero();
        assertThat(packet.buffer()[OFFSET + 15]).isZero();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "no bytes, ''",
        "eleven bytes, 80641234 89abcdef deadbe",
        "version 0, 00641234 89abcdef deadbeef",
        "version 1, 40641234 89abcdef deadbeef",
        "version 3, c0641234 89abcdef deadbeef",
        "more contributing sources than bytes, 81641234 89abcdef deadbeef 112233",
        "15 contributing sources, 8f641234 89abcdef deadbeef 11111111 22222222",
        "extension bit without header, 90641234 89abcdef deadbeef bede00",
        "extension longer than the packet, 90641234 89abcdef deadbeef bede0002 10000000",
        "extension of 65535 words, 90641234 89abcdef deadbeef bedeffff 10000000",
        "padding count 0, a0641234 89abcdef deadbeef 010200",
        "padding count beyond the payload, a0641234 89abcdef deadbeef 010204",
        "padding count 255, a0641234 89abcdef deadbeef 0102ff",
        "padding bit without payload, a0641234 89abcdef deadbeef",
    })
    void refusesHeadersThatLie(String why, String text) {
        assertThat(wrap(text)).as(why).isFalse();
    }

    @Test
    void aPacketMayBeAllPadding() {
        assertThat(wrap("a0641234 89abcdef deadbeef 000003")).isTrue();
        assertThat(packet.payloadLength()).isZero();
        assertThat(packet.paddingLength()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "one byte form, bede0003 10 8a 51 0001 a1 3035 000000 00, 1, 8a",
        "one byte form second, bede0003 10 8a 51 0001 a1 3035 000000 00, 5, 0001",
        "one byte form third, bede0003 10 8a 51 0001 a1 3035 000000 00, 10, 3035",
        "behind padding, bede0002 00 00 00 10 8a 00 00 00, 1, 8a",
        "longest element, bede0005 3f 000102030405060708090a0b0c0d0e0f 000000, 3, 000102030405060708090a0b0c0d0e0f",
        "two byte form, 10000002 01 01 8a 0a 02 3031 00, 10, 3031",
        "two byte form with application bits, 100f0001 05 02 1234, 5, 1234",
        "two byte form empty element, 10000001 07 00 0000, 7, ''",
        "two byte form big id, 10000001 c8 01 55 00, 200, 55",
    })
    void findsElements(String name, String extension, int id, String data) {
        assertThat(wrap("90641234 89abcdef deadbeef" + extension + "0102")).isTrue();
        assertThat(packet.payloadLength()).isEqualTo(2);
        assertThat(packet.findExtension(id)).isTrue();
        assertThat(Packets.hex(packet.buffer(), packet.elementOffset(), packet.elementLength()))
                .isEqualTo(data);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "not there, bede0001 10 8a 00 00, 2",
        "behind id 15, bede0002 f0 00 10 8a 00 00 00 00, 1",
        "element longer than the extension, bede0001 1f 8a 00 00, 1",
        "behind an element that lies, bede0002 2f 8a 10 55 00 00 00 00, 1",
        "id 0 is padding, bede0001 00 00 00 00, 0",
        "two byte element longer than the extension, 10000001 01 09 8a 00, 1",
        "two byte element without length, 10000001 00 00 00 01, 1",
        "unknown profile, abcd0001 10 8a 00 00, 1",
        "empty extension, bede0000, 1",
    })
    void doesNotFindElements(String name, String extension, int id) {
        assertThat(wrap("90641234 89abcdef deadbeef" + extension + "0102")).isTrue();
        assertThat(packet.findExtension(id)).isFalse();
        assertThat(packet.blankExtension(id)).isFalse();
        assertThat(packet.audioLevel(id)).isEqualTo(-1);
        assertThat(packet.transportSequence(id)).isEqualTo(-1);
        assertThat(packet.transportSequence(id, 1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "bede0003 10 8a 51 0001 a1 3035 000000 00, bede0003 10 8a 51 0001 00 0000 000000 00",
        "10000003 0a 02 3031 01 01 8a 05 02 1234 00, 10000003 00 00 0000 01 01 8a 05 02 1234 00",
    })
    void aBlankedElementIsPaddingAndTheOthersStay(String extension, String expected) {
        assertThat(wrap("90641234 89abcdef deadbeef" + extension + "0102")).isTrue();
        assertThat(packet.blankExtension(10)).isTrue();
        assertThat(Packets.hex(packet.buffer(), OFFSET + 12, packet.headerLength() - 12))
                .isEqualTo(expected.replace(" ", ""));
        assertThat(packet.findExtension(10)).isFalse();
        assertThat(packet.audioLevel(1)).isEqualTo(10);
        assertThat(packet.voiceActivity(1)).isTrue();
        assertThat(packet.transportSequence(5)).isIn(1, 0x1234);
        assertThat(packet.transportSequence(5, 0xFEDC)).isTrue();
        assertThat(packet.transportSequence(5)).isEqualTo(0xFEDC);
    }

    @Test
    void absoluteSendTimeIs18BitsOfFractionWrappingAfter64Seconds() {
        assertThat(RtpPacket.toAbsoluteSendTime(0)).isZero();
        assertThat(RtpPacket.toAbsoluteSendTime(1_000_000_000L)).isEqualTo(1 << 18);
        assertThat(RtpPacket.toAbsoluteSendTime(63_999_999_999L)).isEqualTo(0xFFFFFF);
        assertThat(RtpPacket.toAbsoluteSendTime(64_000_000_000L)).isZero();
        assertThat(RtpPacket.toAbsoluteSendTime(-1_000_000_000L)).isEqualTo(63 << 18);
        assertThat(wrap("90641234 89abcdef deadbeef bede0001 32 123456 00")).isTrue();
        assertThat(packet.absoluteSendTime(3)).isEqualTo(0x123456);
        assertThat(packet.absoluteSendTime(3, 500_000_000L)).isTrue();
        assertThat(packet.absoluteSendTime(3)).isEqualTo(1 << 17);
    }
}
