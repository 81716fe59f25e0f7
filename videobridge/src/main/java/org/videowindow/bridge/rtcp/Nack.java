package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.SequenceNumbers;

/**
 * Generic NACK (RFC 4585 section 6.2.1): entries of a lost packet's sequence number and a mask of the 16 that follow it.
 *
 * <pre>
 * |            PID                |             BLP               |
 * </pre>
 *
 * To read: {@code for (i < entries(bytes)) for (bit = 0; bit <= 16; bit++) if ((n = lost(buffer, at, i, bit)) >= 0) ...}
 */
public final class Nack {
    /** Feedback format within transport-layer feedback. */
    public static final int FORMAT = 1;

    /** Bytes of an entry. */
    public static final int ENTRY_BYTES = 4;

    private Nack() {}

    /** Entries in a packet of that many bytes. */
    public static int entries(int packetBytes) {
        return Math.max(0, packetBytes - RtcpHeader.FEEDBACK_BYTES) / ENTRY_BYTES;
    }

    /**
     * One of the 17 packets that entry {@code index} can name.
     *
     * @param position 0 for the entry's own packet, 1 to 16 for those after it
     * @return the sequence number, or -1 when that packet is not asked for
     */
    public static int lost(byte[] buffer, int at, int index, int position) {
        int entry = at + RtcpHeader.FEEDBACK_BYTES + index * ENTRY_BYTES;
        int first = BigEndian.u16(buffer, entry);
        if (position == 0) {
            return first;
        }
        boolean asked = (BigEndian.u16(buffer, entry + 2) >>> (position - 1) & 1) != 0;
        return asked ? SequenceNumbers.plus(first, position) : -1;
    }

    /** Most bytes that {@link #write} uses for that many numbers. */
    public static int maxBytes(int count) {
        return RtcpHeader.FEEDBACK_BYTES + count * ENTRY_BYTES;
    }

    /**
     * Writes a NACK.
     *
     * @param numbers lost sequence numbers, oldest first
     * @param count how many of them, at least 1
     * @return bytes written
     */
    public static int write(byte[] out, int offset, int senderSsrc, int mediaSsrc, int[] numbers, int count) {
        int at = offset + RtcpHeader.FEEDBACK_BYTES;
        int i = 0;
        while (i < count) {
            int first = numbers[i++];
            int mask = 0;
            for (int steps;
                    i < count && (steps = SequenceNumbers.distance(first, numbers[i])) > 0 && steps <= 16;
                    i++) {
                mask |= 1 << (steps - 1);
            }
            BigEndian.putU16(out, at, first);
            BigEndian.putU16(out, at + 2, mask);
            at += ENTRY_BYTES;
        }
        int bytes = at - offset;
        RtcpHeader.writeFeedback(out, offset, FORMAT, RtcpHeader.TRANSPORT_FEEDBACK, bytes, senderSsrc, mediaSsrc);
        return bytes;
    }
}
