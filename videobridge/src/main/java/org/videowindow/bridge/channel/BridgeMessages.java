package org.videowindow.bridge.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.videowindow.bridge.conference.MappedSource;
import org.videowindow.bridge.conference.MediaKind;
import org.videowindow.bridge.conference.SpeakerOrder;

/** Writes the messages of the bridge. Stateless. */
final class BridgeMessages {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private BridgeMessages() {}

    static String serverHello(String version) {
        return message("ServerHello").put("version", version).toString();
    }

    static String dominantSpeaker(SpeakerOrder order) {
        ObjectNode message = message("DominantSpeakerEndpointChangeEvent");
        message.put("dominantSpeakerEndpoint", order.dominant());
        message.set("previousSpeakers", array(order.previous()));
        return message.put("silence", order.silence()).toString();
    }

    static String forwardedSources(List<String> sources) {
        ObjectNode message = message("ForwardedSources");
        message.set("forwardedSources", array(sources));
        return message.toString();
    }

    /** A height without limit is -1 on the wire. */
    static String senderConstraint(String sourceName, int maxHeight) {
        return message("SenderSourceConstraints")
                .put("sourceName", sourceName)
                .put("maxHeight", maxHeight == Integer.MAX_VALUE ? -1 : maxHeight)
                .toString();
    }

    static String sourcesMap(MediaKind kind, List<MappedSource> sources) {
        boolean video = kind == MediaKind.VIDEO;
        ObjectNode message = message(video ? "VideoSourcesMap" : "AudioSourcesMap");
        ArrayNode mapped = message.putArray("mappedSources");
        for (MappedSource source : sources) {
            ObjectNode entry = mapped.addObject()
                    .put("source", source.name())
                    .put("owner", source.owner())
                    .put("ssrc", source.ssrc());
            if (video) {
                entry.put("rtx", source.repeatSsrc())
                        .put("videoType", source.videoType().name());
            }
        }
        return message.toString();
    }

    /** {@code active} is text in this message, as clients expect it. */
    static String connectivity(String endpointId, boolean active) {
        return message("EndpointConnectivityStatusChangeEvent")
                .put("endpoint", endpointId)
                .put("active", Boolean.toString(active))
                .toString();
    }

    /** {@code from} is what the bridge knows, never what the sender wrote. */
    static String endpointMessage(String from, ClientMessage.EndpointMessage sent) {
        ObjectNode message = message("EndpointMessage").put("from", from).put("to", sent.to());
        message.set("msgPayload", sent.payload());
        return message.toString();
    }

    static String endpointStats(String from, ClientMessage.EndpointStats sent) {
        return sent.message().put("from", from).toString();
    }

    private static ObjectNode message(String colibriClass) {
        return NODES.objectNode().put("colibriClass", colibriClass);
    }

    private static ArrayNode array(List<String> values) {
        ArrayNode array = NODES.arrayNode(values.size());
        values.forEach(array::add);
        return array;
    }
}
