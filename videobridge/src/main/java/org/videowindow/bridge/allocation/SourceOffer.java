package org.videowindow.bridge.allocation;

import java.util.List;
import org.videowindow.bridge.conference.VideoType;

/**
 * What one source offers its receivers now.
 *
 * @param name of the source, unique in the conference
 * @param owner id of the endpoint that sends it
 * @param type what it shows
 * @param layers what arrives, by rising cost; empty while nothing arrives
 */
public record SourceOffer(String name, String owner, VideoType type, List<OfferedLayer> layers) {
    /** What is counted over a second may differ by that many frames without meaning anything. */
    static final double FRAMES = 2.5;

    /** Fewer frames a second are taken for so many. */
    private static final double FEWEST_FRAMES = 2;

    /** A difference as small as sound. */
    private static final long SMALL_BPS = 10_000;

    public SourceOffer {
        layers = List.copyOf(layers);
    }

    /** Whether it is the same source, showing the same, in as many layers. */
    public boolean hasSameLayers(SourceOffer other) {
        return name.equals(other.name) && type == other.type && layers.size() == other.layers.size();
    }

    /**
     * Whether a receiver with bandwidth to spare would choose the same of a later offer: what differs is measured, and
     * differs little.
     */
    public boolean isLike(SourceOffer later) {
        if (!hasSameLayers(later)) {
            return false;
        }
        for (int i = 0; i < layers.size(); i++) {
            if (!isLike(layers.get(i), later.layers.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLike(OfferedLayer one, OfferedLayer later) {
        double spread = 1 + FRAMES / Math.max(one.framesPerSecond(), FEWEST_FRAMES);
        return one.encoding() == later.encoding()
                && one.spatial() == later.spatial()
                && one.temporal() == later.temporal()
                && one.height() == later.height()
                && Math.abs(later.framesPerSecond() - one.framesPerSecond()) <= FRAMES
                && later.bitsPerSecond() <= one.bitsPerSecond() * spread + SMALL_BPS
                // What has become cheaper only leaves bandwidth unused.
                && one.bitsPerSecond() <= later.bitsPerSecond() * spread * spread + SMALL_BPS;
    }
}
