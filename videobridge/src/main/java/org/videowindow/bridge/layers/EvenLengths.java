package org.videowindow.bridge.layers;

import org.videowindow.bridge.rtp.RtpPacket;

/**
 * Makes the packets of a frame equally long, so that they leave to a receiver as one message that the kernel cuts.
 * Senders divide a frame into packets that differ by at most one byte, the shorter ones first: those get a byte of padding
 * (RFC 3550 section 5.1). Which ones will follow is not known, so the first packet and all of its length get one.
 *
 * <p>Owned by the stream, used by its worker's thread.
 */
public final class EvenLengths {
    private static final int NONE = -1;

    /** Longer ones stay as they are: with sealing and headers they must fit every path that they fitted before. */
    private static final int LONGEST = 1_300;

    /** Length of the packets that are padded now. */
    private int padded = NONE;

    /** A reader of lengths for a new stream. */
    public EvenLengths() {}

    /** Pads a packet in place where that helps; there must be room for a byte behind it. */
    public void pad(RtpPacket packet) {
        if (packet.marker()) {
            // The last one of a message may be shorter.
            padded = NONE;
            return;
        }
        int length = packet.length();
        if (packet.payloadLength() == 0 || length > LONGEST || (padded != NONE && length == padded + 1)) {
            return;
        }
        padded = length;
        packet.padByOne();
    }
}
