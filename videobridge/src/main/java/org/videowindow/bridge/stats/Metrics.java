package org.videowindow.bridge.stats;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.videowindow.bridge.conference.Bridge;
import org.videowindow.bridge.conference.Counter;

/**
 * Metrics for Prometheus. Names begin with {@code videobridge_}; counters of the packet path are read from the workers
 * when Prometheus asks, so that they cost a packet nothing. Any thread.
 */
public final class Metrics implements AutoCloseable {
    private static final String PREFIX = "videobridge.";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    /** Registers what the bridge itself measures. */
    public Metrics(Bridge bridge, LoadModel load, String version) {
        for (Counter counter : Counter.values()) {
            // Prometheus keeps names that end in "created" for itself.
            String name = counter.name().toLowerCase(Locale.ROOT).replace("_created", "_begun");
            if (counter.isDrop()) {
                counter(
                        "packets.dropped",
                        Tags.of("reason", name.substring("dropped_".length())),
                        "Packets thrown away, by reason.",
                        bridge,
                        b -> b.total(counter));
            } else {
                counter(name.replace('_', '.'), Tags.empty(), counter.description(), bridge, b -> b.total(counter));
            }
        }
        gauge(
                "conferences",
                "Conferences now.",
                bridge,
                b -> b.conferences().list().size());
        gauge("endpoints", "Endpoints now.", bridge, Bridge::endpoints);
        gauge("workers", "Media workers.", bridge, Bridge::workers);
        gauge("stress", "How full the bridge is: 0 idle, 1 full.", load, LoadModel::stress);
        gauge("healthy", "1 while every media worker turns.", bridge, b -> b.isHealthy() ? 1 : 0);
        for (int i = 0; i < bridge.workers(); i++) {
            int worker = i;
            Tags tags = Tags.of("worker", String.valueOf(i));
            counter(
                    "worker.busy.seconds",
                    tags,
                    "Seconds the loop of a worker did not wait.",
                    bridge,
                    b -> b.total(worker, Counter.WORKER_BUSY_NANOS) / 1e9);
            counter(
                    "worker.allocated.bytes",
                    tags,
                    "Garbage that a worker has made, in bytes.",
                    bridge,
                    b -> b.allocatedBytes(worker));
        }
        ReceiverMetrics.register(this, bridge::vitals);
        Gauge.builder(PREFIX + "build", () -> 1)
                .description("How packets are moved and protected.")
                .tags("version", version, "data_path", bridge.dataPath())
                .register(registry);
        garbage.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Registers a counter that is read when asked for. */
    public <T> void counter(String name, Tags tags, String description, T source, ToDoubleFunction<T> value) {
        FunctionCounter.builder(PREFIX + name, source, value)
                .tags(tags)
                .description(description)
                .register(registry);
    }

    /** Registers a value that is read when asked for. */
    public <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
        gauge(name, Tags.empty(), description, source, value);
    }

    /** The same with labels. */
    public <T> void gauge(String name, Tags tags, String description, T source, ToDoubleFunction<T> value) {
        Gauge.builder(PREFIX + name, source, value)
                .tags(tags)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Everything in the text format of Prometheus. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
