package org.videowindow.portal.meeting;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.session.SignedIn;

/** The meetings of the signed-in person. */
@RestController
@RequestMapping("/api/v1/meetings")
@Tag(name = "Meetings")
final class MeetingController {
    private final Meetings meetings;
    private final String publicOrigin;

    MeetingController(Meetings meetings, PortalProperties properties) {
        this.meetings = meetings;
        this.publicOrigin = properties.publicOrigin();
    }

    record NewMeeting(@Nullable String name) {}

    /** What is null stays as it is. */
    record MeetingChange(@Nullable String name, @Nullable Boolean guestsAllowed) {}

    record MeetingList(List<MeetingView> meetings) {}

    @GetMapping
    @Operation(summary = "The meetings that you own or moderate, newest first")
    MeetingList list(@AuthenticationPrincipal SignedIn me) {
        return new MeetingList(meetings.of(me.accountId()).stream()
                .map(meeting -> MeetingView.of(meeting, me.accountId(), publicOrigin))
                .toList());
    }

    @PostMapping
    @Operation(summary = "Make a meeting")
    ResponseEntity<MeetingView> create(@AuthenticationPrincipal SignedIn me, @RequestBody NewMeeting body) {
        Meeting meeting = meetings.create(me.accountId(), body.name());
        URI location = URI.create(publicOrigin + "/api/v1/meetings/" + meeting.id());
        return answer(ResponseEntity.created(location), meeting, me);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One of your meetings; the ETag is for a later If-Match")
    ResponseEntity<MeetingView> get(@AuthenticationPrincipal SignedIn me, @PathVariable UUID id) {
        return answer(ResponseEntity.ok(), meetings.get(me.accountId(), id), me);
    }

    @PatchMapping("/{id}")
    @Operation(
            summary = "Change a meeting that you own",
            description = "With If-Match the change is refused with changed-meanwhile when the meeting is no longer "
                    + "the one that was read.")
    ResponseEntity<MeetingView> change(
            @AuthenticationPrincipal SignedIn me,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody MeetingChange body) {
        Meeting meeting = meetings.change(me.accountId(), id, version(ifMatch), body.name(), body.guestsAllowed());
        return answer(ResponseEntity.ok(), meeting, me);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a meeting that you own")
    void delete(@AuthenticationPrincipal SignedIn me, @PathVariable UUID id) {
        meetings.delete(me.accountId(), id);
    }

    @PutMapping("/{id}/moderators/{who}")
    @Operation(summary = "Name a moderator of a meeting that you own")
    ResponseEntity<MeetingView> addModerator(
            @AuthenticationPrincipal SignedIn me,
            @PathVariable UUID id,
            @Parameter(description = "an account's id or e-mail address") @PathVariable String who) {
        return answer(ResponseEntity.ok(), meetings.addModerator(me.accountId(), id, who), me);
    }

    @DeleteMapping("/{id}/moderators/{who}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take the role of moderator back, or lay down your own")
    void removeModerator(
            @AuthenticationPrincipal SignedIn me,
            @PathVariable UUID id,
            @Parameter(description = "an account's id or e-mail address") @PathVariable String who) {
        meetings.removeModerator(me.accountId(), id, who);
    }

    private ResponseEntity<MeetingView> answer(ResponseEntity.BodyBuilder answer, Meeting meeting, SignedIn me) {
        return answer.cacheControl(CacheControl.noStore())
                .eTag(String.valueOf(meeting.version()))
                .body(MeetingView.of(meeting, me.accountId(), publicOrigin));
    }

    /** The version in an If-Match header (RFC 9110, 13.1.1); one that we never gave matches nothing. */
    private static @Nullable Long version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        if (!ifMatch.matches("\"[0-9]{1,18}\"")) {
            throw new ProblemException(ProblemCode.CHANGED_MEANWHILE);
        }
        return Long.valueOf(ifMatch.substring(1, ifMatch.length() - 1));
    }
}
