package org.videowindow.bridge.layers;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.videowindow.bridge.codec.LayerReader;
import org.videowindow.bridge.codec.VideoCodec;
import org.videowindow.bridge.retransmit.PacketRing;

/**
 * One encoding of a model sender, and what the bridge keeps of it. Pictures follow the pattern of temporal layers 0 2 1 2;
 * which earlier frames each refers to is drawn at random within what the codec's marks promise.
 */
final class ModelEncoding {
    static final int DESCRIPTOR_ID = 11;
    private static final int[][] PATTERNS = {{0}, {0, 1}, {0, 2, 1, 2}};

    final PacketRing ring = new PacketRing(1 << 20, 2_000_000_000L);
    final LayerReader reader = new LayerReader();
    final SenderClock clock = new SenderClock(90_000);
    boolean keyWanted = true;

    private final Mode mode;
    private final int index;
    private final int ssrc;
    private final Random random;
    private final Map<Integer, ModelFrame> frames;
    private final ModelPayload payload;
    private final ModelDescriptor descriptor;
    private final int[][] last;
    private final int timestampOffset;
    private int sequence;
    private int frameNumber;
    private final Map<Integer, Integer> numberOf = new java.util.HashMap<>();
    private int picture;

    /** How a source is sent. */
    record Mode(VideoCodec codec, int encodings, int spatial, int temporal, boolean keyOnly, boolean described) {}

    ModelEncoding(Mode mode, int index, Random random, Map<Integer, ModelFrame> frames) {
        this.mode = mode;
        this.index = index;
        this.ssrc = 1_000 + index;
        this.random = random;
        this.frames = frames;
        this.payload =
                new ModelPayload(mode.codec, mode.spatial, mode.keyOnly, random.nextInt(1 << 15), random.nextInt(256));
        this.descriptor = new ModelDescriptor(mode.spatial, mode.temporal);
        this.last = new int[mode.spatial][mode.temporal];
        this.timestampOffset = random.nextInt();
        this.sequence = random.nextInt(1 << 16);
        this.frameNumber = random.nextInt(1 << 16);
        if (random.nextBoolean()) {
            clock.report(1L << 40, timestampOffset);
        }
    }

    /** The packets of the next picture. */
    List<byte[]> picture(long millis) {
        int temporal = PATTERNS[mode.temporal - 1][picture % PATTERNS[mode.temporal - 1].length];
        boolean key = keyWanted && temporal == 0;
        keyWanted &= !key;
        boolean barrier = mode.codec == VideoCodec.VP9 && temporal == 0 && random.nextInt(3) == 0;
        boolean sync = temporal > 0 && (mode.described || random.nextInt(3) == 0);
        int refreshed = temporal == 0 && mode.codec == VideoCodec.VP9 && !mode.keyOnly && random.nextInt(8) == 0
                ? 1 + random.nextInt(3)
                : -1;
        List<byte[]> packets = new ArrayList<>();
        int below = 0;
        for (int spatial = 0; spatial < mode.spatial; spatial++) {
            List<Integer> references = new ArrayList<>();
            boolean interLayer = spatial > 0 && (key || !mode.keyOnly);
            if (interLayer) {
                references.add(below);
            }
            boolean inter = !key && spatial != refreshed;
            if (inter) {
                earlier(spatial, temporal, sync, references);
            }
            ModelFrame frame = new ModelFrame(
                    frames.size() + 1,
                    index,
                    picture,
                    spatial,
                    temporal,
                    key,
                    sync,
                    barrier,
                    inter,
                    interLayer,
                    references,
                    1 + random.nextInt(4));
            frames.put(frame.id(), frame);
            below = frame.id();
            write(frame, spatial == mode.spatial - 1, millis, packets);
        }
        for (int spatial = 0; spatial < mode.spatial; spatial++) {
            last[spatial][temporal] = below - (mode.spatial - 1 - spatial);
            for (int higher = temporal + 1; higher < mode.temporal; higher++) {
                if (key || barrier || spatial == refreshed) {
                    last[spatial][higher] = 0;
                }
            }
        }
        picture++;
        return packets;
    }

    /** A frame may refer to the last one of each lower layer, and to its own layer unless it says that it does not. */
    private void earlier(int spatial, int temporal, boolean sync, List<Integer> references) {
        for (int lower = 0; lower < temporal; lower++) {
            if (last[spatial][lower] > last[spatial][0] || lower == 0) {
                references.add(last[spatial][lower]);
            }
        }
        if (!sync && last[spatial][temporal] != 0) {
            references.add(last[spatial][temporal]);
        }
    }

    private void write(ModelFrame frame, boolean top, long millis, List<byte[]> packets) {
        int number = frameNumber++;
        numberOf.put(frame.id(), number);
        int[] differences = frame.references().stream()
                .mapToInt(reference -> number - numberOf.get(reference))
                .toArray();
        for (int i = 0; i < frame.packets(); i++) {
            byte[] extension = mode.described ? descriptor.of(frame, i, number, differences) : new byte[0];
            packets.add(packet(extension, payload.of(frame, i), top && i == frame.packets() - 1, millis));
        }
    }

    private byte[] packet(byte[] extension, byte[] content, boolean marker, long millis) {
        int words = extension.length == 0 ? 0 : (extension.length + 2 + 3) / 4;
        ByteBuffer out = ByteBuffer.allocate(12 + (words == 0 ? 0 : 4 + 4 * words) + content.length);
        out.put((byte) (words == 0 ? 0x80 : 0x90)).put((byte) (100 | (marker ? 0x80 : 0)));
        out.putShort((short) sequence++)
                .putInt((int) (timestampOffset + millis * 90))
                .putInt(ssrc);
        if (words > 0) {
            out.putShort((short) 0x1000).putShort((short) words);
            out.put((byte) DESCRIPTOR_ID).put((byte) extension.length).put(extension);
            out.position(12 + 4 + 4 * words);
        }
        return out.put(content).array();
    }
}
