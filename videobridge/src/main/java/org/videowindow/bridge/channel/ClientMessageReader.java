package org.videowindow.bridge.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.videowindow.bridge.conference.VideoConstraint;
import org.videowindow.bridge.conference.VideoType;
import org.videowindow.bridge.json.StrictJson;

/** Reads the messages of clients. Never throws; anything odd is {@link ClientMessage.Malformed}. Any thread. */
final class ClientMessageReader {
    /** Sources one message may name; a conference of 500 with camera and screen has fewer than twice as many. */
    private static final int SOURCES = 1_000;

    private static final int NAME = 128;
    private static final int HEIGHT = 100_000;
    private static final int FRAME_RATE = 1_000;
    private static final int UNLIMITED = -1;
    private static final Map<String, VideoType> VIDEO_TYPES = Map.of(
            "camera",
            VideoType.CAMERA,
            "desktop",
            VideoType.DESKTOP,
            "desktop_high_fps",
            VideoType.DESKTOP_HIGH_FPS,
            "none",
            VideoType.NONE);

    private final StrictJson json;

    ClientMessageReader(int maxLength) {
        this.json = new StrictJson(maxLength);
    }

    ClientMessage read(String text) {
        Optional<ObjectNode> parsed = json.object(text);
        if (parsed.isEmpty()) {
            return new ClientMessage.Malformed(ClientMessage.Fault.JSON);
        }
        ObjectNode message = parsed.get();
        JsonNode colibriClass = message.get("colibriClass");
        if (colibriClass == null || !colibriClass.isTextual()) {
            return new ClientMessage.Malformed(ClientMessage.Fault.CLASS);
        }
        try {
            return switch (colibriClass.textValue()) {
                case "ClientHello" -> new ClientMessage.ClientHello();
                case "ReceiverVideoConstraints" -> constraints(message);
                case "EndpointMessage" -> endpointMessage(message);
                case "EndpointStats" -> new ClientMessage.EndpointStats(message);
                case "SourceVideoTypeMessage" -> videoType(message);
                case "LastNChangedEvent" ->
                    new ClientMessage.ReceiverVideoConstraints(
                            lastN(required(message, "lastN")), null, null, null, null);
                default -> new ClientMessage.Unknown();
            };
        } catch (MemberException e) {
            return new ClientMessage.Malformed(ClientMessage.Fault.MEMBER);
        }
    }

    private static ClientMessage constraints(ObjectNode message) throws MemberException {
        JsonNode lastN = message.get("lastN");
        JsonNode selected = message.get("selectedSources");
        JsonNode onStage = message.get("onStageSources");
        JsonNode defaults = message.get("defaultConstraints");
        JsonNode constraints = message.get("constraints");
        return new ClientMessage.ReceiverVideoConstraints(
                lastN == null ? null : lastN(lastN),
                selected == null ? null : names(selected),
                onStage == null ? null : names(onStage),
                defaults == null ? null : constraint(defaults),
                constraints == null ? null : byName(constraints));
    }

    private static ClientMessage endpointMessage(ObjectNode message) throws MemberException {
        if (!(message.get("msgPayload") instanceof ObjectNode payload)) {
            throw new MemberException();
        }
        JsonNode to = message.get("to");
        return new ClientMessage.EndpointMessage(to == null ? "" : name(to, true), payload);
    }

    private static ClientMessage videoType(ObjectNode message) throws MemberException {
        VideoType type = VIDEO_TYPES.get(name(required(message, "videoType"), false));
        if (type == null) {
            throw new MemberException();
        }
        return new ClientMessage.SourceVideoType(name(required(message, "sourceName"), false), type);
    }

    private static int lastN(JsonNode node) throws MemberException {
        return integer(node, -1, HEIGHT);
    }

    private static VideoConstraint constraint(JsonNode node) throws MemberException {
        if (!(node instanceof ObjectNode object)) {
            throw new MemberException();
        }
        JsonNode maxHeight = object.get("maxHeight");
        JsonNode maxFrameRate = object.get("maxFrameRate");
        return new VideoConstraint(
                maxHeight == null ? HEIGHT : integer(maxHeight, 0, HEIGHT),
                maxFrameRate == null ? Double.POSITIVE_INFINITY : frameRate(maxFrameRate));
    }

    private static double frameRate(JsonNode node) throws MemberException {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (value == UNLIMITED) {
            return Double.POSITIVE_INFINITY;
        }
        if (!(value >= 0 && value <= FRAME_RATE)) {
            throw new MemberException();
        }
        return value;
    }

    private static Map<String, VideoConstraint> byName(JsonNode node) throws MemberException {
        if (!(node instanceof ObjectNode object) || object.size() > SOURCES) {
            throw new MemberException();
        }
        Map<String, VideoConstraint> constraints = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getKey().length() > NAME) {
                throw new MemberException();
            }
            constraints.put(entry.getKey(), constraint(entry.getValue()));
        }
        return constraints;
    }

    private static List<String> names(JsonNode node) throws MemberException {
        if (!node.isArray() || node.size() > SOURCES) {
            throw new MemberException();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode element : node) {
            names.add(name(element, false));
        }
        return names;
    }

    private static String name(JsonNode node, boolean mayBeEmpty) throws MemberException {
        if (!node.isTextual()
                || node.textValue().length() > NAME
                || (node.textValue().isEmpty() && !mayBeEmpty)) {
            throw new MemberException();
        }
        return node.textValue();
    }

    private static int integer(JsonNode node, int lowest, int highest) throws MemberException {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new MemberException();
        }
        int value = node.intValue();
        if (value < lowest || value > highest) {
            throw new MemberException();
        }
        return value;
    }

    private static JsonNode required(ObjectNode message, String member) throws MemberException {
        JsonNode node = message.get(member);
        if (node == null) {
            throw new MemberException();
        }
        return node;
    }

    /** A member is not as it must be; costs no stack trace because clients can cause it at will. */
    private static final class MemberException extends Exception {
        private static final long serialVersionUID = 1L;

        MemberException() {
            super(null, null, false, false);
        }
    }
}
