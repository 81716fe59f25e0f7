package org.videowindow.loadtest.packetize;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * VP9 without layers (RFC 9628 section 4.2), non-flexible, with picture ids of 15 bits.
 *
 * <pre>
 *   |I|P|L|F|B|E|V|Z|   I=1; P in pictures that refer to earlier ones; B and E at beginning and end
 *   |M| PictureID   |
 *   |   PictureID   |
 * </pre>
 */
final class Vp9Packetizer implements Packetizer {
    private static final int DESCRIPTOR = 3;
    private static final int FRAME_MARKER = 2;
    private static final int PROFILE_WITH_RESERVED_BIT = 3;

    private int pictureId = ThreadLocalRandom.current().nextInt(1 << 15);

    @Override
    public List<byte[]> payloads(byte[] frame) throws IOException {
        if (frame.length == 0 || (frame[0] & 0xff) >>> 6 != FRAME_MARKER) {
            throw new IOException("A VP9 frame does not begin as one.");
        }
        int id = pictureId;
        int refers = isKeyFrame(frame) ? 0 : 0x40;
        pictureId = (pictureId + 1) & 0x7fff;
        return Pieces.cut(frame, DESCRIPTOR, (payload, first, last) -> {
            payload[0] = (byte) (0x80 | refers | (first ? 0x08 : 0) | (last ? 0x04 : 0));
            payload[1] = (byte) (0x80 | (id >>> 8));
            payload[2] = (byte) id;
        });
    }

    /** VP9 bitstream section 6.2: marker, profile, reserved bit of profile 3, show_existing_frame, frame_type. */
    @Override
    public boolean isKeyFrame(byte[] frame) {
        if (frame.length == 0 || (frame[0] & 0xff) >>> 6 != FRAME_MARKER) {
            return false;
        }
        int profile = ((frame[0] >>> 5) & 1) | ((frame[0] >>> 4) & 1) << 1;
        int next = profile == PROFILE_WITH_RESERVED_BIT ? 2 : 3;
        boolean showsExisting = ((frame[0] >>> next) & 1) == 1;
        return !showsExisting && ((frame[0] >>> (next - 1)) & 1) == 0;
    }
}
