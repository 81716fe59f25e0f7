package org.videowindow.loadtest.media;

import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.videowindow.loadtest.endpoint.OutgoingTrack;
import org.videowindow.loadtest.endpoint.Sender;

/**
 * A synthetic camera: frames by the clock, each encoding's cut into packets of nearly equal length that leave back to
 * back, as Chromium does; three temporal layers in the order 0 2 1 2; key frames on request.
 */
public final class VideoSender implements Sender {
    private static final int[] TEMPORAL = {0, 2, 1, 2};
    /** Share of the bit rate per frame of a temporal layer: the base layer's frames are larger. */
    private static final double[] SHARE = {1.6, 1.0, 0.7};

    private static final double KEY_FRAME_SHARE = 4;
    private static final int CLOCK = 90_000;
    private static final long SECOND = 1_000_000_000L;

    /**
     * What is sent of one size.
     *
     * @param track its SSRC; for spatial layers in one stream all have the same
     * @param spatial layer in its stream
     * @param bitsPerSecond of this size alone
     */
    public record Layer(OutgoingTrack track, int spatial, int width, int height, int bitsPerSecond) {}

    private final Codec codec;
    private final List<Layer> layers;
    private final int framesPerSecond;
    private final long interval;
    private final Random random;
    private final Frame frame = new Frame();
    private final byte[] payload = new byte[OutgoingTrack.LONGEST_PAYLOAD];
    private final int[] baseIndex;
    private final boolean[] keyFrame;
    private final int[] sinceKey;
    private final long[] offered;
    private final Av1Descriptor descriptor = new Av1Descriptor();
    private final LongSupplier wall;
    private long due;
    private int count;
    private int maxHeight = Integer.MAX_VALUE;

    /**
     * @param layers low to high
     * @param first when to begin, by {@link System#nanoTime}
     * @param wall the wall clock that stamps are written by
     */
    public VideoSender(
            Codec codec, List<Layer> layers, int framesPerSecond, long first, Random random, LongSupplier wall) {
        this.codec = codec;
        this.layers = layers;
        this.framesPerSecond = framesPerSecond;
        this.interval = SECOND / framesPerSecond;
        this.due = first;
        this.random = random;
        this.wall = wall;
        this.baseIndex = new int[layers.size()];
        this.keyFrame = new boolean[layers.size()];
        this.sinceKey = new int[layers.size()];
        this.offered = new long[layers.size()];
        java.util.Arrays.fill(keyFrame, true);
    }

    /** Layers higher than this are not sent, except the lowest. On the engine's thread. */
    public void limitHeight(int height) {
        maxHeight = height;
    }

    /**
     * Packets so far that somebody should get who wants no more than this many lines: of the largest size that is not
     * higher, else of the lowest; with spatial layers of all up to that one. Sizes that are not sent because the server
     * wants none of them count as if they were, by their mean length. On the engine's thread.
     */
    public long offered(int height) {
        int wanted = 0;
        long lower = 0;
        for (int i = 1; i < layers.size() && layers.get(i).height() <= height; i++) {
            lower += offered[wanted];
            wanted = i;
        }
        return codec.isSimulcast() ? offered[wanted] : lower + offered[wanted];
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public void run(long now) {
        // After a stop of this process the clock goes on from now: a browser does not send old frames in a burst.
        due = now - due > 4 * interval ? now + interval : due + interval;
        boolean all = false;
        for (int i = 0; i < layers.size(); i++) {
            keyFrame[i] |= layers.get(i).track().takeKeyFrameRequest();
            all |= keyFrame[i] && !codec.isSimulcast();
        }
        int top = highest();
        int timestamp = (int) ((long) count * CLOCK / framesPerSecond);
        for (int i = 0; i <= top; i++) {
            send(i, keyFrame[i] || all, i == top, timestamp);
            keyFrame[i] = false;
        }
        for (int i = top + 1; i < layers.size(); i++) {
            double mean = layers.get(i).bitsPerSecond() / 8.0 / framesPerSecond * SHARE[TEMPORAL[count & 3]];
            offered[i] += packetsOf((int) mean);
        }
        count++;
    }

    private int highest() {
        int highest = 0;
        for (int i = 1; i < layers.size(); i++) {
            if (layers.get(i).height() <= maxHeight) {
                highest = i;
            } else {
                keyFrame[i] = true;
            }
        }
        return highest;
    }

    private void send(int index, boolean key, boolean lastOfPicture, int timestamp) {
        Layer layer = layers.get(index);
        frame.keyFrame = key;
        frame.encoding = codec.isSimulcast() ? index : 0;
        frame.spatial = layer.spatial();
        frame.spatialLayers = codec.isSimulcast() ? 1 : layers.size();
        sinceKey[index] = key ? 0 : sinceKey[index] + 1;
        frame.position = sinceKey[index] & 3;
        frame.temporal = TEMPORAL[frame.position];
        frame.layerSync = frame.temporal > 0 && frame.position != 3;
        frame.width = layer.width();
        frame.height = layer.height();
        frame.pictureId = count & 0x7fff;
        frame.number = count & 0xffff;
        frame.lastOfPicture = lastOfPicture;
        if (frame.temporal == 0) {
            baseIndex[index]++;
        }
        frame.baseIndex = baseIndex[index] & 0xff;
        double share = key ? KEY_FRAME_SHARE : SHARE[frame.temporal];
        double jitter = 0.9 + 0.2 * random.nextDouble();
        int size = (int) Math.max(100, layer.bitsPerSecond() / 8.0 / framesPerSecond * share * jitter);
        offered[index] += packetsOf(size);
        packets(layer, size, timestamp);
    }

    private static int packetsOf(int size) {
        int room = OutgoingTrack.LONGEST_PAYLOAD - PayloadFormat.MOST;
        return (size + room - 1) / room;
    }

    private void packets(Layer layer, int size, int timestamp) {
        int packets = packetsOf(size);
        int rest = size % packets;
        for (int i = 0; i < packets; i++) {
            boolean first = i == 0;
            boolean last = i == packets - 1;
            int content = size / packets + (i >= packets - rest ? 1 : 0);
            int start = PayloadFormat.write(codec, payload, 0, frame, first, last, content);
            int end = start + Math.max(content, Stamp.BYTES);
            Stamp.write(
                    payload,
                    end - Stamp.BYTES,
                    frame.encoding,
                    frame.spatial,
                    frame.temporal,
                    frame.keyFrame,
                    wall.getAsLong());
            if (codec == Codec.AV1) {
                layer.track().descriptor(descriptor.bytes(), descriptor.write(frame, first, last));
            }
            boolean marker = last && (codec.isSimulcast() || frame.lastOfPicture);
            layer.track().send(payload, end, timestamp, marker, 0);
        }
    }
}
