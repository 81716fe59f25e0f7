package org.videowindow.bridge.allocation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.SpeakerOrder;
import org.videowindow.bridge.layers.LayerTarget;

/**
 * Chooses what one receiver is sent of every source. Pure; the algorithm in prose is in {@code docs/allocation.md}.
 *
 * <p>What is chosen never costs more than there is, with three exceptions: what was raised lately stays while four fifths
 * of it fit; and when there is {@link #OVERSEND_FROM_BPS} at all, the lowest layer of the first source on stage is sent
 * when it costs at most {@link #OVERSEND_BPS} more, and when nothing fits, the lowest layer of the first source is tried
 * for two seconds.
 */
public final class Allocation {
    /** As good as endless, and small enough to be added up. */
    public static final long UNLIMITED = 1L << 50;

    /** How much what is on stage may cost more than there is. */
    static final long OVERSEND_BPS = 250_000;

    /** With less than this for all video nothing is sent rather than too much. */
    static final long OVERSEND_FROM_BPS = 64_000;

    private Allocation() {}

    /**
     * Chooses, for a receiver whose bandwidth is the only limit.
     *
     * @see #allocate(long, double, ReceiverConstraints, SpeakerOrder, List, Decision, long)
     */
    public static Decision allocate(
            long availableBps,
            ReceiverConstraints wish,
            SpeakerOrder speakers,
            List<SourceOffer> offers,
            Decision previous,
            long now) {
        return allocate(availableBps, 1, wish, speakers, offers, previous, now);
    }

    /**
     * Chooses.
     *
     * @param availableBps what there is for video: the estimate less what sound takes; may be negative
     * @param share of what the receiver would be sent if its bandwidth were endless, which the bridge can send it: 0 to 1.
     *     Where that is less than there is, none of the exceptions above is made
     * @param wish what the receiver wants
     * @param speakers who speaks
     * @param offers the sources of all others, in order of joining
     * @param previous what was chosen last for this receiver
     * @param now nanoseconds of a monotonic clock
     */
    public static Decision allocate(
            long availableBps,
            double share,
            ReceiverConstraints wish,
            SpeakerOrder speakers,
            List<SourceOffer> offers,
            Decision previous,
            long now) {
        Ranking ranking = Ranking.of(offers, wish, speakers);
        Map<String, SourceDecision> before = previous.byName();
        long allowed = share >= 1 ? UNLIMITED : allowed(share, fullCost(ranking, wish, before));
        boolean busy = allowed < availableBps;
        long available = Math.clamp(Math.min(availableBps, allowed), 0, UNLIMITED);
        List<Candidate> onStage = new ArrayList<>();
        List<Candidate> others = new ArrayList<>();
        List<Candidate> all = new ArrayList<>();
        Set<String> stage = Set.copyOf(wish.onStageSources());
        for (SourceOffer offer : ranking.wanted()) {
            Candidate candidate = new Candidate(
                    offer,
                    wish.of(offer.name()),
                    before.get(offer.name()),
                    available - previous.chosenBps(),
                    busy,
                    now);
            all.add(candidate);
            (stage.contains(offer.name()) ? onStage : others).add(candidate);
        }
        long free = available;
        if (available >= OVERSEND_FROM_BPS && !busy) {
            free = showFirst(onStage, free);
        }
        for (Candidate candidate : all) {
            if (candidate.isOnGround()) {
                free = candidate.step(free);
            }
        }
        for (Candidate candidate : onStage) {
            while (candidate.canStep(free)) {
                free = candidate.step(free);
            }
        }
        riseInRounds(others, free);
        if (!busy) {
            tryIfNothingFits(all, available, now);
        }
        return decision(all, ranking, allowed, now);
    }

    /**
     * What a receiver may be sent at most while the bridge has too much to do.
     *
     * @param share 0 to 1; with 1 it may be sent everything, and more when that comes to cost more
     * @param fullBps what all that it wants and that arrives costs
     */
    public static long allowed(double share, long fullBps) {
        return share >= 1 ? UNLIMITED : (long) (share * fullBps);
    }

    private static long fullCost(Ranking ranking, ReceiverConstraints wish, Map<String, SourceDecision> before) {
        long full = 0;
        for (SourceOffer offer : ranking.wanted()) {
            SourceDecision kept = before.get(offer.name());
            List<OfferedLayer> ladder =
                    Ladder.of(offer, wish.of(offer.name()), kept == null ? LayerTarget.NONE : kept.target());
            full += ladder.isEmpty() ? 0 : ladder.getLast().bitsPerSecond();
        }
        return full;
    }

    /** What is first on stage is shown even when the estimate is a little too low. */
    private static long showFirst(List<Candidate> onStage, long free) {
        for (Candidate candidate : onStage) {
            if (candidate.arrives()) {
                return candidate.canStep(free) ? candidate.step(free) : candidate.force(free, free + OVERSEND_BPS);
            }
        }
        return free;
    }

    /**
     * When the lowest layer of everything costs more than there is, nothing would ever be sent, and so nothing be learnt
     * about the way: the first one is sent for a short while.
     */
    private static void tryIfNothingFits(List<Candidate> all, long available, long now) {
        if (available < OVERSEND_FROM_BPS || !all.stream().allMatch(Candidate::isOnGround)) {
            return;
        }
        for (Candidate candidate : all) {
            if (candidate.arrives()) {
                candidate.attempt(available, now);
                return;
            }
        }
    }

    private static void riseInRounds(List<Candidate> candidates, long budget) {
        long free = budget;
        boolean risen = true;
        while (risen) {
            risen = false;
            for (Candidate candidate : candidates) {
                if (candidate.canStep(free)) {
                    free = candidate.step(free);
                    risen = true;
                }
            }
        }
    }

    private static Decision decision(List<Candidate> all, Ranking ranking, long allowed, long now) {
        List<SourceDecision> sources = new ArrayList<>();
        long chosen = 0;
        long full = 0;
        long least = UNLIMITED;
        for (Candidate candidate : all) {
            sources.add(candidate.decide(now));
            chosen += candidate.cost();
            full += candidate.fullCost();
            if (candidate.waitsForBandwidth()) {
                least = Math.min(least, candidate.neededForMore());
            }
        }
        ranking.left().forEach((offer, reason) -> sources.add(SourceDecision.nothing(offer.name(), reason)));
        // Without the headroom nobody would look for as much bandwidth as a step up needs.
        long wanted = chosen == full ? full : Math.round(full * Candidate.HEADROOM);
        // What the bridge cannot send anyway is not looked for.
        wanted = Math.min(wanted, Math.max(chosen, allowed));
        return new Decision(sources, chosen, wanted, full, least == UNLIMITED ? UNLIMITED : chosen + least);
    }
}
