package org.videowindow.bridge.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.rtp.Packets;

class RedTest {
    private final Red red = new Red();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "nothing redundant, 6f 01020304, 111, 01020304",
        "one block of three bytes, ef 0f0003 6f aaaaaa 0102, 111, 0102",
        "two blocks, ef 1e0002 ef 0f0001 6f aaaa bb 01, 111, 01",
        "an empty redundant block, ef 0f0000 6f 0102, 111, 0102",
        "another payload type behind it, ef 0f0001 00 aa 01, 0, 01",
    })
    void findsTheNewestBlock(String name, String text, int payloadType, String newest) {
        byte[] bytes = hex(text);
        byte[] shifted = shifted(bytes);
        assertThat(red.wrap(shifted, OFFSET, bytes.length)).as(name).isTrue();
        assertThat(red.payloadType()).isEqualTo(payloadType);
        assertThat(Packets.hex(shifted, red.offset(), red.length())).isEqualTo(newest);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "nothing, ''",
        "nothing but a header, 6f",
        "a header that is cut off, ef 0f00",
        "no header of the newest block, ef 0f0001",
        "a block longer than the packet, ef 0f0004 6f aaaaaa",
        "a block that leaves nothing, ef 0f0003 6f aaaaaa",
        "a block of 1023 bytes, ef 0fffff 6f aaaaaa01",
        "headers without end, ef000000 ef000000 ef000000",
    })
    void refusesLengthsThatLie(String name, String text) {
        byte[] bytes = hex(text);
        assertThat(red.wrap(shifted(bytes), OFFSET, bytes.length)).as(name).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"16, true", "17, false", "300, false"})
    void theNumberOfBlocksIsBounded(int blocks, boolean accepted) {
        byte[] bytes = hex("ef000000".repeat(blocks) + "6f01");
        assertThat(red.wrap(shifted(bytes), OFFSET, bytes.length)).isEqualTo(accepted);
    }
}
