package org.videowindow.bridge.stats;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.conference.Bridge;
import org.videowindow.bridge.conference.Conference;
import org.videowindow.bridge.conference.Counter;
import org.videowindow.bridge.config.LoadSettings;

/**
 * Measures the bridge every second on a thread of its own and says how it is, in the names Jitsi's focus knows. Only
 * values the bridge really has are told. Anybody may ask.
 */
public final class BridgeStatistics implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BridgeStatistics.class);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The virtual machine reads half a dozen files for it; what it says holds for the time since it was asked last. */
    private static final double CPU_SECONDS = 5;

    private final Bridge bridge;
    private final LoadModel load;
    private final Runnable whenMeasured;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("statistics").daemon(true).factory());

    private volatile Rates rates = Rates.NONE;
    // Of the measuring thread.
    private long measuredNanos = System.nanoTime();
    private long cpuAskedNanos = measuredNanos;
    private double cpuLoad = -1;
    private long packetsIn;
    private long packetsOut;
    private long bytesIn;
    private long bytesOut;

    /** @param whenMeasured called every second after the measurement, on its thread */
    public BridgeStatistics(Bridge bridge, LoadSettings settings, Runnable whenMeasured) {
        this.bridge = bridge;
        this.whenMeasured = whenMeasured;
        this.load = new LoadModel(settings, bridge.workers());
    }

    public void start() {
        ScheduledFuture<?> _ = timer.scheduleWithFixedDelay(this::measure, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    public LoadModel load() {
        return load;
    }

    /** Statistics by name; states of the process are for the caller to add. */
    public Map<String, Object> values() {
        Rates now = rates;
        int endpoints = bridge.endpoints();
        int conferences = 0;
        int largest = 0;
        int inactive = 0;
        for (Conference conference : bridge.conferences().list()) {
            int size = conference.endpointIds().size();
            conferences++;
            largest = Math.max(largest, size);
            inactive += size == 0 ? 1 : 0;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("stress_level", load.stress());
        values.put("cpu_usage", load.cpu());
        values.put("bit_rate_download", Math.round(now.bitsIn() / 1000));
        values.put("bit_rate_upload", Math.round(now.bitsOut() / 1000));
        values.put("packet_rate_download", Math.round(now.packetsIn()));
        values.put("packet_rate_upload", Math.round(now.packetsOut()));
        values.put("conferences", conferences);
        values.put("inactive_conferences", inactive);
        values.put("largest_conference", largest);
        values.put("endpoints", endpoints);
        values.put("local_endpoints", endpoints);
        values.put("participants", endpoints);
        values.put("octo_conferences", 0);
        values.put("octo_endpoints", 0);
        values.put("average_participant_stress", 0.01);
        values.put("total_conferences_created", bridge.total(Counter.CONFERENCES_CREATED));
        values.put("total_conferences_completed", bridge.total(Counter.CONFERENCES_EXPIRED));
        values.put("total_participants", bridge.total(Counter.ENDPOINTS_CREATED));
        values.put("total_packets_received", bridge.total(Counter.PACKETS_RECEIVED));
        values.put("total_packets_sent", bridge.total(Counter.PACKETS_SENT));
        values.put("total_bytes_received", bridge.total(Counter.BYTES_RECEIVED));
        values.put("total_bytes_sent", bridge.total(Counter.BYTES_SENT));
        values.put("total_ice_succeeded", bridge.total(Counter.ICE_CONNECTED));
        values.put("dtls_failed_endpoints", bridge.total(Counter.DTLS_FAILED));
        values.put("total_dominant_speaker_changes", bridge.total(Counter.SPEAKER_CHANGES));
        values.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        values.put("current_timestamp", TIMESTAMP.format(Instant.now()));
        return values;
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private void measure() {
        try {
            long now = System.nanoTime();
            double seconds = seconds(now - measuredNanos);
            long in = bridge.total(Counter.PACKETS_RECEIVED);
            long out = bridge.total(Counter.PACKETS_SENT);
            long inBytes = bridge.total(Counter.BYTES_RECEIVED);
            long outBytes = bridge.total(Counter.BYTES_SENT);
            if (seconds(now - cpuAskedNanos) >= CPU_SECONDS) {
                cpuAskedNanos = now;
                cpuLoad = system.getCpuLoad();
            }
            load.measured(cpuLoad, in - packetsIn + out - packetsOut, seconds);
            rates = new Rates(
                    (in - packetsIn) / seconds,
                    (out - packetsOut) / seconds,
                    (inBytes - bytesIn) * 8 / seconds,
                    (outBytes - bytesOut) * 8 / seconds);
            measuredNanos = now;
            packetsIn = in;
            packetsOut = out;
            bytesIn = inBytes;
            bytesOut = outBytes;
            whenMeasured.run();
        } catch (RuntimeException e) {
            log.error("The load could not be measured", e);
        }
    }
}
