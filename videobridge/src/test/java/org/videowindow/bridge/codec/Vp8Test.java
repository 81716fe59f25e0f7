package org.videowindow.bridge.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.rtp.Packets;

class Vp8Test {
    private final Vp8 vp8 = new Vp8();
    private byte[] shifted;

    private boolean wrap(String text) {
        byte[] bytes = hex(text);
        shifted = shifted(bytes);
        return vp8.wrap(shifted, OFFSET, bytes.length);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // text, descriptor bytes, picture id, TL0PICIDX, TID, starts frame
        "10 00, 1, -1, -1, -1, true",
        "00 00, 1, -1, -1, -1, false",
        "11 00, 1, -1, -1, -1, false",
        "90 00 00, 2, -1, -1, -1, true",
        "90 80 55 00, 3, 85, -1, -1, true",
        "90 80 8123 00, 4, 291, -1, -1, true",
        "90 e0 ffff 07 80 00, 6, 32767, 7, 2, true",
        "90 f0 8001 07 65 00, 6, 1, 7, 1, true",
        "90 10 05 00, 3, -1, -1, -1, true",
        "90 20 c0 00, 3, -1, -1, 3, true",
        "90 40 ff 00, 3, -1, 255, -1, true",
    })
    void readsTheDescriptor(String text, int length, int pictureId, int tl0, int tid, boolean starts) {
        assertThat(wrap(text)).isTrue();
        assertThat(vp8.descriptorLength()).isEqualTo(length);
        assertThat(vp8.pictureId()).isEqualTo(pictureId);
        assertThat(vp8.tl0PicIdx()).isEqualTo(tl0);
        assertThat(vp8.temporalLayer()).isEqualTo(tid);
        assertThat(vp8.startsFrame()).isEqualTo(starts);
    }

    @ParameterizedTest
    @CsvSource({"''", "10", "90", "90 80", "90 80 55", "90 80 81", "90 80 8123", "90 f0 8001 07 65", "90 f0 8001 07"})
    void refusesWhatIsCutOff(String text) {
        assertThat(wrap(text)).isFalse();
    }

    @Test
    void aKeyFrameIsToldByItsFirstPacketAndTellsItsSize() {
        assertThat(wrap("90 80 55 50 3a 01 9d 01 2a 80 02 e0 01 aa")).isTrue();
        assertThat(vp8.startsKeyFrame()).isTrue();
        assertThat(vp8.width()).isEqualTo(640);
        assertThat(vp8.height()).isEqualTo(480);
        assertThat(wrap("90 80 55 50 3a 01 9d 01 2a 80 c2 e0 41 aa")).isTrue();
        assertThat(vp8.width()).as("without scaling bits").isEqualTo(640);
        assertThat(vp8.height()).isEqualTo(480);
        assertThat(wrap("90 80 55 51")).isTrue();
        assertThat(vp8.startsKeyFrame()).as("inter frame").isFalse();
        assertThat(vp8.width()).isEqualTo(-1);
        assertThat(wrap("80 80 55 50")).isTrue();
        assertThat(vp8.startsKeyFrame()).as("continuation").isFalse();
        assertThat(wrap("90 80 55 50 3a 01 9d 01 2a 80 02 e0")).isTrue();
        assertThat(vp8.startsKeyFrame()).isTrue();
        assertThat(vp8.width()).as("cut off").isEqualTo(-1);
    }

    @Test
    void rewritesInPlaceInTheBitsThereAre() {
        assertThat(wrap("b0 f0 8001 07 65 00")).isTrue();
        assertThat(vp8.nonReference()).isTrue();
        assertThat(vp8.layerSync()).isTrue();
        vp8.pictureId(0x1_7FFE);
        vp8.tl0PicIdx(0x1FE);
        assertThat(Packets.hex(shifted, OFFSET, 7)).isEqualTo("b0f0fffefe6500");
        assertThat(wrap("90 80 55 00")).isTrue();
        vp8.pictureId(0xFF);
        vp8.tl0PicIdx(3);
        assertThat(Packets.hex(shifted, OFFSET, 4)).isEqualTo("90807f00");
        assertThat(wrap("10 00")).isTrue();
        vp8.pictureId(9);
        assertThat(Packets.hex(shifted, OFFSET, 2)).isEqualTo("1000");
    }
}
