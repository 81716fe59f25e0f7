package org.videowindow.bridge.conference;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counters of one worker: written by its thread alone, read by any, so that counting costs a plain addition. */
@SuppressWarnings("EnumOrdinal") // an index that never leaves the process
final class WorkerCounters {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] cells = new long[Counter.values().length];

    void increment(Counter counter) {
        add(counter, 1);
    }

    void add(Counter counter, long amount) {
        int at = counter.ordinal();
        CELL.setOpaque(cells, at, cells[at] + amount);
    }

    /** Takes over a total that is kept elsewhere. */
    void set(Counter counter, long total) {
        CELL.setOpaque(cells, counter.ordinal(), total);
    }

    /** Any thread. */
    long get(Counter counter) {
        return (long) CELL.getOpaque(cells, counter.ordinal());
    }
}
