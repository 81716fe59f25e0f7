package org.videowindow.bridge.colibri.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.videowindow.bridge.stats.Health;
import org.videowindow.bridge.stats.Metrics;

/** Health, version and metrics. Any thread. */
public final class AboutResource {
    private final Health health;
    private final Metrics metrics;
    private final String version;

    public AboutResource(Health health, Metrics metrics, String version) {
        this.health = health;
        this.metrics = metrics;
        this.version = version;
    }

    /**
     * 200 when the bridge works, else 503 with the reason. A drained bridge works, and says {@code draining}: the calls on
     * it must not be taken for lost.
     */
    HttpAnswer health() {
        String complaint = health.complaint();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (complaint.isEmpty()) {
            return HttpAnswer.json(200, body.put("status", health.isDraining() ? "draining" : "healthy"));
        }
        return HttpAnswer.json(503, body.put("status", "unhealthy").put("reason", complaint));
    }

    HttpAnswer version() {
        return HttpAnswer.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", "Video Window videobridge")
                        .put("version", version));
    }

    HttpAnswer metrics() {
        return new HttpAnswer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }
}
