package org.videowindow.bridge.codec;

/**
 * Reads the beginning of an AV1 payload of a sender without dependency descriptor (AV1 RTP specification, section 4.4
 * and section 5.3 of the AV1 bitstream): where anybody can begin, and the layers if the first unit names them.
 * Stateless.
 */
public final class Av1 {
    private Av1() {}

    /**
     * Says what the bridge must know of a packet.
     *
     * @return false when it is cut off; the packet is then described as unknown
     */
    public static boolean read(byte[] buffer, int offset, int length, PacketLayers into) {
        into.clear();
        if (length < 2) {
            return false;
        }
        int header = buffer[offset];
        boolean continued = (header & 0x80) != 0;
        int count = header >> 4 & 3;
        boolean newSequence = (header & 0x08) != 0;
        if (continued && newSequence) {
            return false;
        }
        int at = offset + 1;
        int limit = offset + length;
        if (count != 1) {
            // The length of the first unit: a little-endian number of groups of seven bits.
            int unit = 0;
            for (int shift = 0; ; shift += 7) {
                if (at == limit || shift > 14) {
                    return false;
                }
                int group = buffer[at++];
                unit |= (group & 0x7F) << shift;
                if (group >= 0) {
                    break;
                }
            }
            if (unit > limit - at) {
                return false;
            }
            limit = at + unit;
        }
        into.known = true;
        into.keyFrame = newSequence;
        into.frameStart = newSequence;
        into.interPicture = !newSequence;
        if (!continued && limit - at >= 2 && (buffer[at] & 0x04) != 0) {
            into.temporal = buffer[at + 1] >> 5 & 7;
            into.spatial = buffer[at + 1] >> 3 & 3;
        }
        into.temporalLayers = into.temporal + 1;
        into.spatialLayers = into.spatial + 1;
        return true;
    }
}
