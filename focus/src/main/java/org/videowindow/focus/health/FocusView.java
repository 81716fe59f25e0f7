package org.videowindow.focus.health;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.videowindow.focus.bridge.Brewery;
import org.videowindow.focus.conference.Conference;

/**
 * What runs, for the administration. Has names of rooms in it, which are half of an invitation: not for the public.
 *
 * @param conferences the conferences now
 * @param bridges the bridges now
 */
public record FocusView(
        Supplier<Collection<Conference.Summary>> conferences, Supplier<Collection<Brewery.Summary>> bridges) {

    /** The body of {@code /conferences}. */
    String conferencesJson() {
        return conferences.get().stream()
                .map(FocusView::json)
                .collect(Collectors.joining(",", "{\"conferences\":[", "]}\n"));
    }

    /** The body of {@code /bridges}. */
    String bridgesJson() {
        return bridges.get().stream().map(FocusView::json).collect(Collectors.joining(",", "{\"bridges\":[", "]}\n"));
    }

    private static String json(Conference.Summary conference) {
        return "{\"room\":" + Json.string(conference.room())
                + ",\"meetingId\":" + conference.meetingId().map(Json::string).orElse("null")
                + ",\"participants\":" + conference.participants()
                + ",\"createdAt\":" + Json.string(conference.createdAt().toString())
                + ",\"bridges\":"
                + conference.bridge().map(id -> "[" + Json.string(id) + "]").orElse("[]")
                + "}";
    }

    private static String json(Brewery.Summary bridge) {
        return "{\"id\":" + Json.string(bridge.id())
                + ",\"region\":" + bridge.state().region().map(Json::string).orElse("null")
                + ",\"version\":" + Json.string(bridge.state().version())
                + ",\"stress\":"
                + String.format(Locale.ROOT, "%.3f", bridge.state().stress())
                + ",\"healthy\":" + bridge.healthy()
                + ",\"draining\":" + bridge.state().draining()
                + ",\"conferences\":" + bridge.state().conferences()
                + ",\"endpoints\":" + bridge.state().endpoints()
                + "}";
    }
}
