package org.videowindow.loadtest.endpoint;

import org.videowindow.loadtest.rtp.Bytes;

/**
 * One SSRC as a participant receives it: what is missing, double, late, frozen. Owned by the engine's thread.
 *
 * <p>A sequence number is remembered for as long as {@link #WINDOW} newer ones have not come.
 */
final class ReceivedStream {
    /** What a packet is to its stream. */
    enum Place {
        NEW,
        LATE,
        DUPLICATE
    }

    static final int WINDOW = 2048;
    private static final int MOST_MISSING = 256;
    private static final int LONGEST_GAP = 200;
    private static final long FIRST_NACK = 5_000_000L;
    private static final long NEXT_NACK = 100_000_000L;
    private static final long GIVE_UP = 1_000_000_000L;
    private static final long FREEZE = 150_000_000L;

    final int ssrc;
    final int payloadType;
    final boolean video;
    final boolean repeats;

    long received;
    long bytes;
    long duplicates;
    long late;
    long repaired;
    long freezes;
    long layerSwitches;
    long lastLayerSample = -1;
    boolean keyFrameSeen;
    long firstArrival;
    long lastKeyFrameRequest;
    boolean abandoned;
    int senderReportNtp;
    long senderReportAt;

    private final long[] seen = new long[WINDOW / 64];
    private final long[] missing = new long[MOST_MISSING];
    private final long[] missingSince = new long[MOST_MISSING];
    private final long[] missingAsked = new long[MOST_MISSING];
    private int missingCount;
    private long first = -1;
    private long highest;
    private int timestamp;
    private long frameArrival;
    private double frameInterval;
    private long reportedExpected;
    private long reportedReceived;

    ReceivedStream(int ssrc, int payloadType, boolean video, boolean repeats) {
        this.ssrc = ssrc;
        this.payloadType = payloadType;
        this.video = video;
        this.repeats = repeats;
        this.keyFrameSeen = !video || repeats;
    }

    /** The packet's sequence number with its roll-overs, for decryption. */
    long index(int sequence) {
        return first < 0 ? sequence : highest + (short) (sequence - (int) highest);
    }

    Place arrived(long index, int length, int rtpTimestamp, long now) {
        Place place = place(index, now);
        if (place == Place.DUPLICATE) {
            duplicates++;
            return place;
        }
        received++;
        bytes += length;
        if (place == Place.LATE) {
            late++;
        } else if (video && !repeats && rtpTimestamp != timestamp) {
            frame(rtpTimestamp, now);
        }
        return place;
    }

    private Place place(long index, long now) {
        if (first < 0) {
            first = index;
            highest = index;
            firstArrival = now;
            mark(index);
            return Place.NEW;
        }
        if (index > highest) {
            if (index - highest > WINDOW) {
                java.util.Arrays.fill(seen, 0);
            } else {
                for (long skipped = highest + 1; skipped < index; skipped++) {
                    seen[word(skipped)] &= ~bit(skipped);
                    miss(skipped, index - highest, now);
                }
            }
            highest = index;
            mark(index);
            return Place.NEW;
        }
        if (index <= highest - WINDOW || isMarked(index)) {
            return Place.DUPLICATE;
        }
        first = Math.min(first, index);
        mark(index);
        forget(index);
        return Place.LATE;
    }

    /** A retransmission brought this packet; answers whether it was missing. */
    boolean repair(int sequence) {
        long index = index(sequence);
        if (first < 0 || index > highest || index <= highest - WINDOW || index < first || isMarked(index)) {
            return false;
        }
        mark(index);
        forget(index);
        repaired++;
        return true;
    }

    private void frame(int rtpTimestamp, long now) {
        if (frameArrival != 0) {
            long interval = now - frameArrival;
            if (frameInterval > 0 && interval > Math.max(3 * frameInterval, frameInterval + FREEZE)) {
                freezes++;
            } else {
                frameInterval = frameInterval == 0 ? interval : frameInterval + (interval - frameInterval) / 16;
            }
        }
        frameArrival = now;
        timestamp = rtpTimestamp;
    }

    private void miss(long index, long gap, long now) {
        if (!video || repeats) {
            return;
        }
        if (gap > LONGEST_GAP || missingCount == MOST_MISSING) {
            abandoned = true;
            return;
        }
        missing[missingCount] = index;
        missingSince[missingCount] = now;
        missingAsked[missingCount++] = now - NEXT_NACK + FIRST_NACK;
    }

    private void forget(long index) {
        for (int i = 0; i < missingCount; i++) {
            if (missing[i] == index) {
                missingCount--;
                System.arraycopy(missing, i + 1, missing, i, missingCount - i);
                System.arraycopy(missingSince, i + 1, missingSince, i, missingCount - i);
                System.arraycopy(missingAsked, i + 1, missingAsked, i, missingCount - i);
                return;
            }
        }
    }

    /** Fills in the sequence numbers to ask for now, in rising order; answers how many. */
    int wanted(int[] sequences, long now) {
        int count = 0;
        for (int i = 0; i < missingCount; i++) {
            if (now - missingSince[i] > GIVE_UP) {
                abandoned = true;
                forget(missing[i--]);
            } else if (now - missingAsked[i] >= NEXT_NACK && count < sequences.length) {
                missingAsked[i] = now;
                sequences[count++] = (int) missing[i] & 0xffff;
            }
        }
        return count;
    }

    boolean isMissingAny() {
        return missingCount > 0;
    }

    /** How many packets there should have been. */
    long expected() {
        return first < 0 ? 0 : highest - first + 1;
    }

    /** Writes a report block (RFC 3550 section 6.4.1). */
    void writeReport(byte[] out, int at, long now) {
        long lost = Math.max(0, expected() - received - repaired);
        long expectedNow = expected() - reportedExpected;
        long lostNow = expectedNow - (received - reportedReceived);
        reportedExpected = expected();
        reportedReceived = received;
        Bytes.put32(out, at, ssrc);
        Bytes.put8(
                out, at + 4, expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, lostNow * 256 / expectedNow));
        Bytes.put24(out, at + 5, (int) Math.min(lost, 0x7f_ffff));
        Bytes.put32(out, at + 8, (int) highest);
        Bytes.put32(out, at + 12, 0);
        Bytes.put32(out, at + 16, senderReportNtp);
        Bytes.put32(out, at + 20, senderReportNtp == 0 ? 0 : (int) ((now - senderReportAt) * 65_536 / 1_000_000_000L));
    }

    private boolean isMarked(long index) {
        return (seen[word(index)] & bit(index)) != 0;
    }

    private void mark(long index) {
        seen[word(index)] |= bit(index);
    }

    private static int word(long index) {
        return (int) (index >>> 6) & (WINDOW / 64 - 1);
    }

    private static long bit(long index) {
        return 1L << index;
    }
}
