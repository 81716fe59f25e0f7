package org.videowindow.bridge.conference;

import org.videowindow.bridge.bandwidth.BandwidthEstimator;
import org.videowindow.bridge.bandwidth.PacingQueue;
import org.videowindow.bridge.rtcp.TransportFeedback;

/**
 * How much one receiver can take: tells the estimator what leaves and what the receiver reports, keeps packets of pictures
 * back while the receiver is constrained, and sends them and probes in slots of the {@link MediaPlane}. Held by {@link Outbound}. Owned by the worker.
 */
final class ReceiverBandwidth {
    private final Outbound outbound;
    private final MediaPlane plane;
    private final BandwidthEstimator estimator;
    private PacingQueue waiting;
    private boolean constrained;
    private boolean slotted;

    ReceiverBandwidth(Outbound outbound, MediaPlane plane) {
        this.outbound = outbound;
        this.plane = plane;
        this.estimator = new BandwidthEstimator(plane.now());
    }

    /** Address and keys are there. */
    void reachable(long now) {
        estimator.reachable(now);
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

    /** The receiver is reached at another address. */
    void pathChanged(long now) {
        estimator.pathChanged(now);
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
        constrained = estimator.hasFeedback() && estimator.isConstrained(now);
        if (constrained && waiting == null) {
            waiting = new PacingQueue();
        }
        if (waiting != null) {
            waiting.strain(estimator.isStrained(now));
        }
        if (!constrained) {
            flush();
        }
        needSlots(estimator.isProbing());
    }

    /** Whether it can take less than is wanted, as far as was told last: {@link #tick} should look at that soon. */
    boolean lacks(long now) {
        return estimator.isConstrained(now);
    }

    /** Whether {@link #tick} has nothing to do that is urgent. */
    boolean isCalm() {
        return !constrained && !slotted;
    }

    private void needSlots(boolean needed) {
        if (needed && !slotted) {
            slotted = true;
            plane.addSlots(this);
        }
    }

    /** Whether more is wanted than the receiver can take. */
    boolean isConstrained() {
        return constrained;
    }

    /** Whether much more leaves than the receiver can take. */
    boolean isFlooded(long now) {
        return estimator.isFlooded(now);
    }

    // --- Pacing ---

    /**
     * Whether a packet of a picture has to wait for a slot; then it is copied, and leaves by {@link Outbound#sendWaiting}.
     *
     * @param transportAt where its transport sequence number lies in the buffer, or -1
     * @param ahead whether it may overtake those that wait
     */
    boolean holds(byte[] buffer, int offset, int length, int transportAt, boolean ahead) {
        long now = plane.now();
        if (!constrained || waiting.passes(length, ahead, estimator.estimateBps(now), now)) {
            return false;
        }
        while (!waiting.fits(length) && !waiting.isEmpty()) {
            release();
        }
        if (!waiting.fits(length)) {
            return false;
        }
        waiting.add(buffer, offset, length, transportAt < 0 ? -1 : transportAt - offset, now);
        needSlots(true);
        return true;
    }

    private void release() {
        outbound.sendWaiting(waiting.buffer(), waiting.offset(), waiting.length(), waiting.mark());
        waiting.remove();
    }

    /** Nothing needs to wait any more. */
    private void flush() {
        while (waiting != null && !waiting.isEmpty()) {
            release();
        }
    }

    /** The receiver cannot be sent anything. */
    void forgetWaiting() {
        if (waiting != null) {
            waiting.clear();
        }
    }

    // --- Slots ---

    /**
     * The next slot.
     *
     * @return whether more slots are needed
     */
    boolean slot(long now) {
        while (waiting != null && waiting.due(estimator.estimateBps(now), now)) {
            release();
        }
        int filled = 0;
        while (estimator.probeBytes(now) > 0) {
            if (!outbound.sendProbe(filled++, now)) {
                estimator.cannotProbe(now);
                break;
            }
            plane.counters().increment(Counter.PROBES_SENT);
        }
        slotted = estimator.isProbing() || (waiting != null && !waiting.isEmpty());
        return slotted;
    }
}
