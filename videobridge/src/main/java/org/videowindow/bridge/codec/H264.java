package org.videowindow.bridge.codec;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * Reads the payload of H.264 (RFC 6184, packetization modes 0 and 1): single NAL units, STAP-A and FU-A. A picture
 * that anybody can begin with has a sequence parameter set, or is an IDR picture of a sender that never sends one.
 * Temporal layers are not told by this payload: everything is forwarded. One object per received stream; one thread.
 */
public final class H264 {
    private static final int SLICE = 1;
    private static final int IDR_SLICE = 5;
    private static final int SEQUENCE_PARAMETERS = 7;
    private static final int LAST_SINGLE = 23;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private final H264Size size = new H264Size();
    private boolean parametersSeen;

    /**
     * Says what the bridge must know of a packet.
     *
     * @return false when it is cut off, a length in it lies, or its type is none of the packetization modes 0 and 1;
     *     the packet is then described as unknown
     */
    public boolean read(byte[] buffer, int offset, int length, PacketLayers into) {
        into.clear();
        if (!payload(buffer, offset, length, into)) {
            into.clear();
            return false;
        }
        into.known = true;
        into.interPicture = !into.keyFrame;
        return true;
    }

    private boolean payload(byte[] buffer, int offset, int length, PacketLayers into) {
        if (length < 2) {
            return false;
        }
        int type = buffer[offset] & 0x1F;
        if (type == STAP_A) {
            return aggregate(buffer, offset + 1, offset + length, into);
        }
        if (type == FU_A) {
            return fragment(buffer, offset, length, into);
        }
        if (type == 0 || type > LAST_SINGLE) {
            return false;
        }
        unit(type, buffer, offset + 1, length - 1, into);
        return true;
    }

    private boolean aggregate(byte[] buffer, int from, int limit, PacketLayers into) {
        int at = from;
        while (at < limit) {
            if (limit - at < 3) {
                return false;
            }
            int unit = BigEndian.u16(buffer, at);
            at += 2;
            if (unit == 0 || unit > limit - at) {
                return false;
            }
            unit(buffer[at] & 0x1F, buffer, at + 1, unit - 1, into);
            at += unit;
        }
        return true;
    }

    private boolean fragment(byte[] buffer, int offset, int length, PacketLayers into) {
        if (length < 3) {
            return false;
        }
        int header = buffer[offset + 1];
        boolean start = (header & 0x80) != 0;
        boolean end = (header & 0x40) != 0;
        if (start && end) {
            // RFC 6184 section 5.8 forbids it.
            return false;
        }
        if (start) {
            unit(header & 0x1F, buffer, offset + 2, length - 2, into);
        } else if ((header & 0x1F) == IDR_SLICE) {
            into.keyFrame = true;
        }
        return true;
    }

    /** Looks at the beginning of a NAL unit, behind its header. */
    private void unit(int type, byte[] buffer, int at, int length, PacketLayers into) {
        switch (type) {
            case SEQUENCE_PARAMETERS -> {
                parametersSeen = true;
                into.frameStart = true;
                into.keyFrame = true;
                size.read(buffer, at, length, into);
            }
            case IDR_SLICE -> {
                into.keyFrame = true;
                // Whoever begins here, behind the parameter sets, could decode nothing.
                into.frameStart |= !parametersSeen && firstSlice(buffer, at, length);
            }
            case SLICE -> into.frameStart |= firstSlice(buffer, at, length);
            default -> {
                // Parameters of pictures, supplemental information, other slices: parts of a frame.
            }
        }
    }

    /** The first macroblock of the slice is that of the picture: first_mb_in_slice is 0, one bit (7.3.3). */
    private static boolean firstSlice(byte[] buffer, int at, int length) {
        return length > 0 && buffer[at] < 0;
    }
}
