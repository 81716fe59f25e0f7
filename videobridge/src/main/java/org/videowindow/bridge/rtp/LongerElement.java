package org.videowindow.bridge.rtp;

/**
 * Copies a packet whose header extension (RFC 8285) has an element with new data, longer than before: what lies behind
 * moves up, and the extension is filled to whole words.
 */
public final class LongerElement {
    /** Bytes that a packet grows at most by an element that grows by five. */
    public static final int MOST_GROWTH = 8;

    /** The length of an element with a one-byte header has four bits. */
    private static final int MOST_ONE_BYTE = 16;

    private static final int MOST_TWO_BYTES = 255;

    private LongerElement() {}

    /**
     * Copies everything but the data of the element, which is in its place in the copy already.
     *
     * @param packet not changed
     * @param dataAt where the element's data lies in the packet's buffer
     * @param dataLength its bytes
     * @param grownTo bytes of the new data, not fewer
     * @param out the copy, from its beginning; the data lies where it did, counted from there
     * @return bytes of the copy; 0 when elements of the packet's form cannot be so long
     */
    public static int copyAround(RtpPacket packet, int dataAt, int dataLength, int grownTo, byte[] out) {
        byte[] in = packet.buffer();
        int offset = packet.offset();
        int extension = RtpPacket.FIXED_HEADER_BYTES + packet.csrcCount() * 4;
        boolean oneByte = BigEndian.u16(in, offset + extension) == RtpPacket.ONE_BYTE_PROFILE;
        if (grownTo > (oneByte ? MOST_ONE_BYTE : MOST_TWO_BYTES)) {
            return 0;
        }
        int data = dataAt - offset;
        System.arraycopy(in, offset, out, 0, data);
        int head = data - 1;
        out[head] = (byte) (oneByte ? (out[head] & 0xF0) | (grownTo - 1) : grownTo);
        int behind = data + dataLength;
        int rest = packet.headerLength() - behind;
        System.arraycopy(in, offset + behind, out, data + grownTo, rest);
        int words = (data + grownTo + rest - extension - 4 + 3) / 4;
        int header = extension + 4 + words * 4;
        for (int i = data + grownTo + rest; i < header; i++) {
            out[i] = 0;
        }
        BigEndian.putU16(out, extension + 2, words);
        int content = packet.length() - packet.headerLength();
        System.arraycopy(in, packet.payloadOffset(), out, header, content);
        return header + content;
    }
}
