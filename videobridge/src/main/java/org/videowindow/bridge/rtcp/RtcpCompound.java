package org.videowindow.bridge.rtcp;

import static org.videowindow.bridge.rtcp.RtcpHeader.PAYLOAD_FEEDBACK;
import static org.videowindow.bridge.rtcp.RtcpHeader.TRANSPORT_FEEDBACK;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * A movable view that walks over the packets of a compound RTCP packet, reduced-size ones included (RFC 5506).
 *
 * <pre>{@code
 * if (compound.wrap(bytes, offset, length)) {
 *     while (compound.next()) {
 *         switch (compound.kind()) { ... }
 *     }
 * }
 * }</pre>
 *
 * {@link #wrap} checks the whole chain first: version, lengths that add up exactly, padding within its packet. One lie and
 * nothing of it is believed. Padding is accepted in every packet, and of any size: RFC 3550 allows it only in the last and by
 * whole words, but browsers pad each transport-wide feedback by one to three bytes. Owned by one thread, reused.
 */
public final class RtcpCompound {
    /** What the packet under the view is. */
    public enum Kind {
        /** Sender report. */
        SENDER_REPORT,
        /** Receiver report. */
        RECEIVER_REPORT,
        /** Source description. */
        SOURCE_DESCRIPTION,
        /** Goodbye. */
        BYE,
        /** Generic NACK. */
        NACK,
        /** Transport-wide feedback. */
        TRANSPORT_WIDE_FEEDBACK,
        /** Picture loss indication. */
        PICTURE_LOSS,
        /** Full intra request. */
        FULL_INTRA_REQUEST,
        /** Receiver estimated maximum bit rate. */
        RECEIVER_ESTIMATED_MAXIMUM_BITRATE,
        /** Anything else, or one of the above that is too short for what it must carry: skip it. */
        OTHER
    }

    private static final int REMB_IDENTIFIER = 0x5245_4D42;

    private byte[] buffer = {};
    private int end;
    private int next;
    private int offset;
    private int length;

    /**
     * Looks at a compound packet in the clear and stands before its first packet.
     *
     * @return false when the bytes are no well-formed compound packet
     */
    public boolean wrap(byte[] bytes, int at, int byteCount) {
        if (byteCount < RtcpHeader.BYTES) {
            return false;
        }
        int limit = at + byteCount;
        int position = at;
        while (position < limit) {
            if (limit - position < RtcpHeader.BYTES || (bytes[position] & 0xC0) != 0x80) {
                return false;
            }
            int size = size(bytes, position);
            if (size > limit - position || !paddingFits(bytes, position, size)) {
                return false;
            }
            position += size;
        }
        buffer = bytes;
        next = at;
        end = limit;
        return true;
    }

    private static int size(byte[] bytes, int at) {
        return (BigEndian.u16(bytes, at + 2) + 1) * 4;
    }

    private static int padding(byte[] bytes, int at, int size) {
        return (bytes[at] & 0x20) == 0 ? 0 : bytes[at + size - 1] & 0xFF;
    }

    private static boolean paddingFits(byte[] bytes, int at, int size) {
        int padding = padding(bytes, at, size);
        return (bytes[at] & 0x20) == 0 || (padding > 0 && padding <= size - RtcpHeader.BYTES);
    }

    /** Moves to the next packet; false after the last. */
    public boolean next() {
        if (next >= end) {
            return false;
        }
        offset = next;
        int size = size(buffer, offset);
        next = offset + size;
        length = size - padding(buffer, offset, size);
        return true;
    }

    /** What the packet is. */
    public Kind kind() {
        return switch (type()) {
            case RtcpHeader.SENDER_REPORT ->
                length >= SenderReport.BYTES + countOrFormat() * ReportBlock.BYTES ? Kind.SENDER_REPORT : Kind.OTHER;
            case RtcpHeader.RECEIVER_REPORT ->
                length >= ReceiverReport.BYTES + countOrFormat() * ReportBlock.BYTES
                        ? Kind.RECEIVER_REPORT
                        : Kind.OTHER;
            case RtcpHeader.SOURCE_DESCRIPTION -> Kind.SOURCE_DESCRIPTION;
            case RtcpHeader.BYE -> length >= RtcpHeader.BYTES + countOrFormat() * 4 ? Kind.BYE : Kind.OTHER;
            case TRANSPORT_FEEDBACK -> length < RtcpHeader.FEEDBACK_BYTES ? Kind.OTHER : transportKind();
            case PAYLOAD_FEEDBACK -> length < RtcpHeader.FEEDBACK_BYTES ? Kind.OTHER : payloadKind();
            default -> Kind.OTHER;
        };
    }

    private Kind transportKind() {
        return switch (countOrFormat()) {
            case Nack.FORMAT -> Kind.NACK;
            case TransportFeedback.FORMAT ->
                length >= TransportFeedback.FIXED_BYTES ? Kind.TRANSPORT_WIDE_FEEDBACK : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    private Kind payloadKind() {
        return switch (countOrFormat()) {
            case PictureLoss.FORMAT -> Kind.PICTURE_LOSS;
            case FullIntraRequest.FORMAT -> Kind.FULL_INTRA_REQUEST;
            case Remb.FORMAT ->
                length >= Remb.FIXED_BYTES
                                && BigEndian.i32(buffer, offset + 12) == REMB_IDENTIFIER
                                && length >= Remb.FIXED_BYTES + BigEndian.u8(buffer, offset + 16) * 4
                        ? Kind.RECEIVER_ESTIMATED_MAXIMUM_BITRATE
                        : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    /** The array. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the packet begins. */
    public int offset() {
        return offset;
    }

    /** Its bytes, without padding. */
    public int length() {
        return length;
    }

    /** Packet type, 0 to 255. */
    public int type() {
        return BigEndian.u8(buffer, offset + 1);
    }

    /** The five bits that count reports or sources, or name a feedback format. */
    public int countOrFormat() {
        return buffer[offset] & 0x1F;
    }

    /** SSRC of the packet's sender; 0 when the packet is too short to have one. */
    public int senderSsrc() {
        return length >= 8 ? BigEndian.i32(buffer, offset + 4) : 0;
    }

    /** SSRC of the media source in a feedback packet; 0 when the packet is too short to have one. */
    public int mediaSsrc() {
        return length >= RtcpHeader.FEEDBACK_BYTES ? BigEndian.i32(buffer, offset + 8) : 0;
    }
}
