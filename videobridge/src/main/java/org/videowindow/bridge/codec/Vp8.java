package org.videowindow.bridge.codec;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * A movable view of the VP8 payload descriptor (RFC 7741 section 4.2) and of the key frame header behind it.
 *
 * <pre>
 *       0 1 2 3 4 5 6 7
 *      +-+-+-+-+-+-+-+-+
 *      |X|R|N|S|R| PID |
 *      +-+-+-+-+-+-+-+-+
 * X:   |I|L|T|K| RSV   |
 *      +-+-+-+-+-+-+-+-+
 * I:   |M| PictureID   |   15 bits when M
 *      +-+-+-+-+-+-+-+-+
 * L:   |   TL0PICIDX   |
 *      +-+-+-+-+-+-+-+-+
 * T/K: |TID|Y| KEYIDX  |
 *      +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * Owned by one thread, reused.
 */
public final class Vp8 {
    private byte[] buffer = {};
    private int offset;
    private int end;
    private int pictureIdAt;
    private int tl0PicIdxAt;
    private int tidAt;
    private int keyIndexAt;
    private int frameAt;

    /**
     * Looks at the payload of an RTP packet.
     *
     * @return false when the descriptor is cut off or nothing follows it
     */
    public boolean wrap(byte[] bytes, int at, int length) {
        if (length < 1) {
            return false;
        }
        int limit = at + length;
        int position = at + 1;
        int pictureId = -1;
        int tl0 = -1;
        int tid = -1;
        int keyIndex = -1;
        if ((bytes[at] & 0x80) != 0) {
            if (position >= limit) {
                return false;
            }
            int flags = bytes[position++];
            if ((flags & 0x80) != 0) {
                if (position >= limit) {
                    return false;
                }
                pictureId = position;
                position += (bytes[position] & 0x80) != 0 ? 2 : 1;
            }
            if ((flags & 0x40) != 0) {
                tl0 = position++;
            }
            if ((flags & 0x30) != 0) {
                // K alone also brings the byte, but then its TID means nothing.
                tid = (flags & 0x20) != 0 ? position : -1;
                keyIndex = (flags & 0x10) != 0 ? position : -1;
                position++;
            }
        }
        if (position >= limit) {
            return false;
        }
        buffer = bytes;
        offset = at;
        end = limit;
        pictureIdAt = pictureId;
        tl0PicIdxAt = tl0;
        tidAt = tid;
        keyIndexAt = keyIndex;
        frameAt = position;
        return true;
    }

    /**
     * Says what the bridge must know of a packet.
     *
     * @return false when the descriptor is cut off or nothing follows it; the packet is then described as unknown
     */
    public boolean read(byte[] bytes, int at, int length, PacketLayers into) {
        into.clear();
        if (!wrap(bytes, at, length)) {
            return false;
        }
        into.known = true;
        into.frameStart = startsFrame();
        into.keyFrame = startsKeyFrame();
        into.interPicture = !into.keyFrame;
        into.temporal = Math.max(temporalLayer(), 0);
        into.temporalLayers = into.temporal + 1;
        into.switchUp = layerSync();
        into.pictureId = pictureId();
        into.pictureIdAt = pictureIdAt < 0 ? PacketLayers.NONE : pictureIdAt - at;
        into.pictureIdBits = pictureIdAt < 0 ? 0 : isLongPictureId() ? 15 : 7;
        into.tl0PicIdx = tl0PicIdx();
        into.tl0PicIdxAt = tl0PicIdxAt < 0 ? PacketLayers.NONE : tl0PicIdxAt - at;
        into.keyIndex = keyIndex();
        if (hasDimensions()) {
            into.size(0, width(), height());
        }
        return true;
    }

    /** Whether a frame begins with this packet: first byte of its first partition. */
    public boolean startsFrame() {
        return (buffer[offset] & 0x17) == 0x10;
    }

    /** Whether a key frame begins with this packet. */
    public boolean startsKeyFrame() {
        return startsFrame() && (buffer[frameAt] & 0x01) == 0;
    }

    /** Whether no other frame refers to this one. */
    public boolean nonReference() {
        return (buffer[offset] & 0x20) != 0;
    }

    /** Picture id, 7 or 15 bits, or -1. */
    public int pictureId() {
        if (pictureIdAt < 0) {
            return -1;
        }
        return isLongPictureId() ? BigEndian.u16(buffer, pictureIdAt) & 0x7FFF : buffer[pictureIdAt] & 0x7F;
    }

    /** Whether the picture id has 15 bits. */
    public boolean isLongPictureId() {
        return pictureIdAt >= 0 && (buffer[pictureIdAt] & 0x80) != 0;
    }

    /** Overwrites the picture id in place, in the bits it has. Does nothing when there is none. */
    public void pictureId(int id) {
        if (isLongPictureId()) {
            BigEndian.putU16(buffer, pictureIdAt, 0x8000 | (id & 0x7FFF));
        } else if (pictureIdAt >= 0) {
            buffer[pictureIdAt] = (byte) (id & 0x7F);
        }
    }

    /** Running number of frames of temporal layer 0, 8 bits, or -1. */
    public int tl0PicIdx() {
        return tl0PicIdxAt < 0 ? -1 : buffer[tl0PicIdxAt] & 0xFF;
    }

    /** Overwrites the running number of layer 0 in place. Does nothing when there is none. */
    public void tl0PicIdx(int index) {
        if (tl0PicIdxAt >= 0) {
            buffer[tl0PicIdxAt] = (byte) index;
        }
    }

    /** Temporal layer, 0 to 3, or -1. */
    public int temporalLayer() {
        return tidAt < 0 ? -1 : buffer[tidAt] >>> 6 & 3;
    }

    /** Whether the frame only refers to layer 0, so that one may begin to show its layer with it. */
    public boolean layerSync() {
        return tidAt >= 0 && (buffer[tidAt] & 0x20) != 0;
    }

    /** Running number of key frames, 5 bits, or -1. */
    public int keyIndex() {
        return keyIndexAt < 0 ? -1 : buffer[keyIndexAt] & 0x1F;
    }

    /** Bytes of the descriptor. */
    public int descriptorLength() {
        return frameAt - offset;
    }

    /** Width of the key frame that begins here, or -1 (RFC 6386 section 9.1). */
    public int width() {
        return hasDimensions() ? littleEndian14(frameAt + 6) : -1;
    }

    /** Height of the key frame that begins here, or -1. */
    public int height() {
        return hasDimensions() ? littleEndian14(frameAt + 8) : -1;
    }

    /** Width and height have 14 bits; two bits of scaling lie above. */
    private int littleEndian14(int at) {
        return (buffer[at + 1] & 0x3F) << 8 | (buffer[at] & 0xFF);
    }

    private boolean hasDimensions() {
        return startsKeyFrame()
                && end - frameAt >= 10
                && (buffer[frameAt + 3] & 0xFF) == 0x9D
                && buffer[frameAt + 4] == 0x01
                && buffer[frameAt + 5] == 0x2A;
    }
}
