package org.videowindow.bridge.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.videowindow.bridge.conference.VideoConstraint;
import org.videowindow.bridge.conference.VideoType;

/** What a client says over its bridge channel, read and checked. */
sealed interface ClientMessage {
    /** Asks for a {@code ServerHello}. */
    record ClientHello() implements ClientMessage {}

    /**
     * Changes what the client wants to receive; {@code null} members stay as they were.
     *
     * @param lastN how many video sources, -1 for all
     * @param selected sources that come first
     * @param onStage sources that come before these
     * @param defaults for sources not named
     * @param constraints by source name
     */
    record ReceiverVideoConstraints(
            Integer lastN,
            List<String> selected,
            List<String> onStage,
            VideoConstraint defaults,
            Map<String, VideoConstraint> constraints)
            implements ClientMessage {}

    /**
     * A message of the application to one other endpoint, or to all.
     *
     * @param to endpoint, or empty for all others
     * @param payload any object
     */
    record EndpointMessage(String to, ObjectNode payload) implements ClientMessage {}

    /** Statistics for the other endpoints, forwarded as they are. */
    record EndpointStats(ObjectNode message) implements ClientMessage {}

    /** What one of the client's own sources shows now. */
    record SourceVideoType(String sourceName, VideoType videoType) implements ClientMessage {}

    /** Another class, maybe of a newer client. */
    record Unknown() implements ClientMessage {}

    /** Not a message; says why, in a word for the counter. */
    record Malformed(Fault fault) implements ClientMessage {}

    /** Why something is not a message. */
    enum Fault {
        /** No strict JSON object. */
        JSON,
        /** No {@code colibriClass}. */
        CLASS,
        /** A member is missing, of another type or out of its range. */
        MEMBER
    }
}
