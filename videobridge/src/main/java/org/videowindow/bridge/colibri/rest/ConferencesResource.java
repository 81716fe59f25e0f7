package org.videowindow.bridge.colibri.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Endpoint;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Error;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifiedIQ;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.colibri2.Transport;
import org.jitsi.xmpp.extensions.colibri2.json.Colibri2JSONDeserializer;
import org.jitsi.xmpp.extensions.colibri2.json.Colibri2JSONSerializer;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.videowindow.bridge.colibri.Colibri2Handler;
import org.videowindow.bridge.conference.Conference;
import org.videowindow.bridge.conference.ConferenceException;
import org.videowindow.bridge.conference.Conferences;
import org.videowindow.bridge.json.StrictJson;

/** COLIBRI2 in Jitsi's JSON form, and the state of conferences for diagnosis. Any thread. */
public final class ConferencesResource {
    /** Longest request: a meeting of hundreds may be set up in one. */
    static final int LONGEST = 1 << 20;

    private final Conferences conferences;
    private final Colibri2Handler handler;
    private final StrictJson json = new StrictJson(LONGEST);
    private final JsonMapper mapper = new JsonMapper();

    public ConferencesResource(Conferences conferences, Colibri2Handler handler) {
        this.conferences = conferences;
        this.handler = handler;
    }

    /** Creates a conference. */
    HttpAnswer post(String body) {
        Optional<ObjectNode> request = json.object(body);
        if (request.isEmpty()) {
            return notJson();
        }
        JsonNode create = request.get().get("create");
        if (create != null && !create.asBoolean(false)) {
            return HttpAnswer.error(400, "bad-request", "A conference that is not to be created is changed by PATCH.");
        }
        return handle(request.get().put("create", true));
    }

    /** Changes a conference. */
    HttpAnswer patch(String meetingId, String body) {
        Optional<ObjectNode> request = json.object(body);
        if (request.isEmpty()) {
            return notJson();
        }
        JsonNode named = request.get().get("meeting-id");
        if (named != null && !meetingId.equals(named.textValue())) {
            return HttpAnswer.error(400, "bad-request", "Path and body name different meetings.");
        }
        return handle(request.get().put("meeting-id", meetingId));
    }

    /** All conferences in short. */
    HttpAnswer list() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Conference conference : conferences.list()) {
            list.addObject()
                    .put("id", conference.id())
                    .put("meeting-id", conference.meetingId())
                    .put("name", conference.name())
                    .put("endpoints", conference.endpointIds().size());
        }
        return HttpAnswer.json(200, list);
    }

    /** One conference with everything that is known of it. */
    HttpAnswer get(String meetingId) {
        Optional<Conference> conference = conferences.find(meetingId);
        if (conference.isPresent()) {
            try {
                return HttpAnswer.json(200, mapper.valueToTree(conference.get().snapshot()));
            } catch (ConferenceException e) {
                return HttpAnswer.error(503, "resource-constraint", e.getMessage());
            }
        }
        return HttpAnswer.error(404, "item-not-found", "There is no conference for this meeting.");
    }

    private HttpAnswer handle(ObjectNode request) {
        ConferenceModifyIQ modify;
        try {
            checkTransports(request);
            modify = Colibri2JSONDeserializer.deserializeConferenceModify(request)
                    .ofType(IQ.Type.set)
                    .build();
            readIceRestarts(request, modify);
        } catch (RuntimeException e) {
            return HttpAnswer.error(400, "bad-request", "The body is not a COLIBRI2 request: " + e.getMessage());
        }
        IQ answer = handler.handle(modify);
        return answer instanceof ConferenceModifiedIQ modified
                ? HttpAnswer.json(200, Colibri2JSONSerializer.serializeConferenceModified(modified))
                : error(answer.getError());
    }

    /** The deserializer leaves out, without a word, what does not say that it is ICE. */
    private static void checkTransports(ObjectNode request) {
        for (JsonNode endpoint : request.path("endpoints")) {
            JsonNode ice = endpoint.path("transport").path("transport");
            if (!ice.isMissingNode()
                    && !IceUdpTransportPacketExtension.NAMESPACE.equals(
                            ice.path("xmlns").textValue())) {
                throw new IllegalArgumentException(
                        "the inner transport of an endpoint needs xmlns " + IceUdpTransportPacketExtension.NAMESPACE);
            }
        }
    }

    /** The deserializer leaves {@code ice-restart} out. */
    private static void readIceRestarts(ObjectNode request, ConferenceModifyIQ modify) {
        for (JsonNode endpoint : request.path("endpoints")) {
            JsonNode restart = endpoint.path("transport").path(Transport.ICE_RESTART_ATTR_NAME);
            if (restart.isMissingNode()) {
                continue;
            }
            if (!restart.isBoolean()) {
                throw new IllegalArgumentException(Transport.ICE_RESTART_ATTR_NAME + " is true or false");
            }
            for (Colibri2Endpoint read : modify.getEndpoints()) {
                if (read.getTransport() != null
                        && read.getId().equals(endpoint.path("id").asText())) {
                    read.getTransport().setAttribute(Transport.ICE_RESTART_ATTR_NAME, restart.booleanValue());
                }
            }
        }
    }

    private static HttpAnswer error(StanzaError error) {
        Colibri2Error reason = error.getExtension(Colibri2Error.ELEMENT, Colibri2Error.NAMESPACE);
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("error", error.getCondition().toString())
                .put("message", error.getDescriptiveText());
        if (reason != null) {
            body.put("reason", reason.getReason().name());
        }
        int status = switch (error.getCondition()) {
            case item_not_found -> 404;
            case conflict -> 409;
            case feature_not_implemented -> 501;
            case resource_constraint, service_unavailable -> 503;
            default -> 400;
        };
        return HttpAnswer.json(status, body);
    }

    private static HttpAnswer notJson() {
        return HttpAnswer.error(400, "bad-request", "The body is not a JSON object without repeated keys.");
    }
}
