package org.videowindow.bridge.bandwidth;

/**
 * Puts packets that were sent within {@link #BURST_MILLIS} into groups (draft-ietf-rmcat-gcc-02 section 5.2), and answers
 * how the time between two groups changed on the way (section 5.3). Packets that a radio link held and delivered together
 * join the group before them.
 */
final class PacketGroups {
    private static final double BURST_MILLIS = 5;
    private static final double LONGEST_BURST_MILLIS = 100;

    /** More than this is a jump of the receiver's clock, or a suspended machine. */
    private static final double CLOCK_JUMP_MILLIS = 3000;

    private static final int REORDERED_IN_A_ROW = 3;

    private boolean current;
    private double firstSent;
    private double lastSent;
    private double firstArrival;
    private double lastArrival;

    private boolean previous;
    private double previousSent;
    private double previousArrival;

    private double sendDelta;
    private double arrivalDelta;
    private int reordered;

    /**
     * Adds a packet, in the order of sending.
     *
     * @return whether a group ended with it; then {@link #sendDelta} and {@link #arrivalDelta} tell of the two before
     */
    boolean add(double sentMillis, double arrivalMillis) {
        if (!current) {
            begin(sentMillis, arrivalMillis);
            return false;
        }
        if (sentMillis < firstSent) {
            return false;
        }
        if (belongs(sentMillis, arrivalMillis)) {
            lastSent = Math.max(lastSent, sentMillis);
            lastArrival = Math.max(lastArrival, arrivalMillis);
            return false;
        }
        boolean told = previous && compare();
        if (current) {
            previous = true;
            previousSent = lastSent;
            previousArrival = lastArrival;
        }
        begin(sentMillis, arrivalMillis);
        return told;
    }

    private boolean belongs(double sentMillis, double arrivalMillis) {
        double sentLater = sentMillis - lastSent;
        double arrivedLater = arrivalMillis - lastArrival;
        if (sentMillis - firstSent <= BURST_MILLIS) {
            return true;
        }
        return arrivedLater < sentLater
                && arrivedLater <= BURST_MILLIS
                && arrivalMillis - firstArrival < LONGEST_BURST_MILLIS;
    }

    private boolean compare() {
        sendDelta = lastSent - previousSent;
        arrivalDelta = lastArrival - previousArrival;
        if (Math.abs(arrivalDelta - sendDelta) > CLOCK_JUMP_MILLIS) {
            restart();
            return false;
        }
        if (arrivalDelta < 0) {
            if (++reordered >= REORDERED_IN_A_ROW) {
                restart();
            }
            return false;
        }
        reordered = 0;
        return true;
    }

    private void begin(double sentMillis, double arrivalMillis) {
        current = true;
        firstSent = sentMillis;
        lastSent = sentMillis;
        firstArrival = arrivalMillis;
        lastArrival = arrivalMillis;
    }

    /** Milliseconds between the ends of the two groups when they were sent. */
    double sendDelta() {
        return sendDelta;
    }

    /** Milliseconds between the ends of the two groups when they arrived. */
    double arrivalDelta() {
        return arrivalDelta;
    }

    /** Forgets the groups: the next packet begins anew. */
    void restart() {
        current = false;
        previous = false;
        reordered = 0;
    }
}
