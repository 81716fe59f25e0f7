package org.videowindow.bridge.allocation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.SpeakerOrder;

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
     * Chooses.
     *
     * @param availableBps what there is for video: the estimate less what sound takes; may be negative
     * @param wish what the receiver wants
     * @param speakers who speaks
     * @param offers the sources of all others, in order of joining
     * @param previous what was chosen last for this receiver
     * @param now nanoseconds of a monotonic clock
     */
    public static Decision allocate(
            long availableBps,
            ReceiverConstraints wish,
            SpeakerOrder speakers,
            List<SourceOffer> offers,
            Decision previous,
            long now) {
        long available = Math.clamp(availableBps, 0, UNLIMITED);
        Ranking ranking = Ranking.of(offers, wish, speakers);
        Map<String, SourceDecision> before = previous.byName();
        List<Candidate> onStage = new ArrayList<>();
        List<Candidate> others = new ArrayList<>();
        List<Candidate> all = new ArrayList<>();
        Set<String> stage = Set.copyOf(wish.onStageSources());
        for (SourceOffer offer : ranking.wanted()) {
            Candidate candidate = new Candidate(
                    offer, wish.of(offer.name()), before.get(offer.name()), available - previous.chosenBps(), now);
            all.add(candidate);
            (stage.contains(offer.name()) ? onStage : others).add(candidate);
        }
        long free = available;
        if (available >= OVERSEND_FROM_BPS) {
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
        tryIfNothingFits(all, available, now);
        return decision(all, ranking, now);
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

    private static Decision decision(List<Candidate> all, Ranking ranking, long now) {
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
        return new Decision(sources, chosen, wanted, least == UNLIMITED ? UNLIMITED : chosen + least);
    }
}
