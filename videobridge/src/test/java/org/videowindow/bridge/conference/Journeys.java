package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.List;

/** How long the packets of a stream were on their way, and how many of them others overtook. */
final class Journeys {
    private final List<Long> nanos = new ArrayList<>();
    private long newest = Long.MIN_VALUE;
    private int overtaken;

    /** A packet has arrived, with a number that does not wrap. */
    void ended(long number, long took) {
        nanos.add(took);
        overtaken += number < newest ? 1 : 0;
        newest = Math.max(newest, number);
    }

    /** From now on only. */
    void forget() {
        nanos.clear();
        overtaken = 0;
    }

    int count() {
        return nanos.size();
    }

    /** Packets that arrived after one with a larger number. */
    int overtaken() {
        return overtaken;
    }

    long shortestMillis() {
        return nanos.stream().mapToLong(took -> took).min().orElse(-1) / CallLab.MILLI;
    }

    long longestMillis() {
        return nanos.stream().mapToLong(took -> took).max().orElse(-1) / CallLab.MILLI;
    }

    /** Part of the packets that took longer than that. */
    double slowerThanMillis(long millis) {
        return nanos.stream().filter(took -> took > millis * CallLab.MILLI).count() / (double) Math.max(1, count());
    }
}
