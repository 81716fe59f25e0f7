package org.videowindow.bridge.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The reference model of a scalable stream: which frames there are and which earlier frames each one refers to, in the
 * patterns that browsers send (temporal layers 0-1, 0-2-1-2; spatial layers in every picture or in key pictures only).
 * Key pictures and pictures that refresh a higher spatial layer come at random.
 */
final class ScalableStream {
    /** One frame: its references are numbers of earlier frames. */
    record Frame(int number, int picture, int spatial, int temporal, boolean key, List<Integer> references) {}

    private static final int[][] PATTERNS = {{0}, {0, 1}, {0, 2, 1, 2}};

    final int spatialLayers;
    final int temporalLayers;
    final boolean keyOnly;
    final List<Frame> frames = new ArrayList<>();

    ScalableStream(
            int spatialLayers, int temporalLayers, boolean keyOnly, int pictures, int firstNumber, Random random) {
        this.spatialLayers = spatialLayers;
        this.temporalLayers = temporalLayers;
        this.keyOnly = keyOnly;
        int[] pattern = PATTERNS[temporalLayers - 1];
        int number = firstNumber;
        int[] lastZero = new int[spatialLayers];
        int[] lastOne = new int[spatialLayers];
        for (int picture = 0; picture < pictures; picture++) {
            int phase = picture % pattern.length;
            int t = pattern[phase];
            boolean key = picture == 0 || (t == 0 && random.nextInt(12) == 0);
            int refreshed = t == 0 && !key && !keyOnly && random.nextInt(6) == 0 ? 1 + random.nextInt(3) : -1;
            for (int s = 0; s < spatialLayers; s++) {
                List<Integer> references = new ArrayList<>();
                if (s > 0 && (key || !keyOnly)) {
                    references.add(number - 1);
                }
                if (!key && s != refreshed) {
                    references.add(t == 2 && phase == 3 ? lastOne[s] : lastZero[s]);
                }
                frames.add(new Frame(number, picture, s, t, key, references));
                if (t == 0) {
                    lastZero[s] = number;
                } else if (t == 1) {
                    lastOne[s] = number;
                }
                number++;
            }
        }
    }

    /** What a sender of such a stream says about a frame and a decode target: 0 -, 1 D, 2 S, 3 R. */
    int indication(Frame frame, int spatialTarget, int temporalTarget) {
        boolean ownOnly = keyOnly && !frame.key();
        if (temporalTarget < frame.temporal()
                || spatialTarget < frame.spatial()
                || (ownOnly && spatialTarget != frame.spatial())) {
            return 0;
        }
        if (frame.key()) {
            return 2;
        }
        if (spatialTarget > frame.spatial()) {
            return 3;
        }
        return temporalTarget == frame.temporal() && temporalTarget > 0 ? 1 : 2;
    }
}
