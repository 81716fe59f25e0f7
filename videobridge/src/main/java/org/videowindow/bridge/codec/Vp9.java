package org.videowindow.bridge.codec;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * Reads the VP9 payload descriptor (RFC 9628 section 4.2), of both modes.
 *
 * <pre>
 *       0 1 2 3 4 5 6 7
 *      +-+-+-+-+-+-+-+-+
 *      |I|P|L|F|B|E|V|Z|
 *      +-+-+-+-+-+-+-+-+
 * I:   |M| PictureID   |   15 bits when M
 *      +-+-+-+-+-+-+-+-+
 * L:   | TID |U| SID |D|
 *      +-+-+-+-+-+-+-+-+
 *      |   TL0PICIDX   |   with L, without F
 *      +-+-+-+-+-+-+-+-+
 * P,F: |   P_DIFF    |N|   once to three times
 *      +-+-+-+-+-+-+-+-+
 * V:   scalability structure
 * </pre>
 *
 * Z tells k-SVC from full SVC frame by frame: a frame with it is needed by its own spatial layer only. One object per
 * received stream, since the structure and the layers of earlier pictures are remembered; one thread.
 */
public final class Vp9 {
    private static final int MOST_REFERENCES = 3;
    private static final int HISTORY = 128;
    private static final int LAYER_BITS = 3;

    private int spatialLayers = 1;
    private int temporalLayers = 1;
    private int keyPicture = PacketLayers.NONE;

    /** Picture id and temporal layer of the last pictures, in the place of the low bits of the id; flexible mode. */
    private int[] history;

    private int position;
    private int limit;

    /**
     * Says what the bridge must know of a packet.
     *
     * @return false when the descriptor is cut off, contradicts itself or has nothing behind it; the packet is then
     *     described as unknown
     */
    public boolean read(byte[] bytes, int at, int length, PacketLayers into) {
        into.clear();
        if (!descriptor(bytes, at, length, into)) {
            into.clear();
            return false;
        }
        into.known = true;
        into.spatialLayers = Math.max(spatialLayers, into.spatial + 1);
        into.temporalLayers = Math.max(temporalLayers, into.temporal + 1);
        return true;
    }

    private boolean descriptor(byte[] bytes, int at, int length, PacketLayers into) {
        position = at;
        limit = at + length;
        if (left() < 2) {
            return false;
        }
        int flags = bytes[position++];
        boolean hasLayers = (flags & 0x20) != 0;
        boolean flexible = (flags & 0x10) != 0;
        into.interPicture = (flags & 0x40) != 0;
        into.frameStart = (flags & 0x08) != 0;
        into.frameEnd = (flags & 0x04) != 0;
        into.usedByHigherSpatial = (flags & 0x01) == 0;
        if ((flags & 0x80) != 0) {
            if (!pictureId(bytes, at, into)) {
                return false;
            }
        } else if (flexible) {
            // Its references are differences of picture ids.
            return false;
        }
        boolean up = false;
        if (hasLayers) {
            if (left() < 2) {
                return false;
            }
            int indices = bytes[position++];
            into.temporal = indices >> 5 & 7;
            up = (indices & 0x10) != 0;
            into.spatial = indices >> 1 & 7;
            into.interLayer = (indices & 0x01) != 0;
            if (into.spatial == 0 && into.interLayer) {
                return false;
            }
            if (!flexible) {
                into.tl0PicIdxAt = position - at;
                into.tl0PicIdx = bytes[position++] & 0xFF;
            }
        }
        noteKey(into);
        if (flexible) {
            if (!references(bytes, into, up)) {
                return false;
            }
        } else {
            into.barrier = up;
        }
        if ((flags & 0x02) != 0 && !structure(bytes, into)) {
            return false;
        }
        return left() > 0;
    }

    private boolean pictureId(byte[] bytes, int at, PacketLayers into) {
        if (left() < 1) {
            return false;
        }
        into.pictureIdAt = position - at;
        if (bytes[position] >= 0) {
            into.pictureIdBits = 7;
            into.pictureId = bytes[position++];
            return true;
        }
        if (left() < 2) {
            return false;
        }
        into.pictureIdBits = 15;
        into.pictureId = BigEndian.u16(bytes, position) & 0x7FFF;
        position += 2;
        return true;
    }

    /** The higher spatial layers of a key picture refer to nothing before it either. */
    private void noteKey(PacketLayers into) {
        if (into.interPicture) {
            return;
        }
        if (!into.interLayer) {
            into.keyFrame = true;
            keyPicture = into.pictureId;
        } else {
            into.keyFrame = into.pictureId != PacketLayers.NONE && into.pictureId == keyPicture;
        }
    }

    /**
     * Senders disagree on what U means in flexible mode; the references themselves tell whether a picture refers to
     * lower temporal layers only.
     */
    private boolean references(byte[] bytes, PacketLayers into, boolean up) {
        if (history == null) {
            history = new int[HISTORY];
        }
        boolean lowerOnly = true;
        boolean allKnown = true;
        if (into.interPicture) {
            int count = 0;
            boolean more = true;
            while (more) {
                if (left() < 1 || ++count > MOST_REFERENCES) {
                    return false;
                }
                int reference = bytes[position++] & 0xFF;
                more = (reference & 1) != 0;
                int layer = layerOf(into.pictureId - (reference >> 1), into.pictureIdBits);
                allKnown &= layer >= 0;
                lowerOnly &= layer < into.temporal;
            }
        }
        into.switchUp = into.temporal > 0 && (allKnown ? lowerOnly : up);
        history[into.pictureId & (HISTORY - 1)] = remembered(into.pictureId) | into.temporal;
        return true;
    }

    /** Never 0, which is what an empty place holds. */
    private static int remembered(int pictureId) {
        return (pictureId + 1) << LAYER_BITS;
    }

    /** Temporal layer of an earlier picture, or -1 when it is not remembered. */
    private int layerOf(int pictureId, int bits) {
        int id = pictureId & ((1 << bits) - 1);
        int kept = history[id & (HISTORY - 1)];
        return (kept & -(1 << LAYER_BITS)) == remembered(id) ? kept & ((1 << LAYER_BITS) - 1) : -1;
    }

    private boolean structure(byte[] bytes, PacketLayers into) {
        if (left() < 1) {
            return false;
        }
        int flags = bytes[position++];
        int layers = (flags >> 5 & 7) + 1;
        if (into.spatial >= layers) {
            return false;
        }
        if ((flags & 0x10) != 0) {
            if (left() < 4 * layers) {
                return false;
            }
            for (int i = 0; i < layers; i++) {
                into.size(i, BigEndian.u16(bytes, position), BigEndian.u16(bytes, position + 2));
                position += 4;
            }
        }
        int highest = into.temporal;
        if ((flags & 0x08) != 0) {
            if (left() < 1) {
                return false;
            }
            int pictures = bytes[position++] & 0xFF;
            for (int i = 0; i < pictures; i++) {
                if (left() < 1) {
                    return false;
                }
                int picture = bytes[position++];
                highest = Math.max(highest, picture >> 5 & 7);
                position += picture >> 2 & 3;
            }
            if (position > limit) {
                return false;
            }
        }
        spatialLayers = layers;
        temporalLayers = highest + 1;
        return true;
    }

    private int left() {
        return limit - position;
    }
}
