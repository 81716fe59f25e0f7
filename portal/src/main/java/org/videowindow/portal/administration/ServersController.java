package org.videowindow.portal.administration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.shard.ShardProperties;

/** What goes on in the shards, for administrators. */
@RestController
@RequestMapping("/api/v1/admin")
@Tag(name = "Administration")
final class ServersController {
    private static final int ROOMS_AT_ONCE = 500;

    private final FocusReader focuses;
    private final AllMeetings meetings;

    ServersController(FocusReader focuses, AllMeetings meetings) {
        this.focuses = focuses;
        this.meetings = meetings;
    }

    /** Whether the shard's focus answers. */
    record FocusView(boolean reachable, boolean healthy) {}

    @Schema(name = "Shard")
    record ShardView(
            String id,
            String region,
            boolean healthy,
            @Nullable String reason,
            FocusView focus,
            int conferences,
            int participants,
            List<FocusState.Bridge> bridges) {}

    record ShardList(List<ShardView> shards) {}

    /**
     * A call that is going on.
     *
     * @param name the meeting's; null when the portal has no such meeting (any more)
     */
    @Schema(name = "Conference")
    record ConferenceView(
            String shard,
            String room,
            @Nullable String name,
            String meetingId,
            int participants,
            String createdAt,
            List<String> bridges) {}

    /**
     * The calls that are going on.
     *
     * @param silent the shards whose focus does not answer: their calls are missing here
     */
    record ConferenceList(List<ConferenceView> conferences, List<String> silent) {}

    @GetMapping("/shards")
    @Operation(summary = "Shards and their bridges with health and load; one that does not answer is shown as such")
    ShardList shards() {
        List<ShardView> shards = new ArrayList<>();
        focuses.read()
                .forEach((shard, focus) -> shards.add(new ShardView(
                        shard.id(),
                        shard.region(),
                        focus.healthy(),
                        focus.reason(),
                        new FocusView(focus.reachable(), focus.healthy()),
                        focus.conferences().size(),
                        focus.conferences().stream()
                                .mapToInt(FocusState.Conference::participants)
                                .sum(),
                        focus.bridges())));
        return new ShardList(shards);
    }

    @GetMapping("/conferences")
    @Operation(summary = "The calls that are going on")
    ConferenceList conferences() {
        Map<ShardProperties, FocusState> states = focuses.read();
        Set<String> rooms = new HashSet<>();
        states.values()
                .forEach(state -> state.conferences().stream()
                        .map(FocusState.Conference::room)
                        .limit(ROOMS_AT_ONCE)
                        .forEach(rooms::add));
        Map<String, String> names = meetings.names(rooms);
        List<ConferenceView> conferences = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        states.forEach((shard, state) -> {
            if (shard.focusUrl() != null && !state.reachable()) {
                silent.add(shard.id());
            }
            for (FocusState.Conference one : state.conferences()) {
                conferences.add(new ConferenceView(
                        shard.id(),
                        one.room(),
                        names.get(one.room()),
                        one.meetingId(),
                        one.participants(),
                        one.createdAt(),
                        one.bridges()));
            }
        });
        return new ConferenceList(conferences, silent);
    }
}
