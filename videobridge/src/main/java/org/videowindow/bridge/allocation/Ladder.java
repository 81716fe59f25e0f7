package org.videowindow.bridge.allocation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.videowindow.bridge.conference.VideoConstraint;
import org.videowindow.bridge.conference.VideoType;
import org.videowindow.bridge.layers.LayerTarget;

/**
 * The layers of one source that make sense for one receiver, from the worst to the best, each dearer than the one below.
 * A camera is to move before it is sharp, a shared screen is to be sharp before it moves.
 */
final class Ladder {
    /** Below it a camera's picture is no better for being larger: between a quarter and half of 30 frames a second. */
    private static final double FLUENT = 11;

    /** What the largest picture is taken for while nobody knows: most cameras send it. */
    private static final int USUAL_HEIGHT = 720;

    private static final Comparator<OfferedLayer> FROM_THE_WORST = Comparator.comparingInt(OfferedLayer::height)
            .thenComparingInt(Ladder::size)
            .thenComparingDouble(OfferedLayer::framesPerSecond)
            .thenComparingLong(OfferedLayer::bitsPerSecond);

    private Ladder() {}

    /**
     * Builds it.
     *
     * @param kept the layer that the receiver gets now, which is not left out for being a little too dear
     */
    static List<OfferedLayer> of(SourceOffer offer, VideoConstraint wish, LayerTarget kept) {
        List<OfferedLayer> known = withHeights(offer.layers());
        int lowest = lowest(known);
        // Heights are rounded by encoders, and frame rates are measured.
        long highest = Math.max(lowest, wish.maxHeight() + wish.maxHeight() / 16L);
        double fastest = wish.maxFrameRate() * 1.1 + 0.5;
        boolean motionFirst = offer.type() != VideoType.DESKTOP;
        List<OfferedLayer> rungs = new ArrayList<>(known.size());
        for (OfferedLayer layer : known) {
            boolean fits = layer.height() <= highest && isFastestAllowed(layer, known, fastest);
            boolean jerky = motionFirst && layer.height() > lowest && isJerky(layer, known, fastest);
            if (fits && !jerky) {
                rungs.add(layer);
            }
        }
        rungs.sort(FROM_THE_WORST);
        return withoutWasteful(rungs, kept);
    }

    private static int lowest(List<OfferedLayer> layers) {
        int lowest = layers.isEmpty() ? 0 : Integer.MAX_VALUE;
        for (int i = 0; i < layers.size(); i++) {
            lowest = Math.min(lowest, layers.get(i).height());
        }
        return lowest;
    }

    /** Whether it is within the frame rate, or the slowest of its size where all are beyond. */
    private static boolean isFastestAllowed(OfferedLayer layer, List<OfferedLayer> all, double fastest) {
        if (layer.framesPerSecond() <= fastest) {
            return true;
        }
        for (int i = 0; i < all.size(); i++) {
            if (isSlower(all.get(i), layer)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it has too few frames for its size while another of that size has more. */
    private static boolean isJerky(OfferedLayer layer, List<OfferedLayer> all, double fastest) {
        if (layer.framesPerSecond() <= 0 || layer.framesPerSecond() >= FLUENT) {
            return false;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).framesPerSecond() <= fastest && isSlower(layer, all.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSlower(OfferedLayer one, OfferedLayer other) {
        return one.encoding() == other.encoding()
                && one.spatial() == other.spatial()
                && one.temporal() < other.temporal();
    }

    /** Leaves out what is worse than something that costs no more. */
    private static List<OfferedLayer> withoutWasteful(List<OfferedLayer> rungs, LayerTarget kept) {
        List<OfferedLayer> left = new ArrayList<>(rungs.size());
        long cheapest = Long.MAX_VALUE;
        for (int i = rungs.size() - 1; i >= 0; i--) {
            OfferedLayer layer = rungs.get(i);
            if (layer.bitsPerSecond() < cheapest || layer.target().equals(kept)) {
                left.add(layer);
                cheapest = Math.min(cheapest, layer.bitsPerSecond());
            }
        }
        return left.reversed();
    }

    /** Sizes that are not known are guessed: the largest is the usual one, each one below half as high. */
    private static List<OfferedLayer> withHeights(List<OfferedLayer> layers) {
        if (layers.isEmpty() || lowest(layers) > 0) {
            return layers;
        }
        TreeSet<Integer> sizes = new TreeSet<>();
        layers.forEach(layer -> sizes.add(size(layer)));
        return layers.stream()
                .map(layer -> new OfferedLayer(
                        layer.encoding(),
                        layer.spatial(),
                        layer.temporal(),
                        Math.max(
                                1,
                                USUAL_HEIGHT
                                        >> sizes.tailSet(size(layer), false).size()),
                        layer.framesPerSecond(),
                        layer.bitsPerSecond()))
                .toList();
    }

    private static int size(OfferedLayer layer) {
        return layer.encoding() * 8 + layer.spatial();
    }
}
