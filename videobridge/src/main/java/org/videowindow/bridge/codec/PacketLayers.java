package org.videowindow.bridge.codec;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * What the bridge must know of one video packet to choose who gets it: filled by the parser of its codec, read by the
 * packet path. One object per worker, used again for every packet; no method allocates.
 *
 * <p>Words: a <em>frame</em> is one picture of one spatial layer, a <em>picture</em> all frames of one instant. A
 * <em>target</em> is a pair of the highest spatial and temporal layer that somebody gets. Layers are counted from 0,
 * spatial ones to 7 and temporal ones to 7.
 */
public final class PacketLayers {
    /** No value: picture ids, running numbers and the spatial layer of somebody who gets nothing yet. */
    public static final int NONE = -1;

    /** Layers of each kind there can be at most. */
    public static final int MOST_LAYERS = 8;

    private static final long ALL = -1L;

    /** Whether the codec is understood; if not, the packet goes to everybody and begins nothing. */
    public boolean known;

    /** Whether this is the first packet of a frame. */
    public boolean frameStart;

    /** Whether this is the last packet of a frame, as far as the payload tells: the marker bit is the caller's. */
    public boolean frameEnd;

    /**
     * Whether the packet belongs to a picture with which anybody can begin. Surely told by the first packet of the
     * frame only: the packets that continue it look like those of other frames in VP8 and H.264.
     */
    public boolean keyFrame;

    /** Spatial layer of the frame. */
    public int spatial;

    /** Temporal layer of the picture. */
    public int temporal;

    /**
     * Whether somebody who gets the temporal layer below this one may get this one from this packet on: the frame
     * refers to lower temporal layers only.
     */
    public boolean switchUp;

    /** Whether nothing after this picture refers to a higher temporal layer before it (U of VP9). */
    public boolean barrier;

    /** Whether the frame refers to earlier pictures. */
    public boolean interPicture;

    /** Whether the frame refers to the spatial layer below it in its picture. */
    public boolean interLayer;

    /** Whether higher spatial layers refer to this frame. */
    public boolean usedByHigherSpatial;

    /** Picture id, or {@link #NONE}. */
    public int pictureId;

    /** Bits of the picture id: 0, 7 or 15. */
    public int pictureIdBits;

    /** Running number of pictures of temporal layer 0 (8 bits), or {@link #NONE}. */
    public int tl0PicIdx;

    /** Where the picture id lies, counted from the beginning of the payload, or {@link #NONE}. */
    int pictureIdAt;

    /** Where the running number lies, counted from the beginning of the payload, or {@link #NONE}. */
    int tl0PicIdxAt;

    /** KEYIDX of VP8 (5 bits), or {@link #NONE}. */
    public int keyIndex;

    /** Frame number of the dependency descriptor (16 bits), or {@link #NONE}. */
    public int frameNumber;

    /** Spatial layers of the structure last seen, at least 1. */
    public int spatialLayers;

    /** Temporal layers of the structure last seen, at least 1. */
    public int temporalLayers;

    /** Spatial layers whose size this packet tells: 0 when it tells none. */
    public int sizes;

    /**
     * Whether {@link #needed} and {@link #switches} are what the sender declared (dependency descriptor), rather than
     * drawn from the layer numbers.
     */
    public boolean declared;

    /** Declared targets that need the frame; bit {@code spatial * 8 + temporal}. */
    public long needed;

    /** Declared targets that can be decoded from this frame on by whoever can decode this frame. */
    public long switches;

    /** Declared targets whose receivers can decode this frame, whether they need it or not. */
    public long decodable;

    private final int[] width = new int[MOST_LAYERS];
    private final int[] height = new int[MOST_LAYERS];

    /** A packet of a codec that is not understood. */
    public PacketLayers() {
        clear();
    }

    /** Makes this the description of a packet of an unknown codec: one layer, everybody needs it. */
    public void clear() {
        known = false;
        frameStart = false;
        frameEnd = false;
        keyFrame = false;
        spatial = 0;
        temporal = 0;
        switchUp = false;
        barrier = false;
        interPicture = true;
        interLayer = false;
        usedByHigherSpatial = true;
        pictureId = NONE;
        pictureIdBits = 0;
        pictureIdAt = NONE;
        tl0PicIdxAt = NONE;
        tl0PicIdx = NONE;
        keyIndex = NONE;
        frameNumber = NONE;
        spatialLayers = 1;
        temporalLayers = 1;
        sizes = 0;
        declared = false;
        needed = ALL;
        switches = 0;
        decodable = ALL;
    }

    /** Takes what a dependency descriptor declares; the numbers that the payload carries stay. */
    void declare(PacketLayers by) {
        known = true;
        declared = true;
        frameStart = by.frameStart;
        frameEnd = by.frameEnd;
        keyFrame = by.keyFrame;
        spatial = by.spatial;
        temporal = by.temporal;
        interPicture = by.interPicture;
        interLayer = false;
        frameNumber = by.frameNumber;
        spatialLayers = by.spatialLayers;
        temporalLayers = by.temporalLayers;
        needed = by.needed;
        switches = by.switches;
        decodable = by.decodable;
        for (int i = 0; i < by.sizes; i++) {
            size(i, by.width[i], by.height[i]);
        }
    }

    /** Notes the size of a spatial layer in pixels; layers are told from 0 upwards. */
    void size(int spatialLayer, int pixelsWide, int pixelsHigh) {
        width[spatialLayer] = pixelsWide;
        height[spatialLayer] = pixelsHigh;
        sizes = Math.max(sizes, spatialLayer + 1);
    }

    /** Width of a spatial layer in pixels if this packet tells it, else 0. */
    public int width(int spatialLayer) {
        return spatialLayer < sizes ? width[spatialLayer] : 0;
    }

    /** Height of a spatial layer in pixels if this packet tells it, else 0. */
    public int height(int spatialLayer) {
        return spatialLayer < sizes ? height[spatialLayer] : 0;
    }

    /** Whether somebody with this target needs the packet to decode what comes. */
    public boolean neededFor(int spatialTarget, int temporalTarget) {
        if (declared) {
            return has(needed, spatialTarget, temporalTarget);
        }
        return temporal <= temporalTarget
                && (spatial == spatialTarget || (spatial < spatialTarget && usedByHigherSpatial));
    }

    /**
     * Whether somebody who has nothing of this stream (or another encoding of it) may begin to get this spatial layer,
     * with all its temporal layers, with this packet.
     */
    public boolean canBegin(int spatialTarget) {
        return frameStart
                && keyFrame
                && !interLayer
                && (!declared || has(switches, spatialTarget, MOST_LAYERS - 1))
                && neededFor(spatialTarget, MOST_LAYERS - 1);
    }

    /**
     * Whether somebody who gets this packet's spatial layer up to one temporal layer may get it up to a higher one
     * from this packet on.
     */
    public boolean canRaise(int temporalFrom, int temporalTo) {
        return canMove(spatial, temporalFrom, spatial, temporalTo);
    }

    /**
     * Whether somebody who got everything that the first target needs may get what the second one needs from this
     * packet on. To give less of the same spatial layer is allowed at the beginning of any frame.
     */
    public boolean canMove(int spatialFrom, int temporalFrom, int spatialTo, int temporalTo) {
        if (!frameStart) {
            return false;
        }
        if (spatialFrom == spatialTo && temporalTo <= temporalFrom) {
            return true;
        }
        if (canBegin(spatialTo)) {
            return true;
        }
        if (declared) {
            return has(switches, spatialTo, temporalTo) && has(decodable, spatialFrom, temporalFrom);
        }
        return spatialAllows(spatialFrom, spatialTo) && temporalAllows(spatialFrom, temporalFrom, temporalTo);
    }

    /**
     * Overwrites the picture id in place, in the bits it has; does nothing when there is none.
     *
     * @param buffer the packet this describes, or a copy of it
     * @param payloadOffset where the payload begins in it
     */
    public void putPictureId(byte[] buffer, int payloadOffset, int id) {
        if (pictureIdBits == 15) {
            BigEndian.putU16(buffer, payloadOffset + pictureIdAt, 0x8000 | (id & 0x7FFF));
        } else if (pictureIdBits == 7) {
            buffer[payloadOffset + pictureIdAt] = (byte) (id & 0x7F);
        }
    }

    /** Overwrites the running number of layer 0 in place, as {@link #putPictureId}; nothing when there is none. */
    public void putTl0PicIdx(byte[] buffer, int payloadOffset, int index) {
        if (tl0PicIdxAt >= 0) {
            buffer[payloadOffset + tl0PicIdxAt] = (byte) index;
        }
    }

    private boolean spatialAllows(int from, int to) {
        if (from == to) {
            return true;
        }
        if (spatial != to) {
            return false;
        }
        // Downwards only where the lower layer came along; upwards where the frame needs no picture before it.
        return from > to ? usedByHigherSpatial : from == to - 1 && interLayer && !interPicture;
    }

    private boolean temporalAllows(int spatialFrom, int from, int to) {
        if (to <= from) {
            return true;
        }
        if (barrier && temporal <= from) {
            return true;
        }
        // One step at a time, and before any frame of the picture was left out: later ones may refer to it.
        return switchUp && temporal == from + 1 && to == temporal && !interLayer && spatial <= spatialFrom;
    }

    private static boolean has(long targets, int spatialTarget, int temporalTarget) {
        return (targets & (1L << (spatialTarget * MOST_LAYERS + temporalTarget))) != 0;
    }
}
