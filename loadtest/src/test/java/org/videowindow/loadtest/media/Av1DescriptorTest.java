package org.videowindow.loadtest.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Av1DescriptorTest {
    @Test
    void aKeyFrameCarriesTheStructureAndFitsAShortExtension() {
        Frame frame = new Frame();
        frame.keyFrame = true;
        frame.number = 0x0102;
        Av1Descriptor descriptor = new Av1Descriptor();

        assertThat(descriptor.write(frame, true, false)).isLessThanOrEqualTo(16);
        assertThat(HexFormat.of().formatHex(descriptor.bytes(), 0, 4)).isEqualTo("80010280");
    }

    @Test
    void otherPacketsHaveThreeBytes() {
        Frame frame = new Frame();
        frame.position = 2;
        frame.number = 7;
        Av1Descriptor descriptor = new Av1Descriptor();

        assertThat(descriptor.write(frame, false, true)).isEqualTo(3);
        assertThat(HexFormat.of().formatHex(descriptor.bytes(), 0, 3)).isEqualTo("420007");
    }
}
