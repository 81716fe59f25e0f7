package org.videowindow.bridge.layers;

import java.nio.ByteBuffer;
import org.videowindow.bridge.codec.VideoCodec;

/** Writes the payloads of model frames as a browser would; behind the codec's bytes it says which frame it is of. */
final class ModelPayload {
    private static final int TRAILER = 8;

    private final VideoCodec codec;
    private final int spatialLayers;
    private final boolean keyOnly;
    private final int firstPictureId;
    private int tl0;

    ModelPayload(VideoCodec codec, int spatialLayers, boolean keyOnly, int firstPictureId, int firstTl0) {
        this.codec = codec;
        this.spatialLayers = spatialLayers;
        this.keyOnly = keyOnly;
        this.firstPictureId = firstPictureId;
        this.tl0 = firstTl0;
    }

    byte[] of(ModelFrame frame, int index) {
        boolean first = index == 0;
        boolean last = index == frame.packets() - 1;
        if (first && frame.temporal() == 0 && frame.spatial() == 0) {
            tl0++;
        }
        ByteBuffer out = ByteBuffer.allocate(40 + TRAILER);
        switch (codec) {
            case VP8 -> vp8(frame, first, out);
            case VP9 -> vp9(frame, first, last, out);
            case H264 -> h264(frame, first, last, out);
            default -> out.put((byte) 0x10).put((byte) 0x30);
        }
        out.position(40);
        out.putInt(frame.id()).putShort((short) index).putShort((short) frame.packets());
        return out.array();
    }

    private int pictureId(ModelFrame frame) {
        return (firstPictureId + frame.picture()) & 0x7fff;
    }

    private void vp8(ModelFrame frame, boolean first, ByteBuffer out) {
        out.put((byte) (0x80 | (first ? 0x10 : 0))).put((byte) 0xf0);
        out.putShort((short) (0x8000 | pictureId(frame)));
        out.put((byte) tl0);
        out.put((byte) (frame.temporal() << 6 | (frame.sync() ? 0x20 : 0)));
        out.put((byte) (frame.key() ? 0 : 1));
        if (frame.key() && first) {
            out.put(new byte[] {0, 0, (byte) 0x9d, 1, 0x2a, 64, 1, (byte) 180, 0});
        }
    }

    private void vp9(ModelFrame frame, boolean first, boolean last, ByteBuffer out) {
        boolean unused = frame.spatial() == spatialLayers - 1 || (keyOnly && !frame.key());
        boolean structure = first && frame.key() && frame.spatial() == 0;
        out.put((byte) (0xa0
                | (frame.interPicture() ? 0x40 : 0)
                | (first ? 8 : 0)
                | (last ? 4 : 0)
                | (structure ? 2 : 0)
                | (unused ? 1 : 0)));
        out.putShort((short) (0x8000 | pictureId(frame)));
        out.put((byte) (frame.temporal() << 5
                | (frame.barrier() ? 0x10 : 0)
                | frame.spatial() << 1
                | (frame.interLayer() ? 1 : 0)));
        out.put((byte) tl0);
        if (structure) {
            out.put((byte) ((spatialLayers - 1) << 5 | 0x10));
            for (int i = 0; i < spatialLayers; i++) {
                out.putShort((short) (320 << i)).putShort((short) (180 << i));
            }
        }
    }

    private static void h264(ModelFrame frame, boolean first, boolean last, ByteBuffer out) {
        int type = frame.key() ? 5 : 1;
        if (first && last) {
            out.put((byte) (0x60 | type)).put((byte) 0x88);
            return;
        }
        out.put((byte) (0x60 | 28))
                .put((byte) ((first ? 0x80 : 0) | (last ? 0x40 : 0) | type))
                .put((byte) 0x88);
    }

    static int frameOf(byte[] packet, int end) {
        return ByteBuffer.wrap(packet).getInt(end - TRAILER);
    }

    static int indexOf(byte[] packet, int end) {
        return ByteBuffer.wrap(packet).getShort(end - TRAILER + 4);
    }
}
