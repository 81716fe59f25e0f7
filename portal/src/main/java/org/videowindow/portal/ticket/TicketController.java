package org.videowindow.portal.ticket;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.limit.RateLimits;
import org.videowindow.portal.meeting.Meeting;
import org.videowindow.portal.meeting.Meetings;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.session.SignedIn;

/** Joining: with a session as oneself, without one as a guest. */
@RestController
@Tag(name = "Joining")
final class TicketController {
    private static final Logger log = LoggerFactory.getLogger(TicketController.class);

    private final Meetings meetings;
    private final Tickets tickets;
    private final RateLimits limits;

    TicketController(Meetings meetings, Tickets tickets, RateLimits limits) {
        this.meetings = meetings;
        this.tickets = tickets;
        this.limits = limits;
    }

    /** The name that a guest wants to be seen with. */
    record TicketRequest(@Nullable String name) {}

    @PostMapping("/api/v1/rooms/{room}/tickets")
    @Operation(
            summary = "Get a ticket for a room",
            description = "Signed in: the role comes from the meeting, the name from the account. "
                    + "Not signed in: a guest, who has to give a name.")
    ResponseEntity<Ticket> ticket(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable String room,
            @RequestBody(required = false) @Nullable TicketRequest body,
            HttpServletRequest request) {
        if (me == null) {
            limits.beforeGuestTicket(request.getRemoteAddr());
        }
        Meeting meeting = meetings.inRoom(room).orElseThrow(() -> {
            limits.unknownRoom(request.getRemoteAddr());
            return new ProblemException(ProblemCode.NO_SUCH_MEETING);
        });
        Ticket ticket = tickets.issue(meeting, me == null ? null : me.accountId(), body == null ? null : body.name());
        log.info("Endpoint {} gets a ticket for meeting {} as {}", ticket.endpointId(), meeting.id(), ticket.role());
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(ticket);
    }
}
