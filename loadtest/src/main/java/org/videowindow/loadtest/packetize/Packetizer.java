package org.videowindow.loadtest.packetize;

import java.io.IOException;
import java.util.List;
import org.videowindow.loadtest.container.Track;

/** Cuts frames of one track into RTP payloads. Keeps the track's picture ids; one thread. */
public interface Packetizer {
    /** Largest payload that, with RTP, SRTP and IP headers, passes a path of 1,280 bytes. */
    int LARGEST_PAYLOAD = 1_180;

    /**
     * The payloads of one frame in order; the last gets the marker bit where it is a picture.
     *
     * @throws IOException when the frame is none of its codec, in one sentence
     */
    List<byte[]> payloads(byte[] frame) throws IOException;

    /** Whether a receiver can begin with this frame. */
    boolean isKeyFrame(byte[] frame);

    /** For a codec. */
    static Packetizer of(Track.Codec codec) {
        return switch (codec) {
            case VP8 -> new Vp8Packetizer();
            case VP9 -> new Vp9Packetizer();
            case AV1 -> new Av1Packetizer();
            case OPUS -> new OpusPacketizer();
        };
    }
}
