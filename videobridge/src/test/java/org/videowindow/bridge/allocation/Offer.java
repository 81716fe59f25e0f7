package org.videowindow.bridge.allocation;

import java.util.ArrayList;
import java.util.List;
import org.videowindow.bridge.conference.VideoType;

/** Offers as senders make them. */
final class Offer {
    private Offer() {}

    /** A camera with simulcast in three sizes and three frame rates: 150, 500 and 1,500 kbit/s. */
    static SourceOffer camera(String owner) {
        return camera(owner, 1.0);
    }

    /** The same, dearer or cheaper by a factor. */
    static SourceOffer camera(String owner, double factor) {
        List<OfferedLayer> layers = new ArrayList<>();
        layers.addAll(rates(0, 180, factor * 150_000));
        layers.addAll(rates(1, 360, factor * 500_000));
        layers.addAll(rates(2, 720, factor * 1_500_000));
        return new SourceOffer(owner + "-v0", owner, VideoType.CAMERA, layers);
    }

    /** A shared screen in two sizes: 100 kbit/s to 400, and 350 to 1,400. */
    static SourceOffer screen(String owner) {
        List<OfferedLayer> layers = new ArrayList<>();
        layers.addAll(rates(0, 540, 400_000));
        layers.addAll(rates(1, 1080, 1_400_000));
        return new SourceOffer(owner + "-v1", owner, VideoType.DESKTOP, layers);
    }

    /** A source that was signalled and does not arrive. */
    static SourceOffer silent(String owner, VideoType type) {
        return new SourceOffer(owner + "-v0", owner, type, List.of());
    }

    private static List<OfferedLayer> rates(int encoding, int height, double bits) {
        return List.of(
                new OfferedLayer(encoding, 0, 0, height, 7.5, Math.round(bits * 0.25)),
                new OfferedLayer(encoding, 0, 1, height, 15, Math.round(bits * 0.5)),
                new OfferedLayer(encoding, 0, 2, height, 30, Math.round(bits)));
    }
}
