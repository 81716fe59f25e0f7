package org.videowindow.loadtest.bench;

import java.util.List;
import org.videowindow.loadtest.media.Codec;

/**
 * How many participants do what.
 *
 * @param key short name for the command line
 * @param title what a table says
 * @param rooms meetings at a time
 * @param senders in each room, with camera and microphone
 * @param receivers in each room, who only watch
 * @param maxHeight what every receiver wants to see
 * @param codec of all cameras
 * @param encodings how many sizes a camera sends, the largest first, where the codec has simulcast
 * @param compared whether other servers carry it too
 */
public record Load(
        String key,
        String title,
        int rooms,
        int senders,
        int receivers,
        int maxHeight,
        Codec codec,
        int encodings,
        boolean compared) {
    /** Bits per second of the three sizes of a camera, 180, 360 and 720 lines. */
    static final int[] BITS_PER_SECOND = {150_000, 400_000, 2_300_000};

    static final int[] WIDTHS = {320, 640, 1280};
    static final int[] HEIGHTS = {180, 360, 720};
    static final int FRAMES_PER_SECOND = 25;

    /** The loads that a comparison runs in turn. */
    public static final List<Load> FIXED = List.of(
            new Load("room", "1 sender -> 20 receivers", 1, 1, 20, 720, Codec.VP8, 3, true),
            new Load("rooms", "4 rooms of 1 -> 20, 25,000 packets/s out", 4, 1, 20, 720, Codec.VP8, 3, true),
            new Load("many", "10 rooms of 1 -> 20, 62,000 packets/s out", 10, 1, 20, 720, Codec.VP8, 3, false),
            new Load("large", "5 senders -> 500 receivers, audio and 180p", 1, 5, 500, 180, Codec.VP8, 3, false));

    /** Loads that have to be asked for: the first two without simulcast, so that no server can choose another layer. */
    public static final List<Load> FURTHER = List.of(
            new Load("single", "1 sender -> 20 receivers, one encoding", 1, 1, 20, 720, Codec.VP8, 1, true),
            new Load("singles", "4 rooms of 1 -> 20, one encoding", 4, 1, 20, 720, Codec.VP8, 1, true));

    /** All participants. */
    public int participants() {
        return rooms * (senders + receivers);
    }
}
