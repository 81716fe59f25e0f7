package org.videowindow.portal.meeting;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.limit.RateLimits;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/** What anybody who knows a link may know about the meeting behind it. */
@RestController
@Tag(name = "Joining")
final class RoomController {
    private final Meetings meetings;
    private final RateLimits limits;

    RoomController(Meetings meetings, RateLimits limits) {
        this.meetings = meetings;
        this.limits = limits;
    }

    record RoomView(String room, String name, boolean guestsAllowed) {}

    @GetMapping("/api/v1/rooms/{room}")
    @Operation(summary = "The meeting behind a link, for the page before joining")
    ResponseEntity<RoomView> room(@PathVariable String room, HttpServletRequest request) {
        Meeting meeting = meetings.inRoom(room).orElseThrow(() -> {
            limits.unknownRoom(request.getRemoteAddr());
            return new ProblemException(ProblemCode.NO_SUCH_MEETING);
        });
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new RoomView(meeting.room(), meeting.name(), meeting.guestsAllowed()));
    }
}
