package org.videowindow.focus.bridge;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which bridge a conference gets. Pure.
 *
 * <p>Among the healthy bridges that want conferences: those of the wanted region where there are any, else all; of these
 * the one with the least stress, of equals the one with fewer endpoints, of equals the one whose address sorts first, so
 * that the choice is the same for the same input. Stress is what the bridge last said plus a share for each endpoint it
 * was given since: bridges report every few seconds, and without the share all that starts in between would land on one.
 */
public final class BridgeSelection {
    /** Stress of one participant. Higher spreads a burst wider than needed, lower piles it onto one bridge. */
    private static final double STRESS_PER_ENDPOINT = 0.01;

    private BridgeSelection() {}

    /** A bridge that may be chosen, and how many endpoints it was given since it last reported. */
    public record Candidate(BridgeState bridge, int assignedSince) {
        double stress() {
            return bridge.stress() + assignedSince * STRESS_PER_ENDPOINT;
        }
    }

    /** The choice, or empty when no bridge is usable. */
    public static Optional<BridgeState> choose(Collection<Candidate> candidates, Optional<String> region) {
        Comparator<Candidate> order = Comparator.<Candidate>comparingInt(c -> isOf(region, c) ? 0 : 1)
                .thenComparingDouble(Candidate::stress)
                .thenComparingInt(c -> c.bridge().endpoints() + c.assignedSince())
                .thenComparing(c -> c.bridge().address().toString());
        return candidates.stream()
                .filter(c -> c.bridge().healthy() && !c.bridge().draining())
                .min(order)
                .map(Candidate::bridge);
    }

    private static boolean isOf(Optional<String> region, Candidate candidate) {
        return region.isPresent() && region.equals(candidate.bridge().region());
    }
}
