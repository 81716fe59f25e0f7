package org.videowindow.bridge.allocation;

import java.util.List;
import org.videowindow.bridge.conference.VideoConstraint;
import org.videowindow.bridge.layers.LayerTarget;

/** A source while its layer is being chosen: where it stands on its ladder, and how far up it may go. */
final class Candidate {
    /** Nothing is sent. */
    static final int GROUND = -1;

    /** Something better is tried only if it fits with this to spare, so that a small dip does not take it back. */
    static final double HEADROOM = 1.15;

    /**
     * What was raised lately stays while that part of it fits: a key frame begins it, which fills a queue for a moment, and
     * then the estimate becomes 0.85 of what arrives.
     */
    private static final double SETTLING = 0.8;

    private static final long SETTLING_NANOS = 3_000_000_000L;

    private static final long SHORTEST_HOLD_NANOS = 3_000_000_000L;

    /** Nothing at all is worse than something that may have to be taken back. */
    private static final long GROUND_HOLD_NANOS = 1_000_000_000L;

    private static final long TRIAL_NANOS = 2_000_000_000L;

    /** A trial may cost that much more than there is. */
    private static final long MOST_TRIED = 5;

    private static final int MOST_DOUBLINGS = 4;

    /** What fits so many times is not held longer than after a second fall. */
    private static final int PLENTY = 3;

    /** A fall this long after the one before has nothing to do with it. */
    static final long FORGIVEN_NANOS = 60_000_000_000L;

    private final SourceOffer offer;
    private final List<OfferedLayer> ladder;
    private final SourceDecision before;
    private final boolean forgiven;
    /** Where it stood before, or {@link #GROUND}. */
    private final int kept;

    private final int top;
    private final boolean holding;
    private final boolean settling;
    private final boolean held;
    private int rung = GROUND;
    private boolean overBudget;
    private boolean tried;

    /**
     * @param before what was decided last, or {@code null}
     * @param spare what was left when everything was sent as before; may be negative
     */
    Candidate(SourceOffer offer, VideoConstraint wish, SourceDecision before, long spare, long now) {
        this.offer = offer;
        this.before = before;
        this.ladder = Ladder.of(offer, wish, before == null ? LayerTarget.NONE : before.target());
        this.kept = keptRung();
        this.settling = kept != GROUND && now - before.raisedAt() < SETTLING_NANOS;
        this.forgiven = before == null || before.falls() == 0 || now - before.loweredAt() >= FORGIVEN_NANOS;
        this.holding = before != null
                && before.falls() > 0
                && before.reason() != Reason.TRIAL
                && now - before.loweredAt() < (kept == GROUND ? GROUND_HOLD_NANOS : hold(before.falls()));
        this.held = holding && kept < ladder.size() - 1;
        this.top = held ? heldRung(spare, now) : ladder.size() - 1;
    }

    /**
     * How far it may go up while what was taken back is held: to what fits several times. It was not the cause of the fall,
     * and a receiver that others crowded out for a moment does not see the smallest picture for a minute.
     */
    private int heldRung(long spare, long now) {
        int highest = kept;
        if (now - before.loweredAt() >= hold(2)) {
            while (highest < ladder.size() - 1 && PLENTY * cost(highest + 1) - cost(kept) <= spare) {
                highest++;
            }
        }
        return highest;
    }

    private static long hold(int falls) {
        return SHORTEST_HOLD_NANOS << Math.min(falls - 1, MOST_DOUBLINGS);
    }

    /** The same layer as before, or what comes closest to it from below. */
    private int keptRung() {
        if (before == null || !before.isSent() || before.height() == 0) {
            return GROUND;
        }
        int closest = GROUND;
        for (int i = 0; i < ladder.size(); i++) {
            OfferedLayer layer = ladder.get(i);
            if (layer.target().equals(before.target())) {
                return i;
            }
            boolean better = layer.height() > before.height()
                    || (layer.height() == before.height()
                            && layer.framesPerSecond() > before.framesPerSecond() * HEADROOM);
            if (!better) {
                closest = i;
            }
        }
        return closest;
    }

    SourceOffer offer() {
        return offer;
    }

    boolean arrives() {
        return !ladder.isEmpty();
    }

    boolean isOnGround() {
        return rung == GROUND;
    }

    long cost() {
        return cost(rung);
    }

    private long cost(int at) {
        return at == GROUND ? 0 : ladder.get(at).bitsPerSecond();
    }

    /** What the best that the receiver wants costs. */
    long fullCost() {
        return cost(ladder.size() - 1);
    }

    boolean isFull() {
        return rung == ladder.size() - 1;
    }

    /** What must be free, at least, for going up from here to a rung. */
    private long needed(int to) {
        double share = to > kept ? HEADROOM : settling && to == kept ? SETTLING : 1;
        return Math.round(cost(to) * share) - cost();
    }

    /** What must be free, at least, for going up one step from here. */
    long neededForMore() {
        long least = Long.MAX_VALUE;
        for (int to = rung + 1; to <= top; to++) {
            least = Math.min(least, needed(to));
        }
        return least;
    }

    /** The next step that fits, or {@link #GROUND} when none does. */
    private int next(long free) {
        for (int to = rung + 1; to <= top && free >= 0; to++) {
            if (needed(to) <= free) {
                return to;
            }
        }
        return GROUND;
    }

    boolean canStep(long free) {
        return next(free) != GROUND;
    }

    /** Goes up one step if that fits and returns the bits per second that are free then. */
    long step(long free) {
        int to = next(free);
        if (to == GROUND) {
            return free;
        }
        long left = free + cost() - cost(to);
        rung = to;
        overBudget |= left < 0;
        return left;
    }

    /** Takes the lowest rung although it does not fit, if it costs no more than that; returns what is free then. */
    long force(long free, long most) {
        if (top < 0 || cost(0) > most) {
            return free;
        }
        rung = 0;
        overBudget = cost(0) > free;
        return free - cost(0);
    }

    /** Takes the lowest rung for a while, unless that was tried or taken back a short while ago. */
    boolean attempt(long available, long now) {
        boolean over = isTrying() && now - before.loweredAt() >= TRIAL_NANOS;
        boolean tooSoon =
                !isTrying() && before != null && before.falls() > 0 && now - before.loweredAt() < SHORTEST_HOLD_NANOS;
        if (top < 0 || over || tooSoon || cost(0) > available * MOST_TRIED) {
            return false;
        }
        rung = 0;
        tried = true;
        return true;
    }

    /** Whether it could go up if there were more bandwidth. */
    boolean waitsForBandwidth() {
        return rung < top;
    }

    SourceDecision decide(long now) {
        if (!arrives()) {
            return waiting();
        }
        boolean fell = rung < kept;
        long raised = rung > kept ? now : raised();
        if (tried) {
            return at(ladder.getFirst(), Reason.TRIAL, isTrying() ? before.loweredAt() : now, raised, falls());
        }
        int newFalls = fell ? fallen() : falls();
        long newLowered = fell ? now : lowered();
        Reason reason = overBudget ? Reason.OVER_BUDGET : isFull() ? Reason.AS_WANTED : why();
        if (isOnGround()) {
            return new SourceDecision(offer.name(), LayerTarget.NONE, 0, 0, 0, reason, newLowered, 0, newFalls);
        }
        return at(ladder.get(rung), reason, newLowered, raised, newFalls);
    }

    /** Steps down one after the other, with nothing tried between them, are one fall. */
    private int fallen() {
        return forgiven ? 1 : holding ? before.falls() : before.falls() + 1;
    }

    private boolean isTrying() {
        return before != null && before.reason() == Reason.TRIAL;
    }

    private SourceDecision at(OfferedLayer layer, Reason reason, long loweredAt, long raisedAt, int times) {
        return SourceDecision.of(offer.name(), layer.target(), layer, reason, loweredAt, raisedAt, times);
    }

    /** A picture that stands still goes on where it stopped, what was never seen begins small. */
    private SourceDecision waiting() {
        boolean known = before != null && before.isSent();
        return new SourceDecision(
                offer.name(),
                known ? before.target() : new LayerTarget(0, 0, 0),
                known ? before.height() : 0,
                known ? before.framesPerSecond() : 0,
                0,
                Reason.NOT_ARRIVING,
                lowered(),
                raised(),
                falls());
    }

    private Reason why() {
        return held && rung == top ? Reason.HELD_BACK : Reason.BANDWIDTH;
    }

    private long raised() {
        return before == null ? 0 : before.raisedAt();
    }

    private int falls() {
        return forgiven ? 0 : before.falls();
    }

    private long lowered() {
        return forgiven ? 0 : before.loweredAt();
    }
}
