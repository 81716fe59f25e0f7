package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.videowindow.bridge.codec.VideoCodec;
import org.videowindow.bridge.layers.ModelCamera;

/** A call of two in virtual time: A sends a camera that is announced by stream ids, B gets it. */
final class RidLab {
    static final String A = "aaaa1111";
    static final String B = "bbbb2222";

    /** What receivers are told. */
    static final int KNOWN_AS = 500_000;

    /** What A sends, which nobody is told. */
    static final int FIRST_SSRC = 700_000;

    private static final long PICTURE_MILLIS = 33;

    final CallLab lab;
    final ModelCamera camera;
    final RidClient a;
    final RidClient b;

    RidLab(VideoCodec codec, String told, String sent, long seed) throws ConferenceException {
        lab = new CallLab(seed);
        camera = new ModelCamera(codec, 3, codec == VideoCodec.H264 ? 1 : 3, new Random(seed));
        a = client(A, 20_001, codec, sent);
        b = client(B, 20_002, codec, sent);
        lab.join(a, List.of(a.described(told)));
        lab.join(b, List.of());
        lab.runMillis(1_000);
    }

    private RidClient client(String id, int port, VideoCodec codec, String mid) throws ConferenceException {
        EndpointTransport transport = lab.conference().addEndpoint(id, offer(codec), lab.now());
        return new RidClient(lab, id, port, transport, camera, mid, List.of("lo", "mid", "hi"), FIRST_SSRC, KNOWN_AS);
    }

    /** One codec, with the header extensions that tell streams apart. */
    static EndpointSettings offer(VideoCodec codec) {
        List<HeaderExtension> extensions = new ArrayList<>(Offers.standard().extensions());
        extensions.add(new HeaderExtension(MediaKind.VIDEO, RidClient.STREAM_ID, HeaderExtension.STREAM_ID));
        extensions.add(new HeaderExtension(MediaKind.VIDEO, RidClient.REPAIRED_ID, HeaderExtension.REPAIRED_STREAM_ID));
        extensions.add(
                new HeaderExtension(MediaKind.VIDEO, ModelCamera.DESCRIPTOR_ID, HeaderExtension.DEPENDENCY_DESCRIPTOR));
        return new EndpointSettings(
                List.of(
                        new PayloadType(MediaKind.VIDEO, RidClient.VIDEO, codec.name(), 90_000, Map.of(), Set.of()),
                        new PayloadType(
                                MediaKind.VIDEO,
                                Offers.RTX,
                                "rtx",
                                90_000,
                                Map.of("apt", Integer.toString(RidClient.VIDEO)),
                                Set.of())),
                extensions);
    }

    /** The camera runs; B asks for what it lacks. */
    void runPictures(int pictures) {
        for (int i = 0; i < pictures; i++) {
            a.sendPicture(lab.now());
            lab.runMillis(PICTURE_MILLIS);
            b.askForMissing(8);
        }
    }

    /** What B gets now. */
    int encodingAtB() {
        return toB().current().encoding();
    }

    ForwardedSource toB() {
        return endpoint(B).outbound().forwarded(KNOWN_AS);
    }

    EndpointSession endpoint(String id) {
        try {
            return lab.conference().require(id);
        } catch (ConferenceException e) {
            throw new AssertionError(e);
        }
    }
}
