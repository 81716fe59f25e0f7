package org.videowindow.bridge.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.codec.ScalableStream.Frame;
import org.videowindow.bridge.rtp.Packets;

class DependencyDescriptorTest {
    /** One template without references, one target, one chain, 320 x 180. */
    private static final String SMALLEST = "8000e42027e01660";

    private final DependencyDescriptor descriptor = new DependencyDescriptor();
    private final PacketLayers layers = new PacketLayers();

    private boolean read(String text) {
        return read(hex(text));
    }

    private boolean read(byte[] bytes) {
        return descriptor.read(shifted(bytes), OFFSET, bytes.length, layers);
    }

    /** A stream whose first frames are those of the pattern: all its key frames but the first are left out. */
    private static ScalableStream stream(int spatial, int temporal, boolean keyOnly) {
        return new ScalableStream(spatial, temporal, keyOnly, 9, 65_530, new Random() {
            private static final long serialVersionUID = 1;

            @Override
            public int nextInt(int bound) {
                return 1;
            }
        });
    }

    @Test
    void readsTheSmallestStructure() {
        assertThat(read("c0 ffff" + SMALLEST)).isTrue();
        assertThat(layers.known).isTrue();
        assertThat(layers.frameStart).isTrue();
        assertThat(layers.frameEnd).isTrue();
        assertThat(layers.frameNumber).isEqualTo(65_535);
        assertThat(layers.spatialLayers).isEqualTo(1);
        assertThat(layers.temporalLayers).isEqualTo(1);
        assertThat(layers.width(0)).isEqualTo(320);
        assertThat(layers.height(0)).isEqualTo(180);
        assertThat(layers.canBegin(0)).isTrue();
        assertThat(layers.canBegin(3))
                .as("whoever wants more gets what there is")
                .isTrue();
    }

    @Test
    void threeBytesAreEnoughAfterTheStructure() {
        read("c0 0001" + SMALLEST);
        assertThat(read("80 0002")).isTrue();
        assertThat(layers.frameStart).isTrue();
        assertThat(layers.frameEnd).isFalse();
        assertThat(layers.frameNumber).isEqualTo(2);
        assertThat(layers.canBegin(0)).as("nobody has the structure").isFalse();
        assertThat(layers.sizes).isZero();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "nothing, ''",
        "half of a frame number, c0 00",
        "no structure yet, c0 0001",
        "no structure yet but flags, c0 0001 20 00",
        "a fifth spatial layer, c0 0001 8000 aa 00000000000000000000",
        "a ninth temporal layer, c0 0001 8000 5555 00000000000000000000",
    })
    void refusesWhatCannotBeRead(String name, String text) {
        layers.known = true;
        assertThat(read(text)).as(name).isFalse();
        assertThat(layers.known).isFalse();
        assertThat(layers.canBegin(0)).isFalse();
        assertThat(layers.neededFor(0, 0)).isTrue();
    }

    @Test
    void moreTemplatesThanIdsAreRefused() {
        assertThat(read("c0 0001 8000" + "00".repeat(200))).isFalse();
    }

    @Test
    void moreReferencesThanAFrameCanHaveAreRefused() {
        assertThat(read("c0 0001 8000 ef" + "ff".repeat(40))).isFalse();
    }

    @Test
    void aStructureThatIsCutOffAnywhereLeavesTheOneBeforeInForce() {
        ScalableStream stream = stream(3, 3, true);
        byte[] whole = new DescriptorBytes(stream, 5).of(stream.frames.getFirst());
        for (int length = 0; length < whole.length; length++) {
            DependencyDescriptor fresh = new DependencyDescriptor();
            assertThat(fresh.read(shifted(hex("c0 0001" + SMALLEST)), OFFSET, 11, layers))
                    .isTrue();
            assertThat(fresh.read(shifted(whole), OFFSET, length, layers))
                    .as("first " + length)
                    .isFalse();
            assertThat(fresh.read(shifted(hex("c0 0002")), OFFSET, 3, layers))
                    .as("after the first " + length)
                    .isTrue();
        }
        assertThat(read(whole)).isTrue();
        assertThat(layers.spatialLayers).isEqualTo(3);
        assertThat(layers.temporalLayers).isEqualTo(3);
        assertThat(layers.height(2)).isEqualTo(720);
    }

    @Test
    void aTemplateOutsideTheStructureIsRefused() {
        ScalableStream stream = stream(1, 3, false);
        DescriptorBytes bytes = new DescriptorBytes(stream, 62);
        assertThat(read(bytes.of(stream.frames.getFirst()))).isTrue();
        // Five templates at most: 62, 63, 0, 1, 2.
        assertThat(read("fe 0001")).isTrue();
        assertThat(read("c0 0001")).isTrue();
        assertThat(read("fd 0001")).isFalse();
        assertThat(read("c5 0001")).isFalse();
    }

    @Test
    void aNewStructureReplacesTheOldOneAndALateRepeatOfTheOldOneDoesNot() {
        ScalableStream stream = stream(1, 3, false);
        byte[] first = new DescriptorBytes(stream, 10).of(stream.frames.getFirst());
        assertThat(read(first)).isTrue();
        assertThat(read("c0 0000" + SMALLEST))
                .as("six frames later, behind the wrap")
                .isTrue();
        assertThat(layers.temporalLayers).isEqualTo(1);
        assertThat(read(first)).isFalse();
        assertThat(read("c0 0001")).isTrue();
        assertThat(layers.temporalLayers).isEqualTo(1);
        assertThat(read("ca 0001")).as("a template of the old one").isFalse();
    }

    @Test
    void ownIndicationsThatAreCutOffAreRefused() {
        read("c0 0001" + SMALLEST);
        // Own indications, references and chains: 2 bits, 2 bits and none, 8 bits.
        assertThat(read("c0 0002 3c 00 00")).isTrue();
        assertThat(read("c0 0002 3c 00")).isFalse();
        assertThat(read("c0 0002 17")).as("a reference that goes on").isFalse();
    }

    @Test
    void inKeySvcOneCanOnlyMoveWhereTheFrameBeforeWasSent() {
        ScalableStream stream = stream(2, 1, true);
        DescriptorBytes bytes = new DescriptorBytes(stream, 0);
        int picture = 0;
        for (Frame frame : stream.frames) {
            assertThat(read(bytes.of(frame))).isTrue();
            picture = frame.picture();
            boolean begins = picture == 0 && frame.spatial() == 0;
            assertThat(layers.canBegin(1)).isEqualTo(begins);
            // The frame after the key frame of layer 0 refers to what everybody got.
            boolean down = begins || (picture == 1 && frame.spatial() == 0);
            assertThat(layers.canMove(1, 0, 0, 0)).as("down at " + frame).isEqualTo(down);
            assertThat(layers.canMove(0, 0, 1, 0)).as("up at " + frame).isEqualTo(picture == 0);
        }
        assertThat(picture).isEqualTo(8);
    }

    @Test
    void aTargetThatIsNotThereIsServedByTheNextLowerOne() {
        ScalableStream stream = stream(2, 2, false);
        DescriptorBytes bytes = new DescriptorBytes(stream, 0);
        for (Frame frame : stream.frames) {
            assertThat(read(bytes.of(frame))).isTrue();
            assertThat(layers.neededFor(7, 7)).isTrue();
            assertThat(layers.neededFor(1, 5)).isTrue();
            assertThat(layers.neededFor(4, 0)).isEqualTo(frame.temporal() == 0);
        }
    }

    @Test
    void aReceiverIsToldTheTargetsWithinItsLayers() {
        ScalableStream stream = stream(2, 2, false);
        DescriptorBytes bytes = new DescriptorBytes(stream, 0);
        assertThat(read(bytes.of(stream.frames.getFirst()))).isTrue();
        String template = "80 0101";
        assertThat(limited(template, 0, 0)).as("01000 0001, filled up").isEqualTo("8001014080");
        assertThat(limited(template, 1, 0)).as("01000 0101").isEqualTo("8001014280");
        assertThat(limited(template, 1, 1)).as("01000 1111").isEqualTo("8001014780");
        assertThat(limited(template, 7, 7)).isEqualTo("8001014780");
        assertThat(limited("80 0101 4780", 0, 1)).as("another mask").isEqualTo("8001014180");
        assertThat(limited("80 0101 40", 0, 1)).as("a mask that is cut off").isEmpty();
        assertThat(limited("bf 0101", 0, 1))
                .as("a template of another structure")
                .isEmpty();
        assertThat(limited("80 01", 0, 1)).isEmpty();
        assertThat(read(hex("80 0102 4280"))).as("the sender has less itself").isTrue();
        assertThat(limited(template, 1, 1)).as("01000 0101").isEqualTo("8001014280");
        assertThat(limited(template, 0, 1)).as("01000 0001").isEqualTo("8001014080");
        assertThat(read(hex("80 0101 4780"))).as("late").isTrue();
        assertThat(limited(template, 1, 1)).as("01000 0101").isEqualTo("8001014280");
        assertThat(new DependencyDescriptor().writeActive(shifted(hex(template)), OFFSET, 3, 0, 0, new byte[20], 0))
                .as("no structure yet")
                .isZero();
    }

    private String limited(String before, int spatial, int temporal) {
        byte[] out = new byte[20];
        byte[] bytes = hex(before);
        int length = descriptor.writeActive(shifted(bytes), OFFSET, bytes.length, spatial, temporal, out, 2);
        return Packets.hex(out, 2, length);
    }

    @Test
    void aMaskOfActiveTargetsIsPutInOrReplacedAndNothingElseChanges() {
        for (String mode : new String[] {"13", "22", "33"}) {
            ScalableStream stream = stream(mode.charAt(0) - '0', mode.charAt(1) - '0', false);
            DescriptorBytes bytes = new DescriptorBytes(stream, 33);
            DependencyDescriptor rewritten = new DependencyDescriptor();
            PacketLayers after = new PacketLayers();
            for (Frame frame : stream.frames) {
                byte[] before = bytes.of(frame);
                assertThat(read(before)).isTrue();
                byte[] out = new byte[300];
                Arrays.fill(out, (byte) 0xFF);
                int length = descriptor.writeActive(shifted(before), OFFSET, before.length, 0, 0, out, 3);
                assertThat(length).isBetween(before.length, before.length + 5);
                assertThat(rewritten.read(out, 3, length, after)).isTrue();
                assertSame(after, frame);
                byte[] again = new byte[300];
                int same = rewritten.writeActive(out, 3, length, 7, 7, again, 9);
                assertThat(same).isEqualTo(length);
                assertThat(rewritten.read(again, 9, same, after)).isTrue();
                assertSame(after, frame);
            }
        }
    }

    private void assertSame(PacketLayers after, Frame frame) {
        assertThat(after.needed).as(frame.toString()).isEqualTo(layers.needed);
        assertThat(after.switches).isEqualTo(layers.switches);
        assertThat(after.frameNumber).isEqualTo(layers.frameNumber);
        assertThat(after.interPicture).isEqualTo(layers.interPicture);
        assertThat(after.sizes).isEqualTo(layers.sizes);
        assertThat(after.height(after.spatialLayers - 1)).isEqualTo(layers.height(layers.spatialLayers - 1));
    }

    @Test
    void frameNumberAndTemplatesAreRewrittenInPlace() {
        byte[] packet = shifted(hex("c0 0001" + SMALLEST));
        DependencyDescriptor.putFrameNumber(packet, OFFSET, 0x1_1234);
        DependencyDescriptor.shiftTemplates(packet, OFFSET, 11, 45);
        assertThat(Packets.hex(packet, OFFSET, 3)).isEqualTo("ed1234");
        assertThat(descriptor.read(packet, OFFSET, 11, layers)).isTrue();
        assertThat(layers.width(0)).isEqualTo(320);
        DependencyDescriptor.shiftTemplates(packet, OFFSET, 11, 30);
        assertThat(Packets.hex(packet, OFFSET, 1)).as("75 - 64").isEqualTo("cb");
        assertThat(descriptor.read(packet, OFFSET, 11, layers)).isTrue();
        byte[] later = shifted(hex("80 0002"));
        DependencyDescriptor.shiftTemplates(later, OFFSET, 3, -1);
        assertThat(Packets.hex(later, OFFSET, 3)).isEqualTo("bf0002");
    }
}
