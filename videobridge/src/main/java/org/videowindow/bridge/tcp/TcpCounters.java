package org.videowindow.bridge.tcp;

import java.util.concurrent.atomic.LongAdder;

/** What happened on connections. Any thread. */
public final class TcpCounters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unproven = new LongAdder();
    private final LongAdder broken = new LongAdder();
    private final LongAdder notTaken = new LongAdder();
    private final LongAdder notSent = new LongAdder();

    TcpCounters() {}

    LongAdder forAccepted() {
        return accepted;
    }

    LongAdder forRefused() {
        return refused;
    }

    LongAdder forUnproven() {
        return unproven;
    }

    LongAdder forBroken() {
        return broken;
    }

    LongAdder forNotTaken() {
        return notTaken;
    }

    LongAdder forNotSent() {
        return notSent;
    }

    /** Connections taken. */
    public long accepted() {
        return accepted.sum();
    }

    /** Connections closed at once, because there were too many. */
    public long refused() {
        return refused.sum();
    }

    /** Connections closed because no endpoint proved to be behind them in time. */
    public long unproven() {
        return unproven.sum();
    }

    /** Connections closed because what came is not ICE over TCP. */
    public long broken() {
        return broken.sum();
    }

    /** Packets beyond a worker's queue. */
    public long notTaken() {
        return notTaken.sum();
    }

    /** Packets not sent because the client reads too slowly or is gone. */
    public long notSent() {
        return notSent.sum();
    }
}
