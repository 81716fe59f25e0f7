package org.videowindow.shard.health;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counters and gauges in Prometheus' text format. Any thread may count. Label values come from our own code, never from
 * a stanza, so the set of series is bounded.
 */
public final class Metrics {
    private static final String PREFIX = "videowindow_shard_";

    private final Map<String, LongAdder> counters = new ConcurrentSkipListMap<>();
    private final Map<String, LongSupplier> gauges = new ConcurrentSkipListMap<>();

    /**
     * Counts one event.
     *
     * @param name metric without prefix and {@code _total}
     * @param reason value of the label {@code reason}
     */
    public void count(String name, String reason) {
        counters.computeIfAbsent(name + "_total{reason=\"" + reason + "\"}", key -> new LongAdder())
                .increment();
    }

    /** Adds a value read at each scrape. */
    public void gauge(String name, LongSupplier value) {
        gauges.put(name, value);
    }

    /** Current value of a counter, for tests and health. */
    public long value(String name, String reason) {
        LongAdder counter = counters.get(name + "_total{reason=\"" + reason + "\"}");
        return counter == null ? 0 : counter.sum();
    }

    /** Everything as text, format version 0.0.4. */
    public String render() {
        StringBuilder text = new StringBuilder();
        String family = "";
        for (var entry : counters.entrySet()) {
            String name = entry.getKey().substring(0, entry.getKey().indexOf('{'));
            if (!name.equals(family)) {
                text.append("# TYPE ").append(PREFIX).append(name).append(" counter\n");
                family = name;
            }
            text.append(PREFIX)
                    .append(entry.getKey())
                    .append(' ')
                    .append(entry.getValue().sum())
                    .append('\n');
        }
        for (var entry : gauges.entrySet()) {
            text.append("# TYPE ").append(PREFIX).append(entry.getKey()).append(" gauge\n");
            text.append(PREFIX)
                    .append(entry.getKey())
                    .append(' ')
                    .append(entry.getValue().getAsLong())
                    .append('\n');
        }
        return text.toString();
    }
}
