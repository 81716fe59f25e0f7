package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** What the focus offers, as the bridge is told, and sources of a client. */
public final class Offers {
    static final int OPUS = 111;
    static final int RED = 112;
    static final int VP8 = 100;
    static final int RTX = 96;
    static final int AUDIO_LEVEL = 1;
    static final int SEND_TIME = 3;
    static final int TRANSPORT = 5;
    static final int MID = 10;

    private Offers() {}

    public static EndpointSettings standard() {
        return new EndpointSettings(
                List.of(
                        new PayloadType(MediaKind.AUDIO, OPUS, "opus", 48_000, Map.of(), Set.of("transport-cc")),
                        new PayloadType(
                                MediaKind.VIDEO,
                                VP8,
                                "VP8",
                                90_000,
                                Map.of(),
                                Set.of("ccm fir", "nack", "nack pli", "transport-cc")),
                        new PayloadType(MediaKind.VIDEO, RTX, "rtx", 90_000, Map.of("apt", "100"), Set.of())),
                List.of(
                        new HeaderExtension(MediaKind.AUDIO, AUDIO_LEVEL, HeaderExtension.AUDIO_LEVEL),
                        new HeaderExtension(MediaKind.AUDIO, MID, HeaderExtension.MID),
                        new HeaderExtension(MediaKind.AUDIO, TRANSPORT, HeaderExtension.TRANSPORT_SEQUENCE),
                        new HeaderExtension(MediaKind.VIDEO, MID, HeaderExtension.MID),
                        new HeaderExtension(MediaKind.VIDEO, SEND_TIME, HeaderExtension.ABSOLUTE_SEND_TIME),
                        new HeaderExtension(MediaKind.VIDEO, TRANSPORT, HeaderExtension.TRANSPORT_SEQUENCE)));
    }

    /** The standard offer to a client that understands redundant sound. */
    static EndpointSettings withRedundancy() {
        List<PayloadType> types = new ArrayList<>(standard().payloadTypes());
        types.add(new PayloadType(MediaKind.AUDIO, RED, "red", 48_000, Map.of(), Set.of("transport-cc")));
        return new EndpointSettings(types, standard().extensions());
    }

    /** The standard offer with forward error correction of the pictures. */
    static EndpointSettings withProtection() {
        List<PayloadType> types = new ArrayList<>(standard().payloadTypes());
        types.add(new PayloadType(MediaKind.VIDEO, 49, "flexfec-03", 90_000, Map.of(), Set.of()));
        return new EndpointSettings(types, standard().extensions());
    }

    static MediaSource audio(String endpoint, long ssrc) {
        return new MediaSource(endpoint + "-a0", MediaKind.AUDIO, VideoType.NONE, List.of(ssrc), List.of());
    }

    static MediaSource video(String endpoint, long ssrc, long repeatSsrc) {
        return new MediaSource(
                endpoint + "-v0",
                MediaKind.VIDEO,
                VideoType.CAMERA,
                List.of(ssrc, repeatSsrc),
                List.of(new SsrcGroup(SsrcGroup.Semantics.FID, List.of(ssrc, repeatSsrc))));
    }

    /** A picture in several sizes, each with its retransmissions: SSRCs from the first on, sizes first. */
    static MediaSource simulcast(String endpoint, long firstSsrc, int sizes) {
        List<Long> ssrcs =
                LongStream.range(firstSsrc, firstSsrc + 2L * sizes).boxed().toList();
        List<SsrcGroup> groups = new ArrayList<>();
        groups.add(new SsrcGroup(SsrcGroup.Semantics.SIM, ssrcs.subList(0, sizes)));
        for (int i = 0; i < sizes; i++) {
            groups.add(new SsrcGroup(SsrcGroup.Semantics.FID, List.of(ssrcs.get(i), ssrcs.get(sizes + i))));
        }
        return new MediaSource(endpoint + "-v0", MediaKind.VIDEO, VideoType.CAMERA, ssrcs, groups);
    }

    /** Sound, picture and the picture's retransmissions of one client. */
    static List<MediaSource> camera(String endpoint, long firstSsrc) {
        return List.of(audio(endpoint, firstSsrc), video(endpoint, firstSsrc + 1, firstSsrc + 2));
    }
}
