package org.videowindow.loadtest.media;

import org.videowindow.loadtest.rtp.Bytes;

/** The first bytes of a payload, by which servers tell frames, key frames and layers. Each writer answers its end. */
final class PayloadFormat {
    private static final int NON_REFERENCE = 2;
    private static final byte[] H264_PARAMETERS = {
        24,
        0,
        9,
        0x67,
        0x42,
        (byte) 0xe0,
        0x1f,
        (byte) 0x8c,
        0x68,
        0x0a,
        0x03,
        (byte) 0xc4,
        0,
        4,
        0x68,
        (byte) 0xce,
        0x3c,
        (byte) 0x80
    };

    private PayloadFormat() {}

    /** Most bytes any format puts before the payload's own. */
    static final int MOST = 40;

    /** @param rest bytes of the payload that will follow */
    static int write(Codec codec, byte[] out, int at, Frame frame, boolean first, boolean last, int rest) {
        return switch (codec) {
            case VP8 -> vp8(out, at, frame, first);
            case VP9 -> vp9(out, at, frame, first, last);
            case H264 -> h264(out, at, frame, first, rest);
            case AV1 -> av1(out, at, frame, first, last);
        };
    }

    /** RFC 7741 with picture id, TL0PICIDX and TID. */
    private static int vp8(byte[] out, int at, Frame frame, boolean first) {
        Bytes.put8(out, at, 0x80 | (frame.temporal == NON_REFERENCE ? 0x20 : 0) | (first ? 0x10 : 0));
        Bytes.put8(out, at + 1, 0xe0);
        Bytes.put16(out, at + 2, 0x8000 | frame.pictureId);
        Bytes.put8(out, at + 4, frame.baseIndex);
        Bytes.put8(out, at + 5, frame.temporal << 6 | (frame.layerSync ? 0x20 : 0));
        int end = at + 6;
        if (first) {
            out[end++] = (byte) (frame.keyFrame ? 0x10 : 0x11);
            out[end++] = 2;
            out[end++] = 0;
            if (frame.keyFrame) {
                Bytes.put24(out, end, 0x9d012a);
                out[end + 3] = (byte) frame.width;
                out[end + 4] = (byte) (frame.width >>> 8);
                out[end + 5] = (byte) frame.height;
                out[end + 6] = (byte) (frame.height >>> 8);
                end += 7;
            }
        }
        return end;
    }

    /** RFC 9628, non-flexible mode; spatial layers depend on each other only in key pictures (k-SVC). */
    private static int vp9(byte[] out, int at, Frame frame, boolean first, boolean last) {
        boolean structure = first && frame.keyFrame && frame.spatial == 0;
        boolean notForHigher = !frame.keyFrame;
        Bytes.put8(
                out,
                at,
                0xa0
                        | (frame.keyFrame ? 0 : 0x40)
                        | (first ? 0x08 : 0)
                        | (last ? 0x04 : 0)
                        | (structure ? 0x02 : 0)
                        | (notForHigher ? 0x01 : 0));
        Bytes.put16(out, at + 1, 0x8000 | frame.pictureId);
        boolean interLayer = frame.keyFrame && frame.spatial > 0;
        Bytes.put8(
                out,
                at + 3,
                frame.temporal << 5 | (frame.layerSync ? 0x10 : 0) | frame.spatial << 1 | (interLayer ? 1 : 0));
        Bytes.put8(out, at + 4, frame.baseIndex);
        int end = at + 5;
        if (structure) {
            out[end++] = (byte) ((frame.spatialLayers - 1) << 5 | 0x10);
            for (int layer = 0; layer < frame.spatialLayers; layer++) {
                int scale = frame.spatialLayers - 1 - layer;
                Bytes.put16(out, end, 1280 >> scale);
                Bytes.put16(out, end + 2, 720 >> scale);
                end += 4;
            }
        }
        return end;
    }

    /** RFC 6184, packetization mode 1: every packet is a slice; parameter sets go before a key frame's first. */
    private static int h264(byte[] out, int at, Frame frame, boolean first, int rest) {
        int slice = frame.keyFrame ? 0x65 : 0x61;
        int end = at;
        if (first && frame.keyFrame) {
            System.arraycopy(H264_PARAMETERS, 0, out, at, H264_PARAMETERS.length);
            end += H264_PARAMETERS.length;
            Bytes.put16(out, end, rest + 1);
            end += 2;
        }
        Bytes.put8(out, end, slice);
        return end + 1;
    }

    /** The aggregation header and an OBU_FRAME header; layers are told by the dependency descriptor. */
    private static int av1(byte[] out, int at, Frame frame, boolean first, boolean last) {
        out[at] = (byte) ((first ? 0 : 0x80) | (last ? 0 : 0x40) | 0x10 | (first && frame.keyFrame ? 0x08 : 0));
        out[at + 1] = (byte) (6 << 3);
        return at + 2;
    }
}
