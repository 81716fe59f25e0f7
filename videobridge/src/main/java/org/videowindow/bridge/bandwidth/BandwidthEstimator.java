package org.videowindow.bridge.bandwidth;

import org.videowindow.bridge.rtcp.TransportFeedback;

/**
 * How many bits per second one receiver can take. Told of every numbered packet that leaves and of everything the
 * receiver reports, it answers an estimate at any time, and how much to send as a probe. The algorithm is written down in
 * {@code docs/bandwidth.md}.
 *
 * <p>Times are nanoseconds of one monotonic clock. Owned by the worker of the receiver's conference; allocates nothing
 * once its table of sent packets has grown to the receiver's bit rate.
 */
public final class BandwidthEstimator {
    /** Estimate of a receiver nothing is known of: sound and small pictures of a few. */
    public static final long START_BPS = 600_000;

    /** The estimate never falls below this: sound must go on, and something must be sent to learn more. */
    public static final long LEAST_BPS = 50_000;

    /** Nor does it rise above. */
    public static final long MOST_BPS = 50_000_000;

    /** No feedback about what was sent within this time (and two round trips): the way may be cut, nothing is probed. */
    private static final long FEEDBACK_TIMEOUT_NANOS = 500_000_000L;

    /** None for so long: it is cut. That says nothing of how wide it is. */
    private static final long OUTAGE_NANOS = 1_000_000_000L;

    /** Part of the estimate that an outage or another way leaves, if that is more than the start. */
    private static final double LEFT_AFTER_OUTAGE = 0.5;

    /** A queue that delays told of so lately may still stand. */
    private static final long QUEUED_NANOS = 1_500_000_000L;

    /** Less than this part of the estimate sent: the estimate is not what limits. */
    private static final double LIMITED = 0.7;

    /** So many times of the estimate sent: the rest of it waits before the link, or is lost. */
    private static final double FLOODED = 1.3;

    private final SentPackets packets = new SentPackets();
    private final SentRate sentRate = new SentRate();
    private final AcknowledgedRate acknowledged = new AcknowledgedRate();
    private final ArrivalDelays delays;
    private final DelayBasedRate delayBased = new DelayBasedRate(START_BPS);
    private final LossBasedRate lossBased = new LossBasedRate();
    private final Probing probing = new Probing();
    private final WithoutFeedback withoutFeedback = new WithoutFeedback();

    private boolean unanswered;
    private long unansweredSince;
    private boolean hasFeedback;
    private long roundTripNanos = 100_000_000L;
    private long wanted;
    private boolean cut;
    private double beforeCut;

    /** What was sent before that is not counted as lost: it was sent into an outage, or by another way. */
    private long renewedAt;

    private long renewals;

    /** @param now any time before the first packet */
    public BandwidthEstimator(long now) {
        delays = new ArrivalDelays(now);
    }

    // --- What happens ---

    /** Packets can be sent to the receiver from now on: for a moment no more than the start, until feedback may come. */
    public void reachable(long now) {
        withoutFeedback.reachable(now);
    }

    /**
     * A packet leaves.
     *
     * @param transportSequence its transport-wide sequence number, 16 bits
     * @param bytes of the datagram
     */
    public void sent(int transportSequence, int bytes, long now) {
        withoutFeedback.reachable(now);
        if (!unanswered) {
            unanswered = true;
            unansweredSince = now;
        }
        ProbeCluster cluster = probing.cluster();
        packets.add(transportSequence, bytes, cluster.number(), now);
        sentRate.sent(bytes, now);
        if (cluster.isSending()) {
            cluster.sent(transportSequence, bytes, now);
        }
    }

    /** The receiver tells which packets arrived, and when. The view is walked from its begin to its end. */
    public void feedback(TransportFeedback view, long now) {
        boolean moved = false;
        boolean over = false;
        boolean known = false;
        long newest = Long.MIN_VALUE;
        if (cut && packets.knowsAnyOf(view)) {
            renew(now);
        }
        ProbeCluster cluster = probing.cluster();
        boolean clusterEnded = false;
        view.rewind();
        while (view.next()) {
            int slot = packets.find(view.sequence());
            if (slot == SentPackets.NONE) {
                continue;
            }
            known = true;
            int number = packets.cluster(slot);
            clusterEnded |=
                    cluster.isWaiting() && cluster.isNumber(number) && view.sequence() == cluster.lastSequence();
            long sentAt = packets.sentAt(slot);
            boolean old = renewals > 0 && sentAt - renewedAt < 0;
            boolean media = number == 0 && !old;
            if (!view.received()) {
                if (packets.markLost(slot)) {
                    lost(slot, number, sentAt, media);
                }
                continue;
            }
            boolean wasLost = packets.isLost(slot);
            if (!packets.markReceived(slot)) {
                continue;
            }
            if (media) {
                lossBased.arrived(packets.bytes(slot), sentAt, wasLost);
            }
            newest = Math.max(newest, sentAt);
            if (!old && arrived(slot, number, (int) view.arrivalTicks())) {
                moved = true;
                over |= delays.usage() == DelayTrend.Usage.OVER;
            }
        }
        if (!known) {
            return;
        }
        hasFeedback = true;
        unanswered = false;
        if (newest != Long.MIN_VALUE) {
            roundTripNanos += (Math.min(now - newest, 2_000_000_000L) - roundTripNanos) / 8;
        }
        double sent = sentRate.bitsPerSecond(now);
        boolean queued = delayBased.loweredWithin(QUEUED_NANOS, now);
        lossBased.reported(estimate(), sent, queued, carried(acknowledged.bitsPerSecond()), roundTripNanos, now);
        if (lossBased.isPoliced()) {
            delayBased.set(Math.min(delayBased.bitsPerSecond(), lossBased.bitsPerSecond()));
        }
        if (moved) {
            followDelays(over, newest, now);
        }
        if (clusterEnded) {
            endProbe(now);
        }
        probing.note(estimate(), now);
    }

    /** A packet arrived; answers whether the trend of the delay has a new point. */
    private boolean arrived(int slot, int number, int tick) {
        double arrivalMillis = delays.millis(tick);
        long sentAt = packets.sentAt(slot);
        acknowledged.received(arrivalMillis, packets.bytes(slot));
        if (number != 0) {
            if (probing.cluster().isNumber(number)) {
                probing.cluster().received(sentAt, arrivalMillis, packets.bytes(slot));
            }
            delays.probed(sentAt);
            return false;
        }
        lossBased.passed(packets.bytes(slot), arrivalMillis - delays.sinceBegin(sentAt));
        return delays.arrived(sentAt, arrivalMillis);
    }

    private void lost(int slot, int number, long sentAt, boolean media) {
        if (media) {
            lossBased.lost(packets.bytes(slot), sentAt);
        } else if (number != 0 && probing.cluster().isNumber(number)) {
            probing.cluster().missing(sentAt, packets.bytes(slot));
        }
    }

    private void followDelays(boolean over, long newest, long now) {
        double sent = sentRate.bitsPerSecond(now);
        boolean limited = sent < LIMITED * estimate();
        delayBased.update(
                over ? DelayTrend.Usage.OVER : delays.usage(),
                carried(acknowledged.bitsPerSecond()),
                carried(acknowledged.bitsPerSecondBehindQueue(sent)),
                limited,
                sent,
                roundTripNanos,
                newest,
                now);
        lossBased.unboundAbove(1.3 * delayBased.bitsPerSecond());
    }

    /** What would arrive if the way lost nothing by itself: rates are those of sending. */
    private double carried(double arriving) {
        return arriving < 0 ? arriving : arriving / (1 - lossBased.inherent().share());
    }

    private void endProbe(long now) {
        ProbeCluster cluster = probing.cluster();
        cluster.excuse(lossBased.inherent());
        double result = cluster.tells() ? cluster.result() : 0;
        boolean filled = result > 0 && cluster.filled();
        double before = estimate();
        if (result > before) {
            delayBased.probed(result, filled);
            lossBased.raise(result);
        } else if (filled) {
            delayBased.probed(
                    Math.min(delayBased.bitsPerSecond(), Math.max(result, carried(acknowledged.bitsPerSecond()))),
                    true);
        }
        probing.ended(result, before, now);
    }

    /** The receiver's own estimate. Counts only while it gives no transport-wide feedback. */
    public void remb(long bitsPerSecond, long now) {
        withoutFeedback.remb(bitsPerSecond, now);
    }

    /** A receiver report. Counts only while there is no transport-wide feedback, which tells losses of all streams. */
    public void lossReport(int fractionLost256, long now) {
        if (!hasFeedback) {
            long sent = sentRate.bitsPerSecond(now);
            double from = Math.min(estimateBps(now), Math.max(LEAST_BPS, sent));
            lossBased.told(fractionLost256 / 256.0, from, roundTripNanos, now);
            lossBased.unboundAbove(4.0 * Math.max(START_BPS, sent));
        }
    }

    /** Round-trip time from another source; used until feedback tells. */
    public void roundTrip(long nanos) {
        if (!hasFeedback) {
            roundTripNanos = nanos;
        }
    }

    /** How much would be sent if the estimate allowed it: more than the estimate makes it probe. */
    public void want(long bitsPerSecond) {
        wanted = bitsPerSecond;
    }

    /** Lets time pass: timeouts, and the begin of probes. */
    public void tick(long now) {
        if (!hasFeedback) {
            return;
        }
        long silent = unanswered ? now - unansweredSince - 2 * roundTripNanos : 0;
        if (!cut && silent > OUTAGE_NANOS) {
            cut = true;
            beforeCut = estimate();
            // As much as there will be when feedback comes back.
            delayBased.set(Math.min(beforeCut, Math.max(START_BPS, LEFT_AFTER_OUTAGE * beforeCut)));
        }
        boolean calm = !delayBased.loweredWithin(Probing.CALM_NANOS, now)
                && !lossBased.loweredWithin(Probing.CALM_NANOS, now)
                && delays.usage() != DelayTrend.Usage.OVER
                && !lossBased.isPoliced()
                && silent <= FEEDBACK_TIMEOUT_NANOS;
        probing.consider(estimate(), wanted, calm, lossBased.inherent().share() > 0, now);
    }

    /** The receiver is reached by another way from now on, of which nothing is known. */
    public void pathChanged(long now) {
        if (hasFeedback) {
            unanswered = false;
            renew(now);
        }
    }

    /** Begins again, with nothing known but how much there was before. */
    private void renew(long now) {
        double before = cut ? beforeCut : estimate();
        cut = false;
        renewals++;
        renewedAt = now;
        delayBased.restart(Math.max(START_BPS, LEFT_AFTER_OUTAGE * before));
        lossBased.restart();
        acknowledged.forget();
        delays.restart();
        probing.restart(estimate());
    }

    // --- What follows ---

    private double estimate() {
        double rate = Math.min(delayBased.bitsPerSecond(), lossBased.bitsPerSecond());
        return Math.max(LEAST_BPS, Math.min(MOST_BPS, rate));
    }

    /** Bit/s the receiver can take, sound and repetitions included. */
    public long estimateBps(long now) {
        if (hasFeedback) {
            return (long) estimate();
        }
        // One that says nothing about arrivals is limited by the losses it reports alone.
        double others = withoutFeedback.bitsPerSecond(now);
        return (long) Math.max(LEAST_BPS, Math.min(others, lossBased.bitsPerSecond()));
    }

    /**
     * How often it has begun anew: after an outage, by another way, or because the first probe found more than the start,
     * which was a guess. What followed from the estimates before is void.
     */
    public long renewals() {
        return renewals + (probing.hasFound() ? 1 : 0);
    }

    /** Whether the receiver gives transport-wide feedback. */
    public boolean hasFeedback() {
        return hasFeedback;
    }

    /** Whether less is sent than wanted because of the estimate: then bursts are spread. */
    public boolean isConstrained(long now) {
        return wanted > estimateBps(now);
    }

    /** Whether the estimate was lowered lately: a queue stands before the link, and what is sent too fast is lost. */
    public boolean isStrained(long now) {
        return delayBased.loweredWithin(Probing.CALM_NANOS, now) || lossBased.loweredWithin(Probing.CALM_NANOS, now);
    }

    /** Whether much more leaves than the receiver can take. */
    public boolean isFlooded(long now) {
        return hasFeedback && sentRate.bitsPerSecond(now) > FLOODED * estimate();
    }

    /** Bytes to send as a probe in this slot; 0 for none. What is sent meanwhile for other reasons counts too. */
    public long probeBytes(long now) {
        return hasFeedback ? Math.max(0, probing.cluster().due(now)) : 0;
    }

    /** There is nothing to send a probe with. */
    public void cannotProbe(long now) {
        probing.failed(now);
    }

    /** Whether a probe is being sent: then slots are needed. */
    public boolean isProbing() {
        return probing.cluster().isSending();
    }

    /** Nanoseconds between a packet and the feedback about it, smoothed. */
    public long roundTripNanos() {
        return roundTripNanos;
    }

    /** Bit/s that arrive by the receiver's clock; -1 while unknown. */
    public long arrivingBps() {
        return (long) acknowledged.bitsPerSecond();
    }

    /** Part of the packets lost, of the last window. */
    public double lossShare() {
        return lossBased.share();
    }

    /** Part of the packets that the way loses by itself, however little is sent, as far as that is known. */
    public double inherentLossShare() {
        return lossBased.inherent().share();
    }

    /** Probes begun. */
    public long probes() {
        return probing.clusters();
    }

    /** Probes that found less than they tried. */
    public long failedProbes() {
        return probing.failures();
    }

    /** What limits, for diagnosis. */
    public String limitedBy(long now) {
        if (!hasFeedback) {
            return withoutFeedback.hasRemb(now) ? "remb" : "none";
        }
        boolean losses = lossBased.isPoliced() || lossBased.bitsPerSecond() < delayBased.bitsPerSecond();
        return losses ? "loss" : "delay";
    }
}
