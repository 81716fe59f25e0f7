package org.videowindow.bridge.stats;

import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.videowindow.bridge.allocation.Reason;
import org.videowindow.bridge.conference.Vitals;

/**
 * How receivers are served, for Prometheus. One question to the workers serves all metrics of a scrape: answers are kept
 * for some seconds. Any thread.
 */
final class ReceiverMetrics {
    private static final long FRESH_NANOS = 5_000_000_000L;
    private static final double[] SHARES = {0.05, 0.5, 0.95};

    private final Supplier<Vitals> source;
    private Vitals last;
    private long lastAt;

    private ReceiverMetrics(Supplier<Vitals> source) {
        this.source = source;
    }

    static void register(Metrics metrics, Supplier<Vitals> source) {
        ReceiverMetrics receivers = new ReceiverMetrics(source);
        for (double share : SHARES) {
            Tags tags = Tags.of("quantile", String.valueOf(share));
            receivers.gauge(metrics, "receivers.rtt.seconds", tags, "Round trip times.", of -> of.roundTrip(share));
            receivers.gauge(
                    metrics,
                    "receivers.estimate.bits.per.second",
                    tags,
                    "Bandwidth receivers are estimated to take.",
                    of -> of.estimate(share));
        }
        for (int height : Vitals.heights()) {
            receivers.gauge(
                    metrics,
                    "videos",
                    Tags.of("height", String.valueOf(height)),
                    "Videos by the height they are sent in, once per receiver; 0 is not sent.",
                    of -> of.videos(height));
        }
        for (Reason reason : Reason.values()) {
            receivers.gauge(
                    metrics,
                    "videos.decided",
                    Tags.of("reason", reason.name().toLowerCase(Locale.ROOT)),
                    "Videos by the reason why receivers get of them what they get, once per receiver.",
                    of -> of.videos(reason));
        }
    }

    private void gauge(Metrics metrics, String name, Tags tags, String description, ToDoubleFunction<Vitals> value) {
        metrics.gauge(name, tags, description, this, of -> value.applyAsDouble(of.vitals()));
    }

    private synchronized Vitals vitals() {
        long now = System.nanoTime();
        if (last == null || now - lastAt >= FRESH_NANOS) {
            last = source.get();
            lastAt = now;
        }
        return last;
    }
}
