package org.videowindow.bridge.colibri.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.colibri.Admission;
import org.videowindow.bridge.colibri.Admission.State;
import org.videowindow.bridge.conference.Conferences;

/**
 * Draining before maintenance: no new conferences; those that are there go on, the focus may move them. With a time
 * limit the program ends with its last conference, and at the latest then. Any thread.
 */
public final class DrainResource {
    private static final Logger log = LoggerFactory.getLogger(DrainResource.class);
    private static final long MOST_SECONDS = 7 * 86_400;

    /** Ends the program. */
    public interface Stop {
        /** Ends it with its last conference, and at the latest after a time. */
        void whenEmptyOrAfter(Duration limit);

        /** How long until it ends whatever goes on; {@code null} when nobody asked for an end. */
        Duration left();
    }

    private final Admission admission;
    private final Conferences conferences;
    private final Stop stop;

    public DrainResource(Admission admission, Conferences conferences, Stop stop) {
        this.admission = admission;
        this.conferences = conferences;
        this.stop = stop;
    }

    HttpAnswer get() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("draining", admission.state() != State.OPEN);
        body.put("conferences", conferences.list().size());
        Duration left = stop.left();
        if (left != null) {
            body.put("endsWithinSeconds", Math.max(0, left.toSeconds()));
        }
        return HttpAnswer.json(200, body);
    }

    /** @param limit seconds after which the program ends whatever goes on; {@code null} to drain without an end */
    HttpAnswer begin(String limit) {
        if (limit == null) {
            return set(true);
        }
        long seconds;
        try {
            seconds = Long.parseLong(limit);
        } catch (NumberFormatException e) {
            seconds = 0;
        }
        if (seconds < 1 || seconds > MOST_SECONDS) {
            return HttpAnswer.error(
                    400, "bad-request", "end-after is a number of seconds from 1 to " + MOST_SECONDS + ".");
        }
        log.info("Drained: no new conferences; the program ends with the last one, in {} s at the latest", seconds);
        stop.whenEmptyOrAfter(Duration.ofSeconds(seconds));
        return HttpAnswer.NOTHING;
    }

    HttpAnswer end() {
        if (stop.left() != null) {
            return HttpAnswer.error(409, "conflict", "The program is about to end; start it again when it has.");
        }
        return set(false);
    }

    private HttpAnswer set(boolean draining) {
        admission.drain(draining);
        log.info(draining ? "Drained: no new conferences" : "No longer drained: new conferences are welcome");
        return HttpAnswer.NOTHING;
    }
}
