package org.videowindow.portal.administration;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a focus tells about itself. It is one of our own programs and yet another machine: lists and texts are cut to
 * what a page can show.
 *
 * @param reachable whether it answers at all
 * @param healthy whether it could start a call now
 * @param reason why not; null when it could
 */
record FocusState(
        boolean reachable,
        boolean healthy,
        @Nullable String reason,
        List<Conference> conferences,
        List<Bridge> bridges) {
    private static final int MOST_CONFERENCES = 2000;
    private static final int MOST_BRIDGES = 500;
    private static final int LONGEST_TEXT = 200;

    /** A call that is going on. */
    record Conference(String room, String meetingId, int participants, String createdAt, List<String> bridges) {}

    /** A bridge as the focus sees it. */
    @Schema(name = "Bridge")
    record Bridge(
            String id,
            String region,
            String version,
            double stress,
            boolean healthy,
            boolean draining,
            int conferences,
            int endpoints) {}

    static FocusState silent(String reason) {
        return new FocusState(false, false, reason, List.of(), List.of());
    }

    static List<Conference> conferences(JsonNode answer) {
        List<Conference> conferences = new ArrayList<>();
        for (JsonNode one : answer.path("conferences")) {
            if (conferences.size() == MOST_CONFERENCES) {
                break;
            }
            List<String> bridges = new ArrayList<>();
            one.path("bridges").forEach(bridge -> {
                if (bridges.size() < MOST_BRIDGES) {
                    bridges.add(cut(bridge));
                }
            });
            conferences.add(new Conference(
                    cut(one.path("room")),
                    cut(one.path("meetingId")),
                    one.path("participants").asInt(0),
                    cut(one.path("createdAt")),
                    bridges));
        }
        return conferences;
    }

    static List<Bridge> bridges(JsonNode answer) {
        List<Bridge> bridges = new ArrayList<>();
        for (JsonNode one : answer.path("bridges")) {
            if (bridges.size() == MOST_BRIDGES) {
                break;
            }
            bridges.add(new Bridge(
                    cut(one.path("id")),
                    cut(one.path("region")),
                    cut(one.path("version")),
                    one.path("stress").asDouble(0),
                    one.path("healthy").asBoolean(false),
                    one.path("draining").asBoolean(false),
                    one.path("conferences").asInt(0),
                    one.path("endpoints").asInt(0)));
        }
        return bridges;
    }

    static String cut(JsonNode text) {
        String whole = text.asString("");
        return whole.length() > LONGEST_TEXT ? whole.substring(0, LONGEST_TEXT) : whole;
    }
}
