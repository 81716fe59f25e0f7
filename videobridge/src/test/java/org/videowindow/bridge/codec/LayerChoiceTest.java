package org.videowindow.bridge.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.bridge.codec.ScalableStream.Frame;
import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.Packets;

/**
 * Whatever layers somebody gets, and however often that changes: each frame that is sent refers only to frames that
 * were sent before. Random streams, written as bytes, read by the parsers, checked against the model they came from.
 */
class LayerChoiceTest {
    private static final int PICTURES = 240;

    /** How a stream is written and read. */
    private enum Wire {
        VP8,
        VP9_FLEXIBLE,
        VP9_GROUPS,
        DESCRIPTOR,
        DESCRIPTOR_AND_VP9
    }

    private final PacketLayers layers = new PacketLayers();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "L1T1",
                "L1T2",
                "L1T3",
                "L2T1",
                "L2T2",
                "L2T3",
                "L3T1",
                "L3T2",
                "L3T3",
                "L2T1_KEY",
                "L2T2_KEY",
                "L2T3_KEY",
                "L3T1_KEY",
                "L3T2_KEY",
                "L3T3_KEY"
            })
    void everyFrameThatIsSentCanBeDecoded(String mode) {
        long seed = System.nanoTime();
        for (int round = 0; round < 8; round++) {
            Random random = new Random(seed + round);
            ScalableStream stream = new ScalableStream(
                    mode.charAt(1) - '0',
                    mode.charAt(3) - '0',
                    mode.endsWith("KEY"),
                    PICTURES,
                    random.nextInt(65_536),
                    random);
            DescriptorBytes descriptors = new DescriptorBytes(stream, 60);
            for (Wire wire : Wire.values()) {
                if (wire != Wire.VP8 || stream.spatialLayers == 1) {
                    String name = mode + " " + wire + " seed " + (seed + round);
                    fixedTargets(stream, wire, descriptors, name);
                    changingTargets(stream, wire, descriptors, random, name);
                }
            }
        }
    }

    private void fixedTargets(ScalableStream stream, Wire wire, DescriptorBytes descriptors, String name) {
        for (int s = 0; s < stream.spatialLayers; s++) {
            for (int t = 0; t < stream.temporalLayers; t++) {
                Reader reader = new Reader(stream, wire, descriptors);
                Set<Integer> sent = new HashSet<>();
                int ofTarget = 0;
                for (Frame frame : stream.frames) {
                    reader.read(frame);
                    if (layers.neededFor(s, t)) {
                        deliver(frame, sent, s, t, name);
                        ofTarget += frame.spatial() == s ? 1 : 0;
                    }
                }
                int wanted = t;
                assertThat(ofTarget).as(name).isEqualTo((int) stream.frames.stream()
                        .filter(f -> f.spatial() == 0 && f.temporal() <= wanted)
                        .count());
            }
        }
    }

    private void changingTargets(
            ScalableStream stream, Wire wire, DescriptorBytes descriptors, Random random, String name) {
        Reader reader = new Reader(stream, wire, descriptors);
        Set<Integer> sent = new HashSet<>();
        int s = PacketLayers.NONE;
        int t = 0;
        int wantedS = random.nextInt(stream.spatialLayers);
        int wantedT = random.nextInt(stream.temporalLayers);
        for (Frame frame : stream.frames) {
            reader.read(frame);
            if (random.nextInt(10) == 0) {
                wantedS = random.nextInt(stream.spatialLayers);
                wantedT = random.nextInt(stream.temporalLayers);
            }
            if (s < 0) {
                if (layers.canBegin(wantedS)) {
                    s = wantedS;
                    t = wantedT;
                }
            } else if (layers.canMove(s, t, wantedS, wantedT)) {
                s = wantedS;
                t = wantedT;
            } else if (layers.canMove(s, t, s, Math.min(t + 1, wantedT))) {
                t = Math.min(t + 1, wantedT);
            } else if (wantedS > s && layers.canMove(s, t, s + 1, t)) {
                s++;
            }
            if (frame.key() && frame.spatial() == 0) {
                assertThat(s).as(name + ": a key picture brings what is wanted").isEqualTo(wantedS);
                assertThat(t).as(name).isEqualTo(wantedT);
            }
            if (s >= 0 && layers.neededFor(s, t)) {
                deliver(frame, sent, s, t, name);
            }
        }
    }

    private static void deliver(Frame frame, Set<Integer> sent, int s, int t, String name) {
        if (!sent.containsAll(frame.references())) {
            throw new AssertionError(name + ": " + frame + " to " + s + "," + t + " after " + new TreeSet<>(sent));
        }
        sent.add(frame.number());
    }

    /** Writes each frame as one packet and reads it again. */
    private final class Reader {
        private final ScalableStream stream;
        private final Wire wire;
        private final LayerReader reader = new LayerReader();
        private final DescriptorBytes descriptors;

        Reader(ScalableStream stream, Wire wire, DescriptorBytes descriptors) {
            this.stream = stream;
            this.wire = wire;
            this.descriptors = descriptors;
        }

        void read(Frame frame) {
            byte[] payload = Packets.shifted(payload(frame));
            int length = payload.length - Packets.OFFSET - 64;
            VideoCodec codec = switch (wire) {
                case VP8 -> VideoCodec.VP8;
                case VP9_FLEXIBLE, VP9_GROUPS, DESCRIPTOR_AND_VP9 -> VideoCodec.VP9;
                case DESCRIPTOR -> VideoCodec.OTHER;
            };
            boolean read;
            if (wire == Wire.DESCRIPTOR || wire == Wire.DESCRIPTOR_AND_VP9) {
                byte[] descriptor = descriptors.of(frame);
                byte[] both = new byte[payload.length + descriptor.length];
                System.arraycopy(payload, 0, both, 0, payload.length);
                System.arraycopy(descriptor, 0, both, payload.length, descriptor.length);
                read = reader.read(codec, both, Packets.OFFSET, length, payload.length, descriptor.length, layers);
            } else {
                read = reader.read(codec, payload, Packets.OFFSET, length, layers);
            }
            assertThat(read).isTrue();
            assertThat(layers.spatial).isEqualTo(frame.spatial());
            assertThat(layers.temporal).isEqualTo(frame.temporal());
            assertThat(layers.canBegin(0)).isEqualTo(frame.key() && frame.spatial() == 0);
        }

        private byte[] payload(Frame frame) {
            return switch (wire) {
                case VP8 -> vp8(frame);
                case VP9_FLEXIBLE, DESCRIPTOR_AND_VP9 -> flexible(frame);
                case VP9_GROUPS -> groups(frame);
                case DESCRIPTOR -> new byte[] {1, 2, 3};
            };
        }

        private byte[] vp8(Frame frame) {
            boolean sync = frame.temporal() > 0 && frame.references().stream().allMatch(r -> temporalOf(r) == 0);
            byte[] bytes = Packets.hex("90 f0 8000 00 00 00");
            BigEndian.putU16(bytes, 2, 0x8000 | frame.picture());
            bytes[5] = (byte) (frame.temporal() << 6 | (sync ? 0x20 : 0));
            bytes[6] = (byte) (frame.key() ? 0 : 1);
            return bytes;
        }

        private byte[] flexible(Frame frame) {
            List<Integer> earlier = earlier(frame);
            byte[] bytes = new byte[4 + earlier.size() + 1];
            bytes[0] = (byte) (0xB8 | flags(frame));
            BigEndian.putU16(bytes, 1, 0x8000 | frame.picture());
            bytes[3] = (byte) (frame.temporal() << 5 | frame.spatial() << 1 | interLayer(frame));
            for (int i = 0; i < earlier.size(); i++) {
                int more = i + 1 < earlier.size() ? 1 : 0;
                bytes[4 + i] = (byte) ((frame.picture() - pictureOf(earlier.get(i))) << 1 | more);
            }
            return bytes;
        }

        private byte[] groups(Frame frame) {
            byte[] bytes = Packets.hex("a8 8000 10 00 00");
            bytes[0] |= (byte) flags(frame);
            BigEndian.putU16(bytes, 1, 0x8000 | frame.picture());
            bytes[3] |= (byte) (frame.temporal() << 5 | frame.spatial() << 1 | interLayer(frame));
            return bytes;
        }

        private int flags(Frame frame) {
            boolean top = frame.spatial() == stream.spatialLayers - 1;
            boolean unused = top || (stream.keyOnly && !frame.key());
            return (earlier(frame).isEmpty() ? 0 : 0x40) | (unused ? 1 : 0);
        }

        private int interLayer(Frame frame) {
            return earlier(frame).size() < frame.references().size() ? 1 : 0;
        }

        private List<Integer> earlier(Frame frame) {
            return frame.references().stream()
                    .filter(r -> pictureOf(r) < frame.picture())
                    .toList();
        }

        private int pictureOf(int number) {
            return at(number).picture();
        }

        private int temporalOf(int number) {
            return at(number).temporal();
        }

        private Frame at(int number) {
            return stream.frames.get(number - stream.frames.getFirst().number());
        }
    }
}
