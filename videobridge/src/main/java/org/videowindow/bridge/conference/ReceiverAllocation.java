package org.videowindow.bridge.conference;

import java.util.List;
import org.videowindow.bridge.allocation.Allocation;
import org.videowindow.bridge.allocation.Decision;
import org.videowindow.bridge.allocation.Renewal;
import org.videowindow.bridge.allocation.SourceDecision;
import org.videowindow.bridge.allocation.SourceOffer;
import org.videowindow.bridge.bandwidth.BandwidthEstimator;

/**
 * What one receiver wants, and what was decided to send it. Knows when it is time to decide again. Owned by the worker.
 */
final class ReceiverAllocation {
    /** Decisions are that far apart at least. */
    static final long SHORTEST_NANOS = 100_000_000L;

    /** After that the measured cost of layers may have changed enough to decide again. */
    private static final long LONGEST_NANOS = 2_000_000_000L;

    /** What somebody who begins to speak takes: Opus in good quality, with all headers. */
    private static final long LEAST_AUDIO_BPS = 50_000;

    /** What several say at once is known so soon after the first sound: a narrow link is full until then. */
    private static final long FIRST_SOUND_NANOS = 300_000_000L;

    /** More rarely speak at once. */
    private static final int USUAL_VOICES = 3;

    private static final long SOUND_NANOS = 1_000_000_000L;

    /** Bandwidth to spare: less than is always probed for. */
    private static final double SPARE = 1.05;

    private final int places;
    private ReceiverConstraints wish = ReceiverConstraints.ALL;

    /** The wish, as far as there are places. */
    private ReceiverConstraints limited;

    private Decision decision = Decision.NONE;
    private boolean changed = true;
    private boolean costsChanged;
    private boolean decided;
    private long decidedAt;
    private long audioBytes;
    private long audioAt;
    private long audioBps = LEAST_AUDIO_BPS;
    private long renewals;

    /** @param places how many video sources it can be sent at a time */
    ReceiverAllocation(int places) {
        this.places = places;
        this.limited = wish.atMost(places);
    }

    ReceiverConstraints wish() {
        return wish;
    }

    /** It wants something else. */
    void wish(ReceiverConstraints newWish) {
        if (!newWish.equals(wish)) {
            wish = newWish;
            limited = newWish.atMost(places);
            decision = decision.withoutHolds();
            changed = true;
        }
    }

    /** The estimate has begun anew that often: whatever had to be taken back before may be tried again. */
    void renewals(long count) {
        if (count != renewals) {
            renewals = count;
            decision = decision.withoutHolds();
        }
    }

    /** Something happened that may matter to it. */
    void touch() {
        changed = true;
    }

    /** Something else arrives, or something costs more or less. */
    void touchCosts() {
        costsChanged = true;
    }

    Decision decision() {
        return decision;
    }

    /**
     * Whether to decide again.
     *
     * @param estimate bits per second that it can be sent
     */
    boolean isDue(long estimate, long now) {
        if (!decided) {
            return true;
        }
        long since = now - decidedAt;
        if (since < SHORTEST_NANOS) {
            return false;
        }
        long available = estimate - audioBps;
        return changed
                || costsChanged
                || since >= LONGEST_NANOS
                || available < decision.chosenBps()
                || available >= decision.raiseAtBps();
    }

    /**
     * Whether the last decision would be made again: it gives the receiver all it wants, with bandwidth to spare, and
     * nothing has happened since that matters. Then that counts as decided.
     */
    boolean stands(long estimate, long now) {
        boolean same = decided
                && !changed
                && !costsChanged
                && decision.isComplete()
                && estimate - audioBps >= decision.chosenBps() * SPARE;
        decidedAt = same ? now : decidedAt;
        return same;
    }

    /**
     * Decides, if nothing but costs has changed for a receiver that gets all it wants, that it goes on so.
     *
     * @param receiver its id
     * @return whether that is so; otherwise nothing has been decided
     */
    boolean renews(long estimate, Renewal renewal, String receiver, long now) {
        Decision renewed = changed ? null : renewal.of(estimate - audioBps, limited, receiver, decision, now);
        if (renewed == null) {
            return false;
        }
        decision = renewed;
        costsChanged = false;
        decidedAt = now;
        return true;
    }

    /**
     * Decides.
     *
     * @return whether it is to be sent something else than before, or others are to have a place
     */
    boolean decide(long estimate, SpeakerOrder speakers, List<SourceOffer> offers, long now) {
        Decision before = decision;
        decision = Allocation.allocate(estimate - audioBps, limited, speakers, offers, before, now);
        changed = false;
        costsChanged = false;
        decided = true;
        decidedAt = now;
        return !hasSameTargets(before, decision);
    }

    /** Bits per second that would carry all it wants, with the sound. */
    long wantedBps() {
        return decision.wantedBps() + audioBps;
    }

    /**
     * @param bytes of sound sent to it so far
     * @param voices that it may be sent
     */
    void measureSound(long bytes, int voices, long now) {
        if (bytes == 0) {
            audioBps = Math.clamp(voices, 1, USUAL_VOICES) * LEAST_AUDIO_BPS;
            audioAt = now;
            return;
        }
        long passed = now - audioAt;
        if (passed >= (audioBytes == 0 ? FIRST_SOUND_NANOS : SOUND_NANOS)) {
            audioBps = Math.max(LEAST_AUDIO_BPS, (bytes - audioBytes) * 8 * 1_000 / (passed / 1_000_000));
            audioBytes = bytes;
            audioAt = now;
        }
    }

    private static boolean hasSameTargets(Decision one, Decision other) {
        List<SourceDecision> some = one.sources();
        List<SourceDecision> others = other.sources();
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).name().equals(others.get(i).name())
                    || !some.get(i).target().equals(others.get(i).target())
                    || some.get(i).isWanted() != others.get(i).isWanted()) {
                return false;
            }
        }
        return true;
    }

    /** For diagnosis. */
    ConferenceSnapshot.Reception reception(BandwidthEstimator estimator, long now) {
        return new ConferenceSnapshot.Reception(
                estimator.estimateBps(now),
                estimator.limitedBy(now),
                estimator.lossShare(),
                wantedBps(),
                decision.chosenBps(),
                estimator.probes(),
                estimator.failedProbes(),
                decision.sources().stream()
                        .map(one -> new ConferenceSnapshot.Video(
                                one.name(),
                                one.target().encoding(),
                                one.target().spatial(),
                                one.target().temporal(),
                                one.height(),
                                one.framesPerSecond(),
                                one.bitsPerSecond(),
                                one.reason()))
                        .toList());
    }
}
