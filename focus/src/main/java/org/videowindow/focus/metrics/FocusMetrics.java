package org.videowindow.focus.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.videowindow.focus.colibri.ColibriFailure;
import org.videowindow.focus.jingle.JingleRequest;
import org.videowindow.focus.source.SourceViolation;

/**
 * What the focus counts. The names of all meters are here; labels take only values from our own code, so that nobody
 * remote can make new ones. Any thread.
 */
public final class FocusMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final AtomicInteger participants = registry.gauge("focus.participants", new AtomicInteger());
    private final Timer allocations = Timer.builder("focus.colibri.allocation")
            .description("Time until a bridge has made an endpoint")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(15))
            .register(registry);

    /** Counts from zero. */
    public FocusMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        garbage.bindTo(registry);
    }

    /** Shows a number that somebody else keeps. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** The text for Prometheus. */
    public String scrape() {
        return registry.scrape();
    }

    /** A room was opened. */
    public void conferenceCreated() {
        count("focus.conferences.opened");
    }

    /** Somebody asked for a room: {@code ready}, {@code failed} or {@code malformed}. */
    public void conferenceRequest(String outcome) {
        count("focus.conference.requests", "outcome", outcome);
    }

    /** A conference had to leave its bridge. */
    public void conferenceMoved() {
        count("focus.conferences.moved");
    }

    /** Somebody came. */
    public void participantJoined() {
        participants.incrementAndGet();
        count("focus.participants.joined");
    }

    /** Somebody went. */
    public void participantLeft() {
        participants.decrementAndGet();
    }

    /** The room is over its limit. */
    public void occupantNotAdmitted() {
        count("focus.occupants.not.admitted");
    }

    /** A bridge made an endpoint, in so many nanoseconds. */
    public void allocated(long nanos) {
        allocations.record(Duration.ofNanos(nanos));
    }

    /** A request to a bridge failed. */
    public void colibriFailed(ColibriFailure.Kind kind) {
        count("focus.colibri.failures", "kind", word(kind));
    }

    /** An offer went out. */
    public void offered() {
        count("focus.sessions.offered");
    }

    /** An offer was accepted. */
    public void accepted() {
        count("focus.sessions.accepted");
    }

    /** An offer was not accepted. */
    public void offerFailed() {
        count("focus.sessions.failed");
    }

    /** A participant asked to be invited again. */
    public void restart(boolean granted) {
        count("focus.sessions.restarts", "outcome", granted ? "granted" : "refused");
    }

    /** A participant asked for an ICE restart. */
    public void iceRestart(boolean granted) {
        count("focus.sessions.ice.restarts", "outcome", granted ? "granted" : "refused");
    }

    /** A Jingle request was refused. */
    public void jingleRefused(JingleRequest.Action action, String condition) {
        registry.counter("focus.jingle.refused", "action", word(action), "condition", condition)
                .increment();
    }

    /** Sources were refused. */
    public void sourcesRefused(SourceViolation.Reason reason) {
        count("focus.sources.refused", "reason", word(reason));
    }

    /** A participant did not take what it was told of others. */
    public void announcementRefused() {
        count("focus.announcements.failed");
    }

    /** Somebody who is not in the room asked something of its conference. */
    public void strangerRefused() {
        count("focus.strangers.refused");
    }

    /** A stanza was dropped for one of our own reasons. */
    public void stanzaDropped(String reason) {
        count("focus.stanzas.dropped", "reason", reason);
    }

    /** The focus signed in again. */
    public void reconnected() {
        count("focus.link.reconnects");
    }

    /** The count of a meter, for tests and diagnosis. */
    public double value(String name, String... labels) {
        Counter counter = registry.find(name).tags(labels).counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }

    private void count(String name, String... labels) {
        registry.counter(name, labels).increment();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
