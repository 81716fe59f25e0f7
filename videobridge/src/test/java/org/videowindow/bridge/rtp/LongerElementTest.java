package org.videowindow.bridge.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elements of id 11 that become longer. */
class LongerElementTest {
    private static final String HEAD = "90e4 1234 89abcdef deadbeef ";

    private final RtpPacket packet = new RtpPacket();
    private final byte[] out = new byte[2048];

    private int lengthen(byte[] bytes, byte[] data) {
        assertThat(packet.wrap(shifted(bytes), OFFSET, bytes.length)).isTrue();
        assertThat(packet.findExtension(11)).isTrue();
        Arrays.fill(out, (byte) 0xee);
        System.arraycopy(data, 0, out, packet.elementOffset() - OFFSET, data.length);
        return LongerElement.copyAround(packet, packet.elementOffset(), packet.elementLength(), data.length, out);
    }

    @ParameterizedTest
    @CsvSource({
        "bede0001 b2010203, 0a0b0c0d, bede0002 b30a0b0c 0d000000",
        "bede0002 b2010203 51777700, 0a0b0c0d, bede0003 b30a0b0c 0d517777 00000000",
        "bede0002 00b20102 03517777, 0a0b0c, bede0002 00b20a0b 0c517777",
        "bede0002 51777700 b2010203, 0a0b0c0d0e, bede0003 51777700 b40a0b0c 0d0e0000",
        "bede0001 b0010000, 0a0b0c, bede0002 b20a0b0c 00000000",
        "10000002 0b030102 03050107, 0a0b0c0d, 10000003 0b040a0b 0c0d0501 07000000",
        "10070002 05010700 0b020102, 0a0b0c0d0e, 10070003 05010700 0b050a0b 0c0d0e00",
    })
    void whatLiesBehindMovesUp(String before, String data, String after) {
        int length = lengthen(hex(HEAD + before + "0506"), hex(data));
        assertThat(Packets.hex(out, 0, length)).isEqualTo((HEAD + after + "0506").replace(" ", ""));
    }

    @Test
    void anElementOfTheShortFormHasNoMoreThanSixteenBytes() {
        byte[] bytes = hex(HEAD + "bede0001 b2010203 0506");
        assertThat(lengthen(bytes, new byte[16])).isEqualTo(bytes.length + 16);
        assertThat(lengthen(bytes, new byte[17])).isZero();
        byte[] longForm = hex(HEAD + "10000002 0b030102 03000000 0506");
        assertThat(lengthen(longForm, new byte[255])).isPositive();
        assertThat(lengthen(longForm, new byte[256])).isZero();
    }

    @Test
    void contributingSourcesAndPaddingStay() {
        int length = lengthen(hex("b1e4 1234 89abcdef deadbeef cafecafe bede0001 b2010203 05060002"), hex("0a0b0c0d"));
        assertThat(Packets.hex(out, 0, length))
                .isEqualTo("b1e4123489abcdefdeadbeefcafecafe" + "bede0002b30a0b0c0d000000" + "05060002");
        assertThat(packet.wrap(out, 0, length)).isTrue();
        assertThat(packet.payloadLength()).isEqualTo(2);
    }

    @Test
    void theOtherElementsAndThePayloadAreFoundAgain() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            byte[] payload = new byte[random.nextInt(50)];
            random.nextBytes(payload);
            byte[] bytes = Arrays.copyOf(hex(HEAD + "bede0003 108a b2010203 517788 000000"), 28 + payload.length);
            System.arraycopy(payload, 0, bytes, 28, payload.length);
            byte[] data = new byte[3 + random.nextInt(6)];
            random.nextBytes(data);
            int length = lengthen(bytes, data);
            RtpPacket copy = new RtpPacket();
            assertThat(copy.wrap(out, 0, length)).isTrue();
            assertThat(copy.audioLevel(1)).isEqualTo(10);
            assertThat(copy.transportSequence(5)).isEqualTo(0x7788);
            assertThat(copy.findExtension(11)).isTrue();
            assertThat(Arrays.copyOfRange(out, copy.elementOffset(), copy.elementOffset() + copy.elementLength()))
                    .isEqualTo(data);
            assertThat(Arrays.copyOfRange(out, copy.payloadOffset(), length)).isEqualTo(payload);
            assertThat(length).isLessThanOrEqualTo(bytes.length + LongerElement.MOST_GROWTH);
        }
    }
}
