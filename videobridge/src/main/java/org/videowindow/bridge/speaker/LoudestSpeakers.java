package org.videowindow.bridge.speaker;

import java.util.Arrays;

/**
 * Whose sound is forwarded in a large conference: that of at most so many speakers at a time.
 *
 * <p>There are places. Who sends sound takes a free one, so that in a conference with no more senders than places nothing
 * is ever left out. When there is none, somebody who speaks (RFC 6464 level {@link DominantSpeaker#SPEECH} and louder)
 * takes the place of somebody who does not: of whoever has not spoken for longest, and for at least
 * {@link #HANG_OVER_NANOS}. When everybody with a place speaks, the quietest gives way to somebody clearly louder, and is
 * forwarded for {@link #HANG_OVER_NANOS} more. So the first word of an answer is not lost, nor the end of a sentence.
 *
 * <p>Asked once per packet of sound; costs one comparison for who has a place. Pure: ids and times in, a choice out. Owned
 * by the worker of the conference.
 */
public final class LoudestSpeakers {
    /** How long somebody stays forwarded after falling silent or being outdone. */
    static final long HANG_OVER_NANOS = 2_000_000_000L;

    private static final int NOBODY = -1;
    private static final int NO_PLACE = -1;

    private final int[] speakerAt;
    private final long[] heardAt;
    private final long[] spokeAt;
    private final double[] loudnessAt;
    private final int maxSpeakers;
    private int[] placeOf = new int[8];
    private long[] forwardedUntil = new long[8];
    private boolean[] outdone = new boolean[8];
    private long changes;

    /**
     * Nobody has a place.
     *
     * @param places how many are forwarded at a time
     * @param maxSpeakers bound of the ids, which the caller gives out from 0
     */
    public LoudestSpeakers(int places, int maxSpeakers) {
        this.speakerAt = new int[places];
        this.heardAt = new long[places];
        this.spokeAt = new long[places];
        this.loudnessAt = new double[places];
        this.maxSpeakers = maxSpeakers;
        Arrays.fill(speakerAt, NOBODY);
        Arrays.fill(placeOf, NO_PLACE);
    }

    /**
     * A packet of sound has arrived.
     *
     * @param speaker id
     * @param level of RFC 6464: 0 loudest, 127 silence
     * @return whether to forward it
     */
    public boolean admits(int speaker, int level, long now) {
        if (speaker < 0 || speaker >= maxSpeakers) {
            return true;
        }
        if (speaker >= placeOf.length) {
            grow(speaker);
        }
        double loudness = 127 - level;
        int place = placeOf[speaker];
        if (place == NO_PLACE) {
            place = find(loudness, now);
            if (place == NO_PLACE) {
                return outdone[speaker] && now - forwardedUntil[speaker] < 0;
            }
            take(place, speaker, loudness, now);
        }
        heardAt[place] = now;
        // A quarter of a second of packets of 20 ms.
        loudnessAt[place] += (loudness - loudnessAt[place]) * 0.08;
        if (loudness >= DominantSpeaker.SPEECH) {
            spokeAt[place] = now;
        }
        return true;
    }

    private int find(double loudness, long now) {
        boolean speaks = loudness >= DominantSpeaker.SPEECH;
        int idle = NO_PLACE;
        int quietest = NO_PLACE;
        for (int place = 0; place < speakerAt.length; place++) {
            if (speakerAt[place] == NOBODY || now - heardAt[place] >= HANG_OVER_NANOS) {
                return place;
            }
            if (now - spokeAt[place] >= HANG_OVER_NANOS && (idle == NO_PLACE || spokeAt[place] - spokeAt[idle] < 0)) {
                idle = place;
            }
            if (quietest == NO_PLACE || loudnessAt[place] < loudnessAt[quietest]) {
                quietest = place;
            }
        }
        if (!speaks) {
            return NO_PLACE;
        }
        if (idle != NO_PLACE) {
            return idle;
        }
        return loudness >= loudnessAt[quietest] + DominantSpeaker.MARGIN ? quietest : NO_PLACE;
    }

    private void take(int place, int speaker, double loudness, long now) {
        int before = speakerAt[place];
        if (before != NOBODY) {
            placeOf[before] = NO_PLACE;
            outdone[before] = true;
            forwardedUntil[before] = now + HANG_OVER_NANOS;
        }
        changes++;
        speakerAt[place] = speaker;
        placeOf[speaker] = place;
        outdone[speaker] = false;
        spokeAt[place] = now;
        loudnessAt[place] = loudness;
    }

    /** Forgets a speaker; its id may be given to another. */
    public void remove(int speaker) {
        if (speaker < 0 || speaker >= placeOf.length) {
            return;
        }
        if (placeOf[speaker] != NO_PLACE) {
            speakerAt[placeOf[speaker]] = NOBODY;
            placeOf[speaker] = NO_PLACE;
        }
        outdone[speaker] = false;
    }

    /** How often a place was given to somebody so far. */
    public long changes() {
        return changes;
    }

    /** Whether the speaker has a place now. */
    public boolean hasPlace(int speaker) {
        return speaker >= 0 && speaker < placeOf.length && placeOf[speaker] != NO_PLACE;
    }

    private void grow(int speaker) {
        int before = placeOf.length;
        int size = Math.min(maxSpeakers, Math.max(speaker + 1, before * 2));
        placeOf = Arrays.copyOf(placeOf, size);
        Arrays.fill(placeOf, before, size, NO_PLACE);
        forwardedUntil = Arrays.copyOf(forwardedUntil, size);
        outdone = Arrays.copyOf(outdone, size);
    }
}
