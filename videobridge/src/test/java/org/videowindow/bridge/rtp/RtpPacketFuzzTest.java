package org.videowindow.bridge.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes: the view answers or refuses, and what it accepts stays within its bounds. */
class RtpPacketFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void anyBytesAreRefusedOrReadable(byte[] data) {
        byte[] shifted = new byte[data.length + 8];
        System.arraycopy(data, 0, shifted, 5, data.length);
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(shifted, 5, data.length)) {
            return;
        }
        if (packet.payloadOffset() + packet.payloadLength() + packet.paddingLength() != 5 + data.length) {
            throw new AssertionError("parts do not add up");
        }
        for (int i = 0; i < packet.csrcCount(); i++) {
            packet.csrc(i);
        }
        for (int id = 0; id < 256; id++) {
            if (packet.findExtension(id)
                    && (packet.elementOffset() < 5
                            || packet.elementOffset() + packet.elementLength() > packet.payloadOffset())) {
                throw new AssertionError("element " + id + " outside the header");
            }
            packet.audioLevel(id);
            packet.transportSequence(id, 0xABCD);
            packet.absoluteSendTime(id, 123);
            packet.blankExtension(id);
        }
        byte[] out = new byte[shifted.length + Rtx.OVERHEAD];
        int written = Rtx.wrap(packet, out, 3, 1, 2, 3);
        RtpPacket retransmission = new RtpPacket();
        if (!retransmission.wrap(out, 3, written)) {
            throw new AssertionError("a retransmission that is no packet");
        }
        Rtx.unwrap(retransmission, new byte[written], 0, packet.ssrc(), packet.payloadType());
        Rtx.unwrap(packet, new byte[data.length], 0, 7, 8);
    }
}
