package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.videowindow.bridge.allocation.Reason;
import org.videowindow.bridge.allocation.SourceDecision;

/**
 * How all receivers of a bridge are served at one moment, as numbers without names. Filled by one worker after another,
 * then read by whoever asked.
 */
public final class Vitals {
    /** Heights in lines that videos are counted by; more counts as the highest. */
    private static final int[] HEIGHTS = {0, 180, 360, 540, 720, 1080};

    private final List<Double> roundTrips = new ArrayList<>();
    private final List<Double> estimates = new ArrayList<>();
    private final Map<Integer, Integer> videos = new TreeMap<>();
    private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);

    /** Takes over what is known of a receiver. */
    void add(EndpointSession receiver, long now) {
        if (!receiver.isReady()) {
            return;
        }
        double roundTrip = receiver.outbound().roundTripNanos();
        if (roundTrip >= 0) {
            roundTrips.add(roundTrip / 1e9);
        }
        if (receiver.outbound().bandwidth().estimator().hasFeedback()) {
            estimates.add((double) receiver.outbound().bandwidth().estimateBps(now));
        }
        for (SourceDecision one : receiver.allocation().decision().sources()) {
            // The height is 0 too while it is unknown, and then the smallest is the best guess.
            videos.merge(one.isSent() ? step(Math.max(1, one.height())) : 0, 1, Integer::sum);
            reasons.merge(one.reason(), 1, Integer::sum);
        }
    }

    private static int step(int height) {
        for (int step : HEIGHTS) {
            if (height <= step) {
                return step;
            }
        }
        return HEIGHTS[HEIGHTS.length - 1];
    }

    /** The heights that videos are counted by, in rising order; the first is 0, for not sent. */
    public static List<Integer> heights() {
        return java.util.Arrays.stream(HEIGHTS).boxed().toList();
    }

    /** Seconds of round trip time that this share of the receivers does not exceed; NaN while none is known. */
    public double roundTrip(double share) {
        return quantile(roundTrips, share);
    }

    /** Bits per second that this share of the receivers is not estimated to exceed; NaN while none is known. */
    public double estimate(double share) {
        return quantile(estimates, share);
    }

    private static double quantile(List<Double> values, double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int place = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.clamp(place, 0, sorted.size() - 1));
    }

    /** How many videos are sent in about this height, counted once per receiver. */
    public int videos(int height) {
        return videos.getOrDefault(height, 0);
    }

    /** For how many videos this is why a receiver gets what it gets, counted once per receiver. */
    public int videos(Reason reason) {
        return reasons.getOrDefault(reason, 0);
    }
}
