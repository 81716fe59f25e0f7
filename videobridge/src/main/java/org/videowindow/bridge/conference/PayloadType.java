package org.videowindow.bridge.conference;

import java.util.Map;
import java.util.Set;

/**
 * A payload type that an endpoint was offered.
 *
 * @param kind sound or pictures
 * @param id 0 to 127
 * @param name encoding name as signalled, e.g. {@code VP8}, {@code rtx}
 * @param clockRate in Hz
 * @param parameters format parameters, e.g. {@code apt} of an RTX payload type
 * @param feedback RTCP feedback, {@code type} or {@code type subtype}, e.g. {@code nack pli}
 */
public record PayloadType(
        MediaKind kind, int id, String name, int clockRate, Map<String, String> parameters, Set<String> feedback) {
    public PayloadType {
        parameters = Map.copyOf(parameters);
        feedback = Set.copyOf(feedback);
    }
}
