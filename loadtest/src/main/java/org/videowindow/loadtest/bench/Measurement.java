package org.videowindow.loadtest.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.LatencyHistogram;
import org.videowindow.loadtest.endpoint.Totals;
import org.videowindow.loadtest.sfu.MediaServer;
import org.videowindow.loadtest.sfu.ServerProcess;

/** Measures a running load over a window. */
public final class Measurement {
    private static final long SECOND = 1_000_000_000L;

    private Measurement() {}

    /** Asks a server what {@link #of} will ask, before the warm-up: its first answer costs it more than all others. */
    public static void prepare(MediaServer asked) throws IOException {
        long ignored = WorkerAllocation.bytes(asked);
        assert ignored >= -1;
    }

    /**
     * Waits for the window and tells what happened in it.
     *
     * @param server what it is called
     * @param process the server's, or {@code null} where it is none of ours
     * @param churn receivers that leave and are replaced every second
     */
    public static Result of(
            Engine engine,
            LiveLoad live,
            Load load,
            MediaServer asked,
            String server,
            ServerProcess process,
            Duration window,
            int churn,
            Progress progress)
            throws IOException {
        long allocated = WorkerAllocation.bytes(asked);
        long drops = UdpDrops.of(engine.ports());
        LatencyHistogram ignored = engine.takeLatencies();
        assert ignored != null;
        double own = ownCpuSeconds();
        Totals before = engine.totals(live.participants());
        Delivery deliveredBefore = live.delivery();
        double cpu = process == null ? Double.NaN : process.cpuSeconds();
        double machine = MachineCpu.seconds();
        long start = System.nanoTime();
        int gone = live.left();
        pass(window, left -> {
            progress.step(load.key() + ", " + server + ": measures, " + left + " s");
            live.replace(churn);
        });
        cpu = process == null ? Double.NaN : process.cpuSeconds() - cpu;
        double seconds = (System.nanoTime() - start) / 1e9;
        machine = MachineCpu.seconds() - machine;
        own = ownCpuSeconds() - own;
        Totals received = engine.totals(live.participants()).since(before);
        Delivery delivery = live.delivery().since(deliveredBefore);
        LatencyHistogram latency = engine.takeLatencies();
        return new Result(
                load.key(),
                server,
                seconds,
                received,
                delivery,
                latency,
                cpu,
                process == null ? 0 : process.residentBytes(),
                allocated < 0 ? -1 : WorkerAllocation.bytes(asked) - allocated,
                UdpDrops.of(engine.ports()) - drops,
                live.left() - gone,
                own,
                Math.max(0, machine - own - (process == null ? 0 : cpu)));
    }

    /** Told once a second. */
    @FunctionalInterface
    public interface Seconds {
        void left(long seconds) throws IOException;
    }

    /** Lets time pass; who listens is told at every second of it, and late where it takes longer itself. */
    public static void pass(Duration time, Seconds listener) throws IOException {
        long start = System.nanoTime();
        long left = time.toNanos();
        for (long next = SECOND; left > 0; next += SECOND) {
            listener.left((left + SECOND - 1) / SECOND);
            long until = Math.min(next, time.toNanos());
            for (long nap = until - (System.nanoTime() - start); nap > 0; nap = until - (System.nanoTime() - start)) {
                LockSupport.parkNanos(nap);
            }
            left = time.toNanos() - (System.nanoTime() - start);
        }
    }

    private static double ownCpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(cpu -> cpu.toNanos() / 1e9)
                .orElse(Double.NaN);
    }
}
