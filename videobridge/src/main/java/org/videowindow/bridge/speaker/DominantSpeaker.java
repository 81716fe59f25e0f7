package org.videowindow.bridge.speaker;

import java.util.Arrays;

/**
 * Chooses the dominant speaker of a conference from audio levels.
 *
 * <p>Loudness is 127 minus the level of RFC 6464, so 0 is silence. Every speaker has two smoothed loudnesses: a quick one
 * ({@link #QUICK_NANOS}) that tells whether it speaks now, and a slow one ({@link #SLOW_NANOS}) that a cough does not
 * move much. Another speaker takes over when it speaks now, its slow loudness is above the dominant one's by
 * {@link #MARGIN}, or the dominant one has been quiet for {@link #QUIET_NANOS}; and never before the dominant one has had
 * {@link #HOLD_NANOS}. With nobody speaking the dominant speaker stays.
 *
 * <p>Levels are decayed for the time in which none arrived, so that an endpoint that stops sending while it is silent, or
 * mutes, fades. Pure: ids and times in, an id out. Owned by the worker thread of the conference.
 */
public final class DominantSpeaker {
    /** Answer when there is no dominant speaker. */
    public static final int NONE = -1;

    /** Time constant of the quick loudness. */
    static final long QUICK_NANOS = 200_000_000;

    /** Time constant of the slow loudness. */
    static final long SLOW_NANOS = 1_000_000_000;

    /** Dominance lasts at least that long. */
    static final long HOLD_NANOS = 1_000_000_000;

    /** After that long without speech another one needs no margin. */
    static final long QUIET_NANOS = 500_000_000;

    /** Loudness from which it is speech: 70 dB below overload. */
    static final double SPEECH = 57;

    /** How much louder another one must be to interrupt. */
    static final double MARGIN = 8;

    private static final int RECENT = 10;

    private double[] quick = new double[8];
    private double[] slow = new double[8];
    private long[] updated = new long[8];
    private boolean[] present = new boolean[8];
    private final int maxSpeakers;
    private final int[] recent = new int[RECENT];
    private int recentCount;
    private int dominant = NONE;
    private long dominantSince;
    private long dominantSpoke;

    /**
     * A chooser.
     *
     * @param maxSpeakers bound of the ids, which the caller gives out from 0
     */
    public DominantSpeaker(int maxSpeakers) {
        this.maxSpeakers = maxSpeakers;
    }

    /**
     * Tells the level of one audio packet.
     *
     * @param speaker id, 0 to the bound; others are ignored
     * @param level of RFC 6464: 0 loudest, 127 silence
     */
    public void level(int speaker, int level, long now) {
        if (speaker < 0 || speaker >= maxSpeakers || level < 0 || level > 127) {
            return;
        }
        if (speaker >= present.length) {
            grow(speaker);
        }
        if (!present[speaker]) {
            present[speaker] = true;
            quick[speaker] = 0;
            slow[speaker] = 0;
            updated[speaker] = now - 20_000_000;
        }
        long passed = Math.max(0, Math.min(now - updated[speaker], SLOW_NANOS));
        updated[speaker] = now;
        double loudness = 127 - level;
        quick[speaker] += (loudness - quick[speaker]) * weight(passed, QUICK_NANOS);
        slow[speaker] += (loudness - slow[speaker]) * weight(passed, SLOW_NANOS);
        if (speaker == dominant && loudness >= SPEECH) {
            dominantSpoke = now;
        }
    }

    /**
     * Chooses.
     *
     * @return the dominant speaker, or {@link #NONE} while nobody has spoken
     */
    public int update(long now) {
        int candidate = NONE;
        double best = 0;
        for (int speaker = 0; speaker < present.length; speaker++) {
            if (!present[speaker] || speaker == dominant || faded(quick[speaker], speaker, now, QUICK_NANOS) < SPEECH) {
                continue;
            }
            double loudness = faded(slow[speaker], speaker, now, SLOW_NANOS);
            if (loudness > best) {
                best = loudness;
                candidate = speaker;
            }
        }
        if (candidate != NONE && mayTakeOver(best, now)) {
            dominant = candidate;
            dominantSince = now;
            dominantSpoke = now;
            remember(candidate);
        }
        return dominant;
    }

    private boolean mayTakeOver(double loudness, long now) {
        if (dominant == NONE) {
            return true;
        }
        if (now - dominantSince < HOLD_NANOS) {
            return false;
        }
        return now - dominantSpoke >= QUIET_NANOS
                || loudness >= faded(slow[dominant], dominant, now, SLOW_NANOS) + MARGIN;
    }

    /** Whether nobody speaks now. */
    public boolean silence(long now) {
        for (int speaker = 0; speaker < present.length; speaker++) {
            if (present[speaker] && faded(quick[speaker], speaker, now, QUICK_NANOS) >= SPEECH) {
                return false;
            }
        }
        return true;
    }

    /** The dominant speaker as last chosen. */
    public int dominant() {
        return dominant;
    }

    /**
     * Writes the last speakers, the dominant one first, as many as fit and at most ten.
     *
     * @return how many
     */
    public int recent(int[] out) {
        int count = Math.min(out.length, recentCount);
        System.arraycopy(recent, 0, out, 0, count);
        return count;
    }

    /** Forgets a speaker; its id may be given to another. */
    public void remove(int speaker) {
        if (speaker < 0 || speaker >= present.length) {
            return;
        }
        present[speaker] = false;
        forget(speaker);
        if (dominant == speaker) {
            dominant = NONE;
        }
    }

    private void remember(int speaker) {
        forget(speaker);
        System.arraycopy(recent, 0, recent, 1, RECENT - 1);
        recent[0] = speaker;
        recentCount = Math.min(RECENT, recentCount + 1);
    }

    private void forget(int speaker) {
        for (int i = 0; i < recentCount; i++) {
            if (recent[i] == speaker) {
                System.arraycopy(recent, i + 1, recent, i, recentCount - i - 1);
                recentCount--;
                return;
            }
        }
    }

    /** A loudness now, when the speaker's last packet was a while ago: the first 100 ms are its packet interval. */
    private double faded(double loudness, int speaker, long now, long constant) {
        long silent = now - updated[speaker] - 100_000_000;
        return silent <= 0 ? loudness : loudness * (1 - weight(Math.min(silent, 5 * SLOW_NANOS), constant));
    }

    private static double weight(long passed, long constant) {
        return 1 - Math.exp(-(double) passed / constant);
    }

    private void grow(int speaker) {
        int size = Math.min(maxSpeakers, Math.max(speaker + 1, present.length * 2));
        quick = Arrays.copyOf(quick, size);
        slow = Arrays.copyOf(slow, size);
        updated = Arrays.copyOf(updated, size);
        present = Arrays.copyOf(present, size);
    }
}
