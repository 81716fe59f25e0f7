package org.videowindow.bridge.conference;

import org.videowindow.bridge.codec.Red;
import org.videowindow.bridge.layers.VideoPacket;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * A packet of sound without the redundant blocks it came with, for receivers that did not agree to redundancy (RFC 2198).
 * Made once per packet, whoever gets it. Part of the worker's {@link Scratch}.
 */
final class PlainSound {
    private static final int PADDING = 0x20;

    private final byte[] bytes = new byte[Scratch.BYTES];
    private final Red red = new Red();
    private final RtpPacket rtp = new RtpPacket();
    private final VideoPacket packet = new VideoPacket();

    /**
     * Takes the newest block out of a packet, which is not changed.
     *
     * @param transportAt where its transport-wide sequence number lies in the buffer, or -1
     * @return false when the lengths of the blocks lie
     */
    boolean take(RtpPacket redundant, int transportAt) {
        if (!red.wrap(redundant.buffer(), redundant.payloadOffset(), redundant.payloadLength())) {
            return false;
        }
        int header = redundant.headerLength();
        System.arraycopy(redundant.buffer(), redundant.offset(), bytes, 0, header);
        System.arraycopy(redundant.buffer(), red.offset(), bytes, header, red.length());
        bytes[0] &= (byte) ~PADDING;
        if (!rtp.wrap(bytes, 0, header + red.length())) {
            return false;
        }
        rtp.payloadType(red.payloadType());
        packet.begin(rtp);
        packet.transportAt(transportAt < 0 ? VideoPacket.NONE : transportAt - redundant.offset());
        return true;
    }

    /** What was taken out last. */
    VideoPacket packet() {
        return packet;
    }

    /** Its payload type. */
    int payloadType() {
        return red.payloadType();
    }
}
