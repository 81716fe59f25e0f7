package org.videowindow.loadtest.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.videowindow.loadtest.endpoint.LatencyHistogram;
import org.videowindow.loadtest.endpoint.Totals;

/**
 * What one load did to one server in one round.
 *
 * @param load key of the load
 * @param server name of the server
 * @param seconds measured
 * @param received by all receivers
 * @param delivery what came of what was offered
 * @param latency from a sender to a receiver in this process; a sample of all packets
 * @param cpuSeconds of the server's process; NaN where it is none of ours
 * @param residentBytes of the server's process at the end; 0 where it is none of ours
 * @param allocatedBytes on the server's media threads; -1 where unknown
 * @param droppedHere datagrams that this process was too slow to read: no fault of the server
 * @param replaced receivers that left and were followed by others
 * @param generatorCpuSeconds of this process
 * @param otherCpuSeconds of all others on the machine, whom the comparison suffers from
 */
public record Result(
        String load,
        String server,
        double seconds,
        Totals received,
        Delivery delivery,
        @JsonIgnore LatencyHistogram latency,
        double cpuSeconds,
        long residentBytes,
        long allocatedBytes,
        long droppedHere,
        int replaced,
        double generatorCpuSeconds,
        double otherCpuSeconds) {
    /** All RTP packets that reached receivers, repeats and probes too: each was the server's work. */
    public long forwarded() {
        return received.packets() + received.repeats();
    }

    public double packetsPerSecond() {
        return forwarded() / seconds;
    }

    /** Microseconds of CPU per forwarded packet. */
    public double cpuPerPacket() {
        return cpuSeconds * 1e6 / forwarded();
    }

    /** Share of packets that neither came nor were repaired, without those that this process did not read. */
    public double loss() {
        return (double) Math.max(0, received.lost() - droppedHere) / Math.max(1, received.expected());
    }

    public double allocatedPerPacket() {
        return allocatedBytes < 0 ? Double.NaN : (double) allocatedBytes / forwarded();
    }

    public double latencyMedian() {
        return latency.percentile(0.5);
    }

    public double latencyHigh() {
        return latency.percentile(0.99);
    }
}
