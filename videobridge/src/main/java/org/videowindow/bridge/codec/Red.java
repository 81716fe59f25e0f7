package org.videowindow.bridge.codec;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * Finds the newest block of a payload with redundant ones before it (RFC 2198), to send it alone to a receiver that
 * did not agree to redundancy.
 *
 * <pre>
 *  |1|   block PT  |  timestamp offset (14)    | block length (10)  |   for each redundant block
 *  |0|   block PT  |                                                    for the newest
 * </pre>
 *
 * One thread, reused.
 */
public final class Red {
    /** More blocks than any sender has: Opus is sent with one or two. */
    private static final int MOST_BLOCKS = 16;

    private int payloadType;
    private int offset;
    private int length;

    /**
     * Looks at a payload.
     *
     * @return false when a length in it lies or nothing is left for the newest block
     */
    public boolean wrap(byte[] buffer, int at, int bytes) {
        int limit = at + bytes;
        int header = at;
        int redundant = 0;
        for (int blocks = 0; ; blocks++) {
            if (header >= limit || blocks > MOST_BLOCKS) {
                return false;
            }
            if (buffer[header] >= 0) {
                break;
            }
            if (limit - header < 4) {
                return false;
            }
            redundant += BigEndian.u16(buffer, header + 2) & 0x3FF;
            header += 4;
        }
        int newest = header + 1 + redundant;
        if (newest >= limit) {
            return false;
        }
        payloadType = buffer[header] & 0x7F;
        offset = newest;
        length = limit - newest;
        return true;
    }

    /** Payload type of the newest block. */
    public int payloadType() {
        return payloadType;
    }

    /** Where the newest block begins in the buffer. */
    public int offset() {
        return offset;
    }

    /** Bytes of the newest block. */
    public int length() {
        return length;
    }
}
