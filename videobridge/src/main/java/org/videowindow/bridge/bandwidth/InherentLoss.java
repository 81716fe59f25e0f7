package org.videowindow.bridge.bandwidth;

import java.util.Arrays;

/**
 * The part of the losses that is the way's own, as on a bad radio link, and not made by what is sent: as large a part is
 * lost of less. Found by comparing what was lost at two rates. A link that is too narrow carries as much whatever is sent;
 * one that loses at random carries a part of it. That model is the one of libwebrtc's second loss-based control; how it is
 * used here is written down in {@code docs/bandwidth.md}.
 *
 * <p>Part of {@link BandwidthEstimator}, owned by the worker of the receiver's conference.
 */
final class InherentLoss {
    /** Fewer packets, or in a shorter time, tell no rate. */
    private static final int FEWEST_PACKETS = 25;

    private static final long SHORTEST_NANOS = 300_000_000L;

    /** What took longer says nothing of a rate. */
    private static final long LONGEST_NANOS = 2_000_000_000L;

    /** Classes of rates, each reaching to so many times where it begins: finer compares better, coarser sees more. */
    private static final int CLASSES = 18;

    private static final double CLASS_WIDTH = Math.log(1.5);

    /** A rate is steady when it differs by less from one window to the next. */
    private static final double STEADY = 1.25;

    /** What was observed longer ago is not compared. */
    private static final long FRESH_NANOS = 15_000_000_000L;

    /** Of one class so many packets count, older ones less and less. */
    private static final double MOST_COUNTED = 200;

    /** Fewer do not make a comparison. */
    private static final double FEWEST_COMPARED = 50;

    /** Rates that differ by less tell nothing apart. */
    private static final double APART = 1.4;

    /** Less lost is no trouble. */
    private static final double TROUBLE = 0.02;

    /** So many times more probable (a natural logarithm) must it be than a link that is too narrow. */
    private static final double SURE = 6;

    /** Losses that much is told from, and what is little beside them. */
    private static final double MUCH = 0.05;

    private static final double SMALL_PART = 0.25;

    /** A way that loses more is taken for too narrow in any case. */
    private static final double MOST = 0.3;

    /** A narrow link also loses a packet now and then where there is room. */
    private static final double LEAST = 0.005;

    private static final int STEPS = 24;

    /** How fast what is known follows what is observed, and how far without another comparison. */
    private static final double SMOOTHING = 0.15;

    private static final double MORE = 1.25;
    private static final double AND_MORE = 0.02;

    /** Standard deviations that are chance. */
    private static final double CHANCE = 2;

    private final double[] packets = new double[CLASSES];
    private final double[] lost = new double[CLASSES];
    private final double[] rates = new double[CLASSES];
    private final long[] observedAt = new long[CLASSES];

    private boolean collecting;
    private int collected;
    private int collectedLost;
    private long collectedBytes;
    private long since;
    private long until;
    private double lastRate;
    private int lastCount;
    private int lastLost;
    private boolean lastCounted;
    private double share;
    private double compared;

    /** A packet is reported on for the first time. */
    void reported(int bytes, long sentAt, boolean isLost) {
        if (!collecting || sentAt - since > LONGEST_NANOS) {
            collecting = true;
            collected = 0;
            collectedLost = 0;
            collectedBytes = 0;
            since = sentAt;
            until = sentAt;
        }
        until = Math.max(until, sentAt);
        collected++;
        collectedLost += isLost ? 1 : 0;
        collectedBytes += bytes;
    }

    /** A packet that was reported lost was only late. */
    void arrivedAfterAll() {
        collectedLost--;
    }

    /**
     * All that a receiver told at once has been reported.
     *
     * @return whether a comparison has just told that the way itself loses more than was known
     */
    boolean learns(long now) {
        if (!collecting || collected < FEWEST_PACKETS || until - since < SHORTEST_NANOS) {
            return false;
        }
        collecting = false;
        double rate = collectedBytes * 8e9 / (until - since);
        int countLost = Math.max(0, Math.min(collected, collectedLost));
        follow(countLost / (double) collected, collected);
        // A window in which the rate changed has the losses of both.
        boolean asBefore = rate < STEADY * lastRate && lastRate < STEADY * rate;
        boolean learns = asBefore && !lastCounted && observed(lastRate, lastCount, lastLost, now);
        learns |= asBefore && observed(rate, collected, countLost, now);
        lastRate = rate;
        lastCount = collected;
        lastLost = countLost;
        lastCounted = asBefore;
        return learns;
    }

    private boolean observed(double rate, int count, int countLost, long now) {
        int at = classOf(rate);
        if (now - observedAt[at] > FRESH_NANOS) {
            packets[at] = 0;
            lost[at] = 0;
        }
        double kept = Math.min(1, MOST_COUNTED / (packets[at] + count));
        rates[at] = (rates[at] * packets[at] + rate * count) / (packets[at] + count);
        packets[at] = kept * (packets[at] + count);
        lost[at] = kept * (lost[at] + countLost);
        observedAt[at] = now;
        return packets[at] >= FEWEST_COMPARED && lost[at] > TROUBLE * packets[at] && compareWithOthers(at, now);
    }

    private static int classOf(double rate) {
        double above = Math.log(Math.max(1, rate / BandwidthEstimator.LEAST_BPS)) / CLASS_WIDTH;
        return (int) Math.min(CLASSES - 1, above);
    }

    /** What is known follows down; up only as far as the last comparison makes it believable. */
    private void follow(double observedShare, int count) {
        if (share > 0 && observedShare < share + chance(count)) {
            share = Math.min(share + SMOOTHING * (observedShare - share), MORE * compared + AND_MORE);
        }
    }

    private boolean compareWithOthers(int at, long now) {
        boolean more = false;
        double most = leastLost(now);
        for (int other = 0; other < CLASSES; other++) {
            if (isKnown(other, now)) {
                if (rates[other] > APART * rates[at]) {
                    more |= compare(at, other, most);
                } else if (APART * rates[other] < rates[at]) {
                    more |= compare(other, at, most);
                }
            }
        }
        return more;
    }

    /** The way loses as much at any rate: no more than was lost at one of them, chance included. */
    private double leastLost(long now) {
        double least = MOST;
        for (int i = 0; i < CLASSES; i++) {
            if (isKnown(i, now)) {
                least = Math.min(least, (lost[i] + CHANCE * Math.sqrt(lost[i]) + 1) / packets[i]);
            }
        }
        return least;
    }

    private boolean compare(int lower, int higher, double most) {
        double all = packets[lower] + packets[higher];
        double together = Math.min(0.99, Math.max(LEAST, (lost[lower] + lost[higher]) / all));
        double random = likelihood(lower, together) + likelihood(higher, together);
        double narrow = Double.NEGATIVE_INFINITY;
        for (int step = 1; step < STEPS; step++) {
            double capacity = rates[higher] * step / STEPS;
            narrow = Math.max(
                    narrow,
                    likelihood(lower, Math.max(LEAST, 1 - capacity / rates[lower]))
                            + likelihood(higher, Math.max(LEAST, 1 - capacity / rates[higher])));
        }
        // What less is lost at the lower rate may be the link's; what is lost there is not.
        double own = Math.min(together, lost[lower] / packets[lower]);
        if (random - narrow < SURE || own > most || own < TROUBLE) {
            return false;
        }
        boolean more = own > MORE * compared + AND_MORE || share < own / 2;
        if (more || own > share) {
            share = own;
            compared = own;
        }
        return more;
    }

    /** The logarithm of how probable it is to lose what was lost when each packet is lost with this probability. */
    private double likelihood(int of, double probability) {
        return lost[of] * Math.log(probability) + (packets[of] - lost[of]) * Math.log(1 - probability);
    }

    /** Whether much is lost at a rate and hardly anything at a lower one, and not by chance: then the way is too narrow. */
    boolean fallsWithRate(long now) {
        for (int higher = 1; higher < CLASSES; higher++) {
            if (isKnown(higher, now) && lost[higher] > MUCH * packets[higher]) {
                for (int lower = 0; lower < higher; lower++) {
                    if (isKnown(lower, now) && APART * rates[lower] < rates[higher] && losesLess(lower, higher)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean isKnown(int at, long now) {
        return packets[at] >= FEWEST_COMPARED && now - observedAt[at] <= FRESH_NANOS;
    }

    private boolean losesLess(int lower, int higher) {
        double above = Math.min(0.99, lost[higher] / packets[higher]);
        double below = Math.max(LEAST, lost[lower] / packets[lower]);
        double together = Math.min(0.99, (lost[lower] + lost[higher]) / (packets[lower] + packets[higher]));
        return below < SMALL_PART * above
                && likelihood(lower, below)
                                + likelihood(higher, above)
                                - likelihood(lower, together)
                                - likelihood(higher, together)
                        > SURE;
    }

    /** Part of the packets that the way loses whatever is sent; 0 while nothing is known of that. */
    double share() {
        return share;
    }

    /** So much more may be lost of so many packets by chance: a part; 0 while nothing is known. */
    double chance(int count) {
        return CHANCE * Math.sqrt(share * (1 - share) / Math.max(1, count));
    }

    /** The part lost that the way does not lose by itself. */
    double beyond(double lostShare, int count) {
        return share == 0 ? lostShare : Math.max(0, (lostShare - share - chance(count)) / (1 - share));
    }

    /**
     * Whether more than this has come through lately, at a higher rate, and it is not yet known how much is lost at this
     * one: were the link too narrow, nothing would be lost now. To lower the rate further would be a guess.
     *
     * @param sent bit/s
     */
    boolean isBeingTold(double sent, long now) {
        int at = classOf(sent);
        if (isKnown(at, now)) {
            return false;
        }
        for (int other = at + 1; other < CLASSES; other++) {
            if (packets[other] >= FEWEST_PACKETS
                    && now - observedAt[other] <= LONGEST_NANOS
                    && rates[other] > APART * sent
                    && rates[other] * (1 - lost[other] / packets[other]) > sent) {
                return true;
            }
        }
        return false;
    }

    /** By another way, or after an outage. */
    void forget() {
        Arrays.fill(packets, 0);
        Arrays.fill(lost, 0);
        collecting = false;
        lastRate = 0;
        share = 0;
        compared = 0;
    }
}
