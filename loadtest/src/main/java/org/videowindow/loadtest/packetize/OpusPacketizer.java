package org.videowindow.loadtest.packetize;

import java.util.List;

/** Opus (RFC 7587): a packet is a payload. */
final class OpusPacketizer implements Packetizer {
    @Override
    public List<byte[]> payloads(byte[] frame) {
        return List.of(frame);
    }

    @Override
    public boolean isKeyFrame(byte[] frame) {
        return true;
    }
}
