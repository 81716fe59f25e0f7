package org.videowindow.bridge.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.videowindow.bridge.codec.LayerReader;
import org.videowindow.bridge.codec.PacketLayers;
import org.videowindow.bridge.codec.VideoCodec;
import org.videowindow.bridge.rtp.RtpPacket;

/** What a receiver has got, and whether it can be played. */
final class ModelReceiver {
    static final int SSRC = 77;

    private final ModelEncoding.Mode mode;
    private final Map<Integer, ModelFrame> frames;
    private final TreeMap<Integer, byte[]> packets = new TreeMap<>();
    private final TreeMap<Integer, byte[]> sentBefore = new TreeMap<>();
    private final TreeMap<Integer, Reach> reaches = new TreeMap<>();
    private int newest = -1;

    /** Up to which layers the receiver was sent the stream. */
    private record Reach(int spatial, int temporal) {}

    ModelReceiver(ModelEncoding.Mode mode, Map<Integer, ModelFrame> frames) {
        this.mode = mode;
        this.frames = frames;
    }

    private int full(int sequence) {
        if (newest < 0) {
            newest = 0x10000 + sequence;
        }
        int full = newest + (short) (sequence - newest);
        newest = Math.max(newest, full);
        return full;
    }

    /** Sent for the first time; lost on the way or not. */
    void sent(byte[] packet, boolean lost) {
        int full = full((packet[2] & 0xff) << 8 | (packet[3] & 0xff));
        assertThat(sentBefore.put(full, packet)).as("sent twice: %d", full).isNull();
        if (!lost) {
            packets.put(full, packet);
        }
    }

    /** The packet sent last was of a stream up to these layers. */
    void reaches(int spatial, int temporal) {
        reaches.put(newest, new Reach(spatial, temporal));
    }

    /** Sent again. */
    void repeated(byte[] packet) {
        int full = full((packet[2] & 0xff) << 8 | (packet[3] & 0xff));
        byte[] before = sentBefore.get(full);
        if (before != null) {
            assertThat(packet).as("the same as the first time: %d", full).isEqualTo(before);
        }
        packets.putIfAbsent(full, packet);
    }

    /** An empty packet is sent again, or in the place of what never was. */
    void repeatedEmpty(byte[] packet) {
        packets.putIfAbsent(full((packet[2] & 0xff) << 8 | (packet[3] & 0xff)), packet);
    }

    /** Sequence numbers that are missing up to the newest but some. */
    List<Integer> gaps(int butNewest) {
        List<Integer> gaps = new ArrayList<>();
        if (!sentBefore.isEmpty()) {
            for (int full = Math.max(sentBefore.firstKey(), newest - 900); full <= newest - butNewest; full++) {
                if (!packets.containsKey(full)) {
                    gaps.add(full & 0xffff);
                }
            }
        }
        return gaps;
    }

    int count() {
        return packets.size();
    }

    /** Asserts that what was received is a stream that can be played. */
    void check(boolean anyReordering) {
        assertThat(newest - sentBefore.firstKey() + 1).as("no gaps").isEqualTo(packets.size());
        Set<Integer> decoded = new HashSet<>();
        ModelFrame current = null;
        int next = 0;
        PictureNumbers before = null;
        boolean filled = false;
        BelievedTargets believed = new BelievedTargets(mode.spatial(), mode.temporal());
        for (Map.Entry<Integer, byte[]> entry : packets.entrySet()) {
            byte[] bytes = entry.getValue();
            RtpPacket packet = new RtpPacket();
            assertThat(packet.wrap(bytes, 0, bytes.length)).isTrue();
            assertThat(packet.ssrc()).isEqualTo(SSRC);
            if (packet.payloadLength() == 0) {
                assertThat(anyReordering)
                        .as("empty packets stand for late ones only")
                        .isTrue();
                filled = true;
                continue;
            }
            ModelFrame frame = frames.get(ModelPayload.frameOf(bytes, bytes.length));
            int index = ModelPayload.indexOf(bytes, bytes.length);
            if (current == null || frame.id() != current.id()) {
                if (current != null && next < current.packets()) {
                    // What was still on its way when another encoding began is of no use any more.
                    assertThat(anyReordering && frame.key() && frame.encoding() != current.encoding())
                            .as("all packets of %s, then %s", current, frame)
                            .isTrue();
                    decoded.remove(current.id());
                }
                assertThat(decoded).as("decodable: %s", frame).containsAll(frame.references());
                current = frame;
                next = 0;
                decoded.add(frame.id());
            }
            assertThat(index).as("packet of %s", frame).isEqualTo(next++);
            if (mode.described()) {
                believed.read(packet);
                assertThat(believed.include(frame))
                        .as("%s believes %s", frame, believed)
                        .isTrue();
                Reach reach = reaches.get(entry.getKey());
                assertThat(reach == null || believed.areUpTo(reach.spatial, reach.temporal))
                        .as("%s at %s believes %s", reach, frame, believed)
                        .isTrue();
            }
            PictureNumbers numbers = PictureNumbers.of(mode.codec(), packet, frame);
            if (before != null) {
                before.checkNext(numbers, frame, filled);
                if (numbers.timestamp != before.timestamp) {
                    filled = false;
                }
            }
            before = numbers;
        }
        assertThat(decoded).hasSizeGreaterThan(100);
    }

    private record PictureNumbers(
            VideoCodec codec,
            int timestamp,
            int pictureId,
            int tl0,
            int frameNumber,
            boolean marker,
            ModelFrame frame) {
        static PictureNumbers of(VideoCodec codec, RtpPacket packet, ModelFrame frame) {
            PacketLayers layers = new PacketLayers();
            new LayerReader().read(codec, packet.buffer(), packet.payloadOffset(), packet.payloadLength(), layers);
            int number = -1;
            if (packet.findExtension(ModelEncoding.DESCRIPTOR_ID)) {
                number = (packet.buffer()[packet.elementOffset() + 1] & 0xff) << 8
                        | (packet.buffer()[packet.elementOffset() + 2] & 0xff);
            }
            return new PictureNumbers(
                    codec, packet.timestamp(), layers.pictureId, layers.tl0PicIdx, number, packet.marker(), frame);
        }

        void checkNext(PictureNumbers next, ModelFrame now, boolean filled) {
            boolean samePicture = frame.encoding() == now.encoding() && frame.picture() == now.picture();
            if (samePicture) {
                assertThat(next.timestamp).isEqualTo(timestamp);
                assertThat(next.pictureId).isEqualTo(pictureId);
                assertThat(next.tl0).isEqualTo(tl0);
                assertThat((short) (next.frameNumber - frameNumber)).isBetween((short) 0, (short) 10);
                return;
            }
            assertThat(marker || now.encoding() != frame.encoding())
                    .as("%s ends its picture before %s", frame, now)
                    .isTrue();
            assertThat(next.timestamp - timestamp)
                    .as("time of %s after %s", now, frame)
                    .isPositive();
            if (pictureId >= 0) {
                int steps = (next.pictureId - pictureId) & 0x7fff;
                boolean mayMiss = codec != VideoCodec.VP8 || filled;
                assertThat(steps).as("picture id of %s after %s", now, frame).isBetween(1, mayMiss ? 300 : 1);
            }
            if (tl0 >= 0) {
                int steps = (next.tl0 - tl0) & 0xff;
                assertThat(steps).as("tl0 of %s after %s", now, frame).isEqualTo(now.temporal() == 0 ? 1 : 0);
            }
            if (frameNumber >= 0) {
                assertThat((short) (next.frameNumber - frameNumber)).isPositive();
            }
        }
    }

    static byte[] copy(RtpPacket packet) {
        return Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.length());
    }
}
