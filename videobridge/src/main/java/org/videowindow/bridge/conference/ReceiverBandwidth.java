package org.videowindow.bridge.conference;

import org.videowindow.bridge.bandwidth.BandwidthEstimator;
import org.videowindow.bridge.rtcp.TransportFeedback;

/**
 * How much one receiver can take: tells the estimator what leaves and what the receiver reports, and has probes sent in
 * slots of the {@link MediaPlane}. Held by {@link Outbound}. Owned by the worker.
 */
final class ReceiverBandwidth {
    private final Outbound outbound;
    private final MediaPlane plane;
    private final BandwidthEstimator estimator;
    private boolean slotted;

    ReceiverBandwidth(Outbound outbound, MediaPlane plane) {
        this.outbound = outbound;
        this.plane = plane;
        this.estimator = new BandwidthEstimator(plane.now());
    }

    /** A numbered packet leaves. */
    void sent(int transportSequence, int bytes) {
        estimator.sent(transportSequence, bytes, plane.now());
    }

    void feedback(TransportFeedback view, long now) {
        estimator.feedback(view, now);
    }

    void remb(long bitsPerSecond, long now) {
        estimator.remb(bitsPerSecond, now);
    }

    void lossReport(int fractionLost256, long now) {
        estimator.lossReport(fractionLost256, now);
    }

    void roundTrip(long nanos) {
        estimator.roundTrip(nanos);
    }

    /** Bit/s that would be sent if the estimate allowed it. */
    void want(long bitsPerSecond) {
        estimator.want(bitsPerSecond);
    }

    /** Bit/s it can take. */
    long estimateBps(long now) {
        return estimator.estimateBps(now);
    }

    /** For diagnosis. */
    BandwidthEstimator estimator() {
        return estimator;
    }

    /** From time to time: timeouts, and whether to probe. */
    void tick(long now) {
        estimator.tick(now);
        if (estimator.isProbing() && !slotted) {
            slotted = true;
            plane.addSlots(this);
        }
    }

    /**
     * The next slot.
     *
     * @return whether more slots are needed
     */
    boolean slot(long now) {
        int filled = 0;
        while (estimator.probeBytes(now) > 0) {
            if (!outbound.sendProbe(filled++, now)) {
                estimator.cannotProbe(now);
                break;
            }
            plane.counters().increment(Counter.PROBES_SENT);
        }
        slotted = estimator.isProbing();
        return slotted;
    }
}
