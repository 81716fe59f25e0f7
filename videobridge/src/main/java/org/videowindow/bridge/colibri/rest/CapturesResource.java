package org.videowindow.bridge.colibri.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.videowindow.bridge.capture.Captures;
import org.videowindow.bridge.conference.Conference;
import org.videowindow.bridge.conference.ConferenceException;
import org.videowindow.bridge.conference.ConferenceException.Reason;
import org.videowindow.bridge.conference.Conferences;
import org.videowindow.bridge.json.StrictJson;

/** Packet captures of single endpoints, for administrators. Any thread. */
public final class CapturesResource {
    private static final int LONGEST = 4_096;
    private static final long DEFAULT_SECONDS = 60;
    private static final long MOST_SECONDS = 86_400;

    private final Conferences conferences;
    private final Captures captures;
    private final StrictJson json = new StrictJson(LONGEST);
    private final JsonMapper mapper = new JsonMapper();

    public CapturesResource(Conferences conferences, Captures captures) {
        this.conferences = conferences;
        this.captures = captures;
    }

    /** Those that run. */
    HttpAnswer list() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("captures", mapper.valueToTree(captures.list()));
        return HttpAnswer.json(200, body.put("allowed", captures.areAllowed()));
    }

    /** Begins one: {@code {"meeting-id": .., "endpoint": .., "payload": false, "seconds": 60}}. */
    HttpAnswer begin(String body) {
        Optional<ObjectNode> request = json.object(body);
        JsonNode nothing = JsonNodeFactory.instance.missingNode();
        JsonNode meeting = request.<JsonNode>map(one -> one.path("meeting-id")).orElse(nothing);
        JsonNode endpoint = request.<JsonNode>map(one -> one.path("endpoint")).orElse(nothing);
        if (!meeting.isTextual() || !endpoint.isTextual()) {
            return HttpAnswer.error(400, "bad-request", "The body must name a meeting-id and an endpoint.");
        }
        JsonNode payload = request.get().path("payload");
        JsonNode seconds = request.get().path("seconds");
        if (!(payload.isMissingNode() || payload.isBoolean())
                || !(seconds.isMissingNode() || seconds.canConvertToLong())
                || seconds.asLong(DEFAULT_SECONDS) < 1
                || seconds.asLong(DEFAULT_SECONDS) > MOST_SECONDS) {
            return HttpAnswer.error(
                    400, "bad-request", "payload is true or false, seconds a number from 1 to " + MOST_SECONDS + ".");
        }
        Optional<Conference> conference = conferences.find(meeting.textValue());
        if (conference.isEmpty()) {
            return HttpAnswer.error(404, "item-not-found", "There is no conference for this meeting.");
        }
        try {
            return HttpAnswer.json(
                    201,
                    mapper.valueToTree(captures.begin(
                            conference.get(),
                            endpoint.textValue(),
                            payload.asBoolean(false),
                            Duration.ofSeconds(seconds.asLong(DEFAULT_SECONDS)))));
        } catch (Captures.Refused e) {
            return HttpAnswer.error(409, "refused", e.getMessage());
        } catch (ConferenceException e) {
            return e.reason() == Reason.UNKNOWN
                    ? HttpAnswer.error(404, "item-not-found", "There is no such endpoint in the conference.")
                    : HttpAnswer.error(503, "resource-constraint", e.getMessage());
        }
    }

    /** Ends one; the answer tells where its file is. */
    HttpAnswer end(String id) {
        return captures.end(id)
                .map(view -> HttpAnswer.json(200, mapper.valueToTree(view)))
                .orElseGet(() -> HttpAnswer.error(404, "item-not-found", "No such capture runs."));
    }
}
