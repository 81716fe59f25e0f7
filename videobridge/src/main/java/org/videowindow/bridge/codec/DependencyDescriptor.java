package org.videowindow.bridge.codec;

import java.util.Arrays;
import org.videowindow.bridge.rtp.BigEndian;

/**
 * Reads the dependency descriptor RTP header extension (AV1 RTP specification, appendix A): of AV1, and of any codec
 * whose payload is encrypted end to end. Nothing of the payload is looked at.
 *
 * <p>One object per received stream: it keeps the structure last sent and which targets the last frames belong to. A
 * structure that does not parse leaves the one before in force. One thread.
 */
public final class DependencyDescriptor {
    /** The URI by which the extension is negotiated. */
    public static final String URI =
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

    /** Bytes that {@link #writeActive} adds at most. */
    public static final int MOST_GROWTH = 5;

    private static final int MANDATORY_BYTES = 3;
    private static final int FLAG_BITS = 5;
    private static final int HISTORY = 64;
    private static final int ACTIVE_FLAG = 0x40;
    private static final int STRUCTURE_FLAG = 0x80;
    private static final int ALL = -1;

    private final BitReader bits = new BitReader();
    private final int[] frames = new int[HISTORY];
    private final long[] neededBy = new long[HISTORY];

    private DependencyStructure structure = new DependencyStructure();
    private DependencyStructure next = new DependencyStructure();
    private boolean structured;
    private int structuredAt;
    private int active;
    private int activeAtFrame;

    /** A reader that has seen no structure yet. */
    public DependencyDescriptor() {
        Arrays.fill(frames, PacketLayers.NONE);
    }

    /**
     * Says what the bridge must know of a packet.
     *
     * @param offset where the data of the extension element begins
     * @param length its bytes
     * @return false when it is cut off, or its template is not (or no longer) in the structure; the packet is then
     *     described as unknown
     */
    public boolean read(byte[] buffer, int offset, int length, PacketLayers into) {
        into.clear();
        if (!describe(buffer, offset, length, into)) {
            into.clear();
            return false;
        }
        into.known = true;
        into.declared = true;
        return true;
    }

    private boolean describe(byte[] buffer, int offset, int length, PacketLayers into) {
        if (length < MANDATORY_BYTES) {
            return false;
        }
        into.frameStart = (buffer[offset] & 0x80) != 0;
        into.frameEnd = (buffer[offset] & 0x40) != 0;
        into.frameNumber = BigEndian.u16(buffer, offset + 1);
        bits.wrap(buffer, offset + MANDATORY_BYTES, length - MANDATORY_BYTES);
        int flags = length > MANDATORY_BYTES ? bits.bits(FLAG_BITS) << 3 : 0;
        boolean attached = (flags & STRUCTURE_FLAG) != 0;
        if (attached && !takeStructure(into.frameNumber)) {
            return false;
        }
        if (!structured) {
            return false;
        }
        int told = (flags & ACTIVE_FLAG) != 0 ? bits.bits(structure.targets()) : ALL;
        int template = structure.template(buffer[offset] & 0x3F);
        if (template < 0) {
            return false;
        }
        into.spatial = structure.spatial(template);
        into.temporal = structure.temporal(template);
        into.spatialLayers = structure.spatialLayers();
        into.temporalLayers = structure.temporalLayers();
        if ((flags & 0x20) != 0) {
            long custom = structure.readIndications(bits);
            into.needed = structure.neededBy(custom);
            into.switches = structure.switchesTo(custom);
        } else {
            into.needed = structure.needed(template);
            into.switches = structure.switches(template);
        }
        if ((flags & 0x10) != 0) {
            ownReferences(into);
        } else {
            templateReferences(template, into);
        }
        if ((flags & 0x08) != 0) {
            structure.skipChains(bits, 8);
        }
        if (bits.overrun()) {
            return false;
        }
        if (attached || ((flags & ACTIVE_FLAG) != 0 && (short) (into.frameNumber - activeAtFrame) >= 0)) {
            active = told;
            activeAtFrame = into.frameNumber;
        }
        into.decodable |= into.needed;
        into.keyFrame = attached && !into.interPicture;
        if (attached) {
            structure.sizes(into);
        }
        frames[into.frameNumber & (HISTORY - 1)] = into.frameNumber;
        neededBy[into.frameNumber & (HISTORY - 1)] = into.needed;
        return true;
    }

    /** A late repeat of an older structure does not replace a newer one. */
    private boolean takeStructure(int frameNumber) {
        if (!next.read(bits)) {
            return false;
        }
        if (structured && (short) (frameNumber - structuredAt) < 0) {
            return false;
        }
        DependencyStructure before = structure;
        structure = next;
        next = before;
        structured = true;
        structuredAt = frameNumber;
        return true;
    }

    private void templateReferences(int template, PacketLayers into) {
        int count = structure.referenceCount(template);
        into.interPicture = count > 0;
        for (int i = 0; i < count; i++) {
            into.decodable &= neededAt(into.frameNumber - structure.reference(template, i));
        }
    }

    private void ownReferences(PacketLayers into) {
        into.interPicture = false;
        for (int size = bits.bits(2); size != 0 && !bits.overrun(); size = bits.bits(2)) {
            into.interPicture = true;
            into.decodable &= neededAt(into.frameNumber - bits.bits(4 * size) - 1);
        }
    }

    /** Who got an earlier frame: nobody that one could count on when it is not remembered. */
    private long neededAt(int frame) {
        int number = frame & 0xFFFF;
        int place = number & (HISTORY - 1);
        return frames[place] == number ? neededBy[place] : 0;
    }

    // --- Rewriting ---

    /** Overwrites the frame number of a descriptor in place; differences between frames must stay as they were. */
    public static void putFrameNumber(byte[] buffer, int offset, int frameNumber) {
        BigEndian.putU16(buffer, offset + 1, frameNumber);
    }

    /**
     * Moves the template ids of a descriptor, and of the structure in it, by a number: so that the structures of two
     * encodings that are sent one after the other as one stream have different ids.
     */
    public static void shiftTemplates(byte[] buffer, int offset, int length, int by) {
        buffer[offset] = (byte) ((buffer[offset] & 0xC0) | ((buffer[offset] + by) & 0x3F));
        if (length > MANDATORY_BYTES + 1 && (buffer[offset + MANDATORY_BYTES] & STRUCTURE_FLAG) != 0) {
            // Three bits at the end of the byte of flags, three at the beginning of the next.
            int at = offset + MANDATORY_BYTES;
            int both = BigEndian.u16(buffer, at);
            int id = (both >> 5) + by & 0x3F;
            BigEndian.putU16(buffer, at, (both & ~(0x3F << 5)) | id << 5);
        }
    }

    /**
     * Writes a descriptor of this stream with the mask of active targets that tells a receiver which of them it gets
     * (appendix A.4.4): those within its layers, as far as the sender has them itself.
     *
     * @param buffer the descriptor as it was read, or a copy of it
     * @param spatial highest spatial layer that the receiver gets
     * @param temporal highest temporal layer that the receiver gets
     * @param out where to; not the same place, and {@link #MOST_GROWTH} bytes longer
     * @return bytes written; 0 when the descriptor is not of the structure that is in force
     */
    public int writeActive(
            byte[] buffer, int offset, int length, int spatial, int temporal, byte[] out, int outOffset) {
        if (length < MANDATORY_BYTES || !structured) {
            return 0;
        }
        bits.wrap(buffer, offset + MANDATORY_BYTES, length - MANDATORY_BYTES);
        int flags = length > MANDATORY_BYTES ? bits.bits(FLAG_BITS) << 3 : 0;
        DependencyStructure of = structure;
        if ((flags & STRUCTURE_FLAG) != 0) {
            // May be an older one that is sent again.
            of = next;
            if (!next.read(bits)) {
                return 0;
            }
        }
        if (of.template(buffer[offset] & 0x3F) < 0) {
            return 0;
        }
        int head = length > MANDATORY_BYTES ? bits.position() - offset * 8 : MANDATORY_BYTES * 8;
        int rest = head + ((flags & ACTIVE_FLAG) != 0 ? of.targets() : 0);
        int end = length * 8;
        if (rest > end) {
            return 0;
        }
        int written = BitCopy.copy(buffer, offset * 8, out, outOffset * 8, head);
        if (length == MANDATORY_BYTES) {
            written = BitCopy.put(out, written, 0, FLAG_BITS);
        }
        out[outOffset + MANDATORY_BYTES] |= ACTIVE_FLAG;
        written = BitCopy.put(out, written, of.activeFor(spatial, temporal) & active, of.targets());
        written = BitCopy.copy(buffer, offset * 8 + rest, out, written, end - rest);
        int bytes = (written + 7) / 8 - outOffset;
        BitCopy.put(out, written, 0, (outOffset + bytes) * 8 - written);
        return bytes;
    }
}
