package org.videowindow.loadtest.packetize;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * VP8 (RFC 7741 section 4.2), with picture ids of 15 bits.
 *
 * <pre>
 *   |X|R|N|S|R| PID |   X=1, S at the beginning of the frame, partition 0
 *   |I|L|T|K| RSV   |   I=1
 *   |M| PictureID   |
 *   |   PictureID   |
 * </pre>
 */
final class Vp8Packetizer implements Packetizer {
    private static final int DESCRIPTOR = 4;

    private int pictureId = ThreadLocalRandom.current().nextInt(1 << 15);

    @Override
    public List<byte[]> payloads(byte[] frame) throws IOException {
        if (frame.length < 3) {
            throw new IOException("A VP8 frame has fewer than 3 bytes.");
        }
        int id = pictureId;
        pictureId = (pictureId + 1) & 0x7fff;
        return Pieces.cut(frame, DESCRIPTOR, (payload, first, last) -> {
            payload[0] = (byte) (first ? 0x90 : 0x80);
            payload[1] = (byte) 0x80;
            payload[2] = (byte) (0x80 | (id >>> 8));
            payload[3] = (byte) id;
        });
    }

    /** RFC 6386 section 9.1: the lowest bit is 0 in key frames. */
    @Override
    public boolean isKeyFrame(byte[] frame) {
        return frame.length > 0 && (frame[0] & 1) == 0;
    }
}
