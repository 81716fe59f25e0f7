package org.videowindow.bridge.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Av1Test {
    private final PacketLayers layers = new PacketLayers();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // what, bytes, key, spatial, temporal
        "a new sequence in one unit, 18 0a00, true, 0, 0",
        "a new sequence of two units, 28 02 0a00 3200, true, 0, 0",
        "a frame, 10 3200, false, 0, 0",
        "a frame of temporal layer 1 and spatial layer 2, 10 36 30 00, false, 2, 1",
        "the same with a length before it, 00 03 36 30 00, false, 2, 1",
        "a length of two bytes, 00 8300 363000, false, 2, 1",
        "the rest of a unit, 90 36 30, false, 0, 0",
    })
    void readsTheBeginning(String name, String text, boolean key, int spatial, int temporal) {
        byte[] bytes = hex(text);
        assertThat(Av1.read(shifted(bytes), OFFSET, bytes.length, layers))
                .as(name)
                .isTrue();
        assertThat(layers.canBegin(0)).isEqualTo(key);
        assertThat(layers.spatial).isEqualTo(spatial);
        assertThat(layers.temporal).isEqualTo(temporal);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "nothing, ''",
        "a header alone, 10",
        "the rest of a unit that begins a sequence, 98 0a00",
        "a length behind the end, 20 09 0a00",
        "a length without end, 20 80 80",
        "a length of too many bytes, 20 80808000 0a00",
    })
    void refusesWhatIsCutOffOrLies(String name, String text) {
        byte[] bytes = hex(text);
        assertThat(Av1.read(shifted(bytes), OFFSET, bytes.length, layers))
                .as(name)
                .isFalse();
        assertThat(layers.known).isFalse();
    }
}
