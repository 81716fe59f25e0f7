package org.videowindow.bridge.bandwidth;

/**
 * The rate the delays allow: additive or multiplicative increase, multiplicative decrease
 * (draft-ietf-rmcat-gcc-02 section 5.5). A receiver that is sent less than the estimate neither raises it, for want of
 * evidence, nor lowers it at once to what it happens to be sent.
 */
final class DelayBasedRate {
    /** Part of what arrives that is sent after overuse: lower empties the queue sooner, higher loses less. */
    private static final double DECREASE = 0.85;

    private static final double INCREASE_PER_SECOND = 1.08;

    /** The estimate grows to this part of what arrives, and no further: probes look for more. */
    private static final double HEADROOM = 1.2;

    private static final double HEADROOM_BITS = 10_000;

    /** Where the link is known to end, only what arrives nearly as fast is evidence of more. */
    private static final double KNOWN_HEADROOM = 1.05;

    /** After a decrease it returns to where the link was known to end, if so much of it arrives. */
    private static final double RETURN_HEADROOM = 1.8;

    private static final double USABLE = 0.97;

    private static final double PACKET_BITS = 9_600;
    private static final double LEAST_STEP_PER_SECOND = 4_000;
    private static final double RESPONSE_SECONDS = 0.1;
    private static final long LONGEST_STEP_NANOS = 1_000_000_000L;
    private static final long SHORTEST_HOLD_NANOS = 50_000_000L;
    private static final long LONGEST_HOLD_NANOS = 200_000_000L;

    /** While little is sent, a queue that grows for a shorter time is somebody else's or a large frame's. */
    private static final long LIMITED_OVERUSE_NANOS = 250_000_000L;

    /** Less of what is sent arrives while a queue grows: then it is what the link carries, however little was sent. */
    private static final double FALLS_BEHIND = 0.85;

    private final LinkCapacity capacity = new LinkCapacity();
    private double rate;
    private boolean increasing;
    private long increasedAt;
    private boolean over;
    private long overSince;
    private boolean decreased;
    private long decreasedAt;

    DelayBasedRate(double bitsPerSecond) {
        rate = bitsPerSecond;
    }

    double bitsPerSecond() {
        return rate;
    }

    /**
     * Follows what the delays say.
     *
     * @param arriving bit/s that arrive, or {@link AcknowledgedRate#UNKNOWN}
     * @param behindQueue the same as it is believed while a queue stands
     * @param limited whether less is sent than the estimate would allow
     * @param sent bit/s that are sent
     * @param newest when the newest packet left of which it is known that it arrived
     */
    void update(
            DelayTrend.Usage usage,
            double arriving,
            double behindQueue,
            boolean limited,
            double sent,
            long roundTripNanos,
            long newest,
            long now) {
        if (usage != DelayTrend.Usage.OVER) {
            over = false;
        } else if (!over) {
            over = true;
            overSince = now;
        }
        switch (usage) {
            case UNDER -> increasing = false;
            case OVER -> {
                increasing = false;
                overused(behindQueue, limited, sent, roundTripNanos, newest, now);
            }
            case NORMAL -> {
                if (!increasing) {
                    increasing = true;
                    increasedAt = now;
                } else if (arriving >= 0) {
                    increase(arriving, roundTripNanos, now);
                }
            }
        }
    }

    private void increase(double arriving, long roundTripNanos, long now) {
        double seconds = Math.min(now - increasedAt, LONGEST_STEP_NANOS) / 1e9;
        increasedAt = now;
        if (capacity.isBelow(arriving)) {
            capacity.forget();
        }
        double more = capacity.isKnown()
                ? Math.max(LEAST_STEP_PER_SECOND, PACKET_BITS / (roundTripNanos / 1e9 + RESPONSE_SECONDS)) * seconds
                : Math.max(1_000 * seconds, rate * (Math.pow(INCREASE_PER_SECOND, seconds) - 1));
        double most = ceiling(arriving);
        if (rate < most) {
            rate = Math.min(rate + more, most);
        }
    }

    /** As far as there is evidence: what arrives, and up to where the link ended the last times. */
    private double ceiling(double arriving) {
        if (!capacity.isKnown()) {
            return arriving * HEADROOM + HEADROOM_BITS;
        }
        return Math.max(
                arriving * KNOWN_HEADROOM + HEADROOM_BITS,
                Math.min(arriving * RETURN_HEADROOM, capacity.bitsPerSecond() * USABLE));
    }

    private void overused(double arriving, boolean limited, double sent, long roundTripNanos, long newest, long now) {
        if (decreased && newest - decreasedAt < 0 && arriving >= rate / 2) {
            // The queue is what it was before the rate was lowered, and less arrives because less is sent.
            return;
        }
        if (arriving < 0) {
            if (mayDecrease(roundTripNanos, now)) {
                lower(rate / 2, now);
            }
            return;
        }
        if (!mayDecrease(roundTripNanos, now) && (limited || arriving >= rate / 2)) {
            return;
        }
        double target = DECREASE * arriving;
        if (limited && now - overSince < LIMITED_OVERUSE_NANOS) {
            return;
        }
        if (limited && arriving > FALLS_BEHIND * sent) {
            // What arrives is what was sent, not what the link carries.
            lower(Math.max(target, DECREASE * rate), now);
            return;
        }
        if (target > rate && capacity.isKnown()) {
            target = DECREASE * capacity.bitsPerSecond();
        }
        if (capacity.isAbove(arriving)) {
            capacity.forget();
        }
        capacity.overused(arriving);
        lower(target, now);
    }

    private boolean mayDecrease(long roundTripNanos, long now) {
        long hold = Math.max(SHORTEST_HOLD_NANOS, Math.min(LONGEST_HOLD_NANOS, roundTripNanos));
        return !decreased || now - decreasedAt >= hold;
    }

    private void lower(double target, long now) {
        rate = Math.min(rate, target);
        decreased = true;
        decreasedAt = now;
    }

    /** Whether it was lowered because of delays within this time. */
    boolean loweredWithin(long nanos, long now) {
        return decreased && now - decreasedAt < nanos;
    }

    /** A probe measured this; {@code full} when the link carried no more. */
    void probed(double bitsPerSecond, boolean full) {
        rate = bitsPerSecond;
        if (full) {
            capacity.probed(bitsPerSecond);
        } else if (capacity.isBelow(bitsPerSecond)) {
            capacity.forget();
        }
    }

    /** Set for another reason than delays. */
    void set(double bitsPerSecond) {
        rate = bitsPerSecond;
    }

    /** Nothing is known any more of where the link ends. */
    void restart(double bitsPerSecond) {
        rate = bitsPerSecond;
        capacity.forget();
        increasing = false;
        over = false;
        decreased = false;
    }
}
