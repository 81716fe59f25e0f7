package org.videowindow.bridge.bandwidth;

import org.videowindow.bridge.rtcp.TransportFeedback;

/**
 * What the times of arrival say of queues: the receiver's clock, groups of packets and their trend. Probes, which fill a
 * queue on purpose, and what is sent shortly after them are left out.
 *
 * <p>Part of {@link BandwidthEstimator}, owned by the worker of the receiver's conference.
 */
final class ArrivalDelays {
    /** After a probe its queue shall empty before delays are looked at again. */
    private static final long AFTER_PROBE_NANOS = 200_000_000L;

    private static final double MILLIS_PER_TICK = TransportFeedback.TICK_NANOS / 1e6;

    private final PacketGroups groups = new PacketGroups();
    private final DelayTrend trend = new DelayTrend();
    private final long origin;

    private boolean hasArrival;
    private int lastTick;
    private long arrivalTicks;
    private boolean quiet;
    private long quietUntil;

    /** @param now any time before the first packet */
    ArrivalDelays(long now) {
        origin = now;
    }

    /** The receiver's clock at an arrival. It has 32 bits in ticks and wraps. */
    double millis(int tick) {
        if (hasArrival) {
            arrivalTicks += tick - lastTick;
        }
        hasArrival = true;
        lastTick = tick;
        return arrivalTicks * MILLIS_PER_TICK;
    }

    /** Milliseconds from the begin until then, by our clock. */
    double sinceBegin(long sentAt) {
        return (sentAt - origin) / 1e6;
    }

    /** A packet of a probe arrived. */
    void probed(long sentAt) {
        groups.restart();
        quiet = true;
        quietUntil = Math.max(quietUntil, sentAt + AFTER_PROBE_NANOS);
    }

    /** Another packet arrived; answers whether the trend of the delay has a new point. */
    boolean arrived(long sentAt, double arrivalMillis) {
        if (quiet && sentAt - quietUntil < 0) {
            return false;
        }
        quiet = false;
        if (!groups.add(sinceBegin(sentAt), arrivalMillis)) {
            return false;
        }
        trend.update(groups.sendDelta(), groups.arrivalDelta());
        return true;
    }

    DelayTrend.Usage usage() {
        return trend.usage();
    }

    /** Nothing came for long, or it comes by another way. */
    void restart() {
        groups.restart();
        trend.restart();
        quiet = false;
    }
}
