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
    /** A layer whose measured cost grows by this much, or falls by that much, is not the same offer any more. */
    private static final double DEARER = 1.1;

    private static final double CHEAPER = 0.75;

    /** Frame rates are measured over a second: two pictures in ten more or less mean nothing. */
    private static final double FRAMES = 1.2;

    /** What sound alone varies by. */
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
        return one.encoding() == later.encoding()
                && one.spatial() == later.spatial()
                && one.temporal() == later.temporal()
                && one.height() == later.height()
                && later.framesPerSecond() <= one.framesPerSecond() * FRAMES
                && one.framesPerSecond() <= later.framesPerSecond() * FRAMES
                && later.bitsPerSecond() <= one.bitsPerSecond() * DEARER + SMALL_BPS
                && later.bitsPerSecond() >= one.bitsPerSecond() * CHEAPER - SMALL_BPS;
    }
}
