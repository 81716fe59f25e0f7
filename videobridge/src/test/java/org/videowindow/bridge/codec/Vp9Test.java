package org.videowindow.bridge.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.rtp.Packets;

class Vp9Test {
    private final Vp9 vp9 = new Vp9();
    private final PacketLayers layers = new PacketLayers();
    private byte[] shifted;

    private boolean read(String text) {
        byte[] bytes = hex(text);
        shifted = shifted(bytes);
        return vp9.read(shifted, OFFSET, bytes.length, layers);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // text, picture id, its bits, TL0PICIDX, spatial, temporal, begins, ends, key, inter-layer, for higher layers
        "08 00, -1, 0, -1, 0, 0, true, false, true, false, true",
        "0c 00, -1, 0, -1, 0, 0, true, true, true, false, true",
        "48 00, -1, 0, -1, 0, 0, true, false, false, false, true",
        "88 55 00, 85, 7, -1, 0, 0, true, false, true, false, true",
        "c8 8123 00, 291, 15, -1, 0, 0, true, false, false, false, true",
        "e9 ffff 33 07 00, 32767, 15, 7, 1, 1, true, false, false, true, false",
        "e0 8001 50 fe 00, 1, 15, 254, 0, 2, false, false, false, false, true",
        "f9 8123 33 03 04 00, 291, 15, -1, 1, 1, true, false, false, true, false",
        "f4 8123 44 02 00, 291, 15, -1, 2, 2, false, true, false, false, true",
        "b8 8123 00 00, 291, 15, -1, 0, 0, true, false, true, false, true",
    })
    void readsTheDescriptor(
            String text,
            int pictureId,
            int bits,
            int tl0,
            int spatial,
            int temporal,
            boolean starts,
            boolean ends,
            boolean key,
            boolean interLayer,
            boolean used) {
        assertThat(read(text)).isTrue();
        assertThat(layers.known).isTrue();
        assertThat(layers.pictureId).isEqualTo(pictureId);
        assertThat(layers.pictureIdBits).isEqualTo(bits);
        assertThat(layers.tl0PicIdx).isEqualTo(tl0);
        assertThat(layers.spatial).isEqualTo(spatial);
        assertThat(layers.temporal).isEqualTo(temporal);
        assertThat(layers.frameStart).isEqualTo(starts);
        assertThat(layers.frameEnd).isEqualTo(ends);
        assertThat(layers.keyFrame).isEqualTo(key);
        assertThat(layers.interLayer).isEqualTo(interLayer);
        assertThat(layers.usedByHigherSpatial).isEqualTo(used);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "nothing, ''",
        "a descriptor without payload, 08",
        "no picture id, 88",
        "half of a long picture id, 88 81",
        "no layers, a8 55",
        "layers without TL0PICIDX, a8 55 00",
        "nothing behind TL0PICIDX, a8 55 00 07",
        "flexible mode without picture id, 38 00 00",
        "no reference, f8 55 00",
        "a fourth reference, f8 55 00 03 03 03 02 00",
        "references that go on behind the end, f8 55 00 03 03",
        "nothing behind the references, f8 55 00 02",
        "spatial layer 0 predicted from a lower one, a8 55 01 07 00",
        "no structure, 8a 55",
        "a structure without the sizes it announces, 8a 55 30 0140 00b4 0280",
        "a structure without its pictures, 8a 55 08",
        "255 pictures of which none is there, 8a 55 08 ff",
        "a picture that is cut off in its references, 8a 55 08 01 1c 01 02",
        "a spatial layer that the structure does not have, aa 55 04 07 20 00",
    })
    void refusesWhatIsCutOffOrContradictsItself(String name, String text) {
        layers.known = true;
        assertThat(read(text)).as(name).isFalse();
        assertThat(layers.known).isFalse();
        assertThat(layers.neededFor(0, 0)).isTrue();
        assertThat(layers.canBegin(0)).isFalse();
    }

    @Test
    void aStructureTellsSizesAndIsRemembered() {
        assertThat(read("aa 55 00 07 38 0140 00b4 0280 0168 02 14 02 34 01 99")).isTrue();
        assertThat(layers.spatialLayers).isEqualTo(2);
        assertThat(layers.temporalLayers).isEqualTo(2);
        assertThat(layers.width(0)).isEqualTo(320);
        assertThat(layers.height(1)).isEqualTo(360);
        assertThat(layers.height(2)).isZero();
        assertThat(read("e8 56 30 07 99")).isTrue();
        assertThat(layers.spatialLayers).isEqualTo(2);
        assertThat(layers.temporalLayers).isEqualTo(2);
        assertThat(layers.height(1)).as("not told by this packet").isZero();
        assertThat(read("aa 57 00 07 18 0140 00b4 00 99")).as("fewer layers").isTrue();
        assertThat(layers.spatialLayers).isEqualTo(1);
        assertThat(layers.temporalLayers).isEqualTo(1);
    }

    @Test
    void theHigherLayersOfAKeyPictureBelongToIt() {
        read("a8 55 00 07 00");
        assertThat(layers.canBegin(2)).isTrue();
        read("a8 55 03 07 00");
        assertThat(layers.keyFrame).isTrue();
        assertThat(layers.canBegin(1)).as("without the layer below").isFalse();
        read("a8 56 03 08 00");
        assertThat(layers.keyFrame).as("a refreshed layer in another picture").isFalse();
        assertThat(layers.canMove(0, 0, 1, 0)).isTrue();
        assertThat(layers.canMove(0, 0, 2, 0)).isFalse();
    }

    @Test
    void zTellsKeySvcFromFullSvc() {
        read("e8 56 02 08 00");
        assertThat(layers.neededFor(0, 7)).isFalse();
        assertThat(layers.neededFor(1, 0)).isTrue();
        assertThat(layers.neededFor(2, 0)).isTrue();
        assertThat(layers.canMove(2, 0, 1, 0)).isTrue();
        read("e9 56 02 08 00");
        assertThat(layers.neededFor(1, 0)).isTrue();
        assertThat(layers.neededFor(2, 0)).isFalse();
        assertThat(layers.canMove(2, 0, 1, 0)).isFalse();
        read("e8 56 42 08 00");
        assertThat(layers.neededFor(1, 1)).as("temporal layer 2").isFalse();
        assertThat(layers.neededFor(1, 2)).isTrue();
    }

    @Test
    void inFlexibleModeTheReferencesTellWhereALayerCanBeAdded() {
        read("b8 8001 00 00");
        read("f8 8002 20 02 00");
        assertThat(layers.switchUp).as("refers to layer 0").isTrue();
        assertThat(layers.canRaise(0, 1)).isTrue();
        assertThat(layers.canRaise(0, 2)).isFalse();
        read("f8 8003 30 02 00");
        assertThat(layers.switchUp)
                .as("refers to its own layer, whatever U says")
                .isFalse();
        read("f8 8004 30 c8 00");
        assertThat(layers.switchUp)
                .as("refers to a picture that was not seen: U decides")
                .isTrue();
        read("f8 8005 20 c8 00");
        assertThat(layers.switchUp).isFalse();
    }

    @Test
    void withoutFlexibleModeUSaysThatNothingReachesBackBehindThePicture() {
        read("e8 56 10 08 00");
        assertThat(layers.canRaise(0, 2)).isTrue();
        read("e8 56 30 08 00");
        assertThat(layers.canRaise(0, 2))
                .as("itself of a layer that was not sent")
                .isFalse();
        assertThat(layers.canRaise(1, 2)).isTrue();
        assertThat(layers.canRaise(2, 0)).isTrue();
    }

    @Test
    void rewritesInPlaceInTheBitsThereAre() {
        read("e9 8123 33 07 00");
        layers.putPictureId(shifted, OFFSET, 0x1_FFFE);
        layers.putTl0PicIdx(shifted, OFFSET, 0x1FE);
        assertThat(Packets.hex(shifted, OFFSET, 6)).isEqualTo("e9fffe33fe00");
        read("88 55 99");
        layers.putPictureId(shifted, OFFSET, 0x81);
        layers.putTl0PicIdx(shifted, OFFSET, 9);
        assertThat(Packets.hex(shifted, OFFSET, 3)).isEqualTo("880199");
        read("08 99");
        layers.putPictureId(shifted, OFFSET, 3);
        assertThat(Packets.hex(shifted, OFFSET, 2)).isEqualTo("0899");
    }
}
