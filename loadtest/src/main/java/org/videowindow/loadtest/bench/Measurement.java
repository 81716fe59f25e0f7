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
     */
    public static Result of(
            Engine engine,
            LiveLoad live,
            Load load,
            MediaServer asked,
            String server,
            ServerProcess process,
            Duration window,
            Progress progress)
            throws IOException {
        long allocated = WorkerAllocation.bytes(asked);
        long drops = UdpDrops.of(engine.ports());
        LatencyHistogram ignored = engine.takeLatencies();
        assert ignored != null;
        double own = ownCpuSeconds();
        Totals before = engine.totals(live.participants());
        double cpu = process == null ? Double.NaN : process.cpuSeconds();
        double machine = MachineCpu.seconds();
        long start = System.nanoTime();
        pass(window, left -> progress.step(load.key() + ", " + server + ": measures, " + left + " s"));
        cpu = process == null ? Double.NaN : process.cpuSeconds() - cpu;
        double seconds = (System.nanoTime() - start) / 1e9;
        machine = MachineCpu.seconds() - machine;
        own = ownCpuSeconds() - own;
        Totals received = engine.totals(live.participants()).since(before);
        LatencyHistogram latency = engine.takeLatencies();
        return new Result(
                load.key(),
                server,
                seconds,
                received,
                latency,
                cpu,
                process == null ? 0 : process.residentBytes(),
                allocated < 0 ? -1 : WorkerAllocation.bytes(asked) - allocated,
                UdpDrops.of(engine.ports()) - drops,
                own,
                Math.max(0, machine - own - (process == null ? 0 : cpu)));
    }

    /** Told once a second. */
    @FunctionalInterface
    public interface Seconds {
        void left(long seconds);
    }

    /** Lets time pass. */
    public static void pass(Duration time, Seconds listener) {
        long end = System.nanoTime() + time.toNanos();
        long left = end - System.nanoTime();
        while (left > 0) {
            listener.left((left + 999_999_999L) / 1_000_000_000L);
            LockSupport.parkNanos(Math.min(left, 1_000_000_000L));
            left = end - System.nanoTime();
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
