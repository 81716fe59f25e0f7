package org.videowindow.bridge.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H264Test {
    /** Constrained baseline 3.1, 640 x 360: 40 x 23 macroblocks of which 8 lines are cut off. */
    private static final String SPS = "67 42c01fda0280bfe540";

    private final H264 h264 = new H264();
    private final PacketLayers layers = new PacketLayers();

    private boolean read(String text) {
        byte[] bytes = hex(text);
        return h264.read(shifted(bytes), OFFSET, bytes.length, layers);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // what, bytes, key, begins a frame
        "a slice, 41 9a00, false, true",
        "a slice in the middle of a picture, 41 4a00, false, false",
        "an IDR slice of a sender without parameter sets, 65 8884, true, true",
        "parameter sets and an IDR slice in one packet, 78 0004 6742c01f 0002 68ce 0003 658884, true, true",
        "parameter sets in one packet, 78 0004 6742c01f 0002 68ce, true, true",
        "supplemental information, 06 0501, false, false",
        "the first fragment of an IDR slice, 7c 85 88, true, true",
        "a middle fragment of an IDR slice, 7c 05 88, true, false",
        "the last fragment of a slice, 5c 41 88, false, false",
        "the first fragment of a slice, 5c 81 9a, false, true",
    })
    void tellsWhereAnybodyCanBegin(String name, String text, boolean key, boolean start) {
        assertThat(read(text)).as(name).isTrue();
        assertThat(layers.keyFrame).isEqualTo(key);
        assertThat(layers.frameStart).isEqualTo(start);
        assertThat(layers.canBegin(0)).isEqualTo(key && start);
        assertThat(layers.neededFor(0, 0)).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "nothing, ''",
        "a header without unit, 65",
        "unit type 0, 60 00 00",
        "STAP-B, 79 0000 0002 6742",
        "FU-B, 7d 85 0000",
        "an aggregate of nothing but a byte, 78 00",
        "a unit of size 0, 78 0000 0002 68ce",
        "a unit that is longer than the packet, 78 0005 6742c01f",
        "a second unit that is cut off, 78 0002 68ce 0003 65",
        "a fragment without data, 7c 85",
        "a fragment that is first and last, 7c c5 88",
    })
    void refusesWhatIsCutOffOrLies(String name, String text) {
        assertThat(read(text)).as(name).isFalse();
        assertThat(layers.known).isFalse();
        assertThat(layers.canBegin(0)).isFalse();
    }

    @Test
    void whoeverSendsParameterSetsIsBegunWithThem() {
        assertThat(read("78 0004 6742c01f 0002 68ce")).isTrue();
        assertThat(layers.canBegin(0)).isTrue();
        assertThat(read("7c 85 88")).isTrue();
        assertThat(layers.keyFrame).isTrue();
        assertThat(layers.canBegin(0)).as("behind the parameter sets").isFalse();
    }

    @Test
    void theParameterSetTellsTheSize() {
        assertThat(read(SPS)).isTrue();
        assertThat(layers.width(0)).isEqualTo(640);
        assertThat(layers.height(0)).isEqualTo(360);
        assertThat(read("67 42c01f")).as("cut off").isTrue();
        assertThat(layers.sizes).isZero();
    }

    @Test
    void theParameterSetOfTheHighProfileTellsTheSize() {
        assertThat(read("67 64001f acd9405005bb011000000300100000030320f1831960"))
                .isTrue();
        assertThat(layers.width(0)).isEqualTo(1280);
        assertThat(layers.height(0)).isEqualTo(720);
    }

    /** High profile, 1920 x 1080 in fields, with the longest way to say the order of pictures. */
    @Test
    void theParameterSetOfAnInterlacedStreamTellsTheSize() {
        assertThat(read("67 640028aca108d3280f0088fb40")).isTrue();
        assertThat(layers.width(0)).isEqualTo(1920);
        assertThat(layers.height(0)).isEqualTo(1080);
    }

    /** Zeros are kept apart by a 3: here those of the level and of what is before it. */
    @Test
    void bytesThatKeepStartCodesOutAreTakenOut() {
        assertThat(read("67 420000 03 da79")).isTrue();
        assertThat(layers.width(0)).isEqualTo(16);
    }
}
