package org.videowindow.bridge.network;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from event to event, in nanoseconds. Events of one moment happen in the order they were planned. */
public final class VirtualTime {
    /** A millisecond. */
    public static final long MILLI = 1_000_000L;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now;
    private long planned;

    private record Event(long at, long order, Runnable what) {}

    /** @param start nanoseconds */
    public VirtualTime(long start) {
        now = start;
    }

    public long now() {
        return now;
    }

    /** Plans something. */
    public void at(long time, Runnable what) {
        events.add(new Event(Math.max(now, time), planned++, what));
    }

    /** Does something again and again, first after the interval. */
    public void every(long interval, Runnable what) {
        at(now + interval, () -> {
            what.run();
            every(interval, what);
        });
    }

    /** Lets time pass. */
    public void runMillis(long millis) {
        runUntil(now + millis * MILLI);
    }

    /** Lets time pass until then. */
    public void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.poll();
            now = event.at();
            event.what().run();
        }
        now = end;
    }
}
