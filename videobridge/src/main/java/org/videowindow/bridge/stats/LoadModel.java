package org.videowindow.bridge.stats;

import org.videowindow.bridge.config.LoadSettings;

/**
 * How full the bridge is.
 *
 * <pre>
 *   stress = max( cpu / cpuLimit , packetsPerSecond / (packetsPerWorker x workers) )
 * </pre>
 *
 * Both inputs are smoothed exponentially with a time constant of ten seconds: a join storm or a garbage collection
 * shall not chase the focus away, a minute of load shall. CPU is that of the whole machine, because media suffers from
 * other programs as well. 1.0 means full; the value goes on rising beyond it so that the focus can tell bad from worse.
 * Fed by one thread; anybody may read.
 */
public final class LoadModel {
    private static final double TIME_CONSTANT_SECONDS = 10;

    private final LoadSettings settings;
    private final int workers;
    private volatile Smoothed smoothed = new Smoothed(0, 0);

    public LoadModel(LoadSettings settings, int workers) {
        this.settings = settings;
        this.workers = workers;
    }

    /**
     * Takes a measurement.
     *
     * @param cpuLoad share of all cores that was busy, 0 to 1; negative when unknown
     * @param packets packets received and sent since the last measurement
     * @param seconds since the last measurement
     */
    void measured(double cpuLoad, long packets, double seconds) {
        if (seconds <= 0) {
            return;
        }
        double weight = 1 - Math.exp(-seconds / TIME_CONSTANT_SECONDS);
        Smoothed before = smoothed;
        double cpu = cpuLoad < 0 ? before.cpu : before.cpu + weight * (cpuLoad - before.cpu);
        smoothed = new Smoothed(cpu, before.packetsPerSecond + weight * (packets / seconds - before.packetsPerSecond));
    }

    /** 0 for idle, 1 for full, more for overloaded. */
    public double stress() {
        Smoothed now = smoothed;
        return Math.max(
                now.cpu / settings.cpuLimit(), now.packetsPerSecond / ((double) settings.packetsPerWorker() * workers));
    }

    /** Smoothed CPU load of the machine, 0 to 1. */
    public double cpu() {
        return smoothed.cpu;
    }

    private record Smoothed(double cpu, double packetsPerSecond) {}
}
