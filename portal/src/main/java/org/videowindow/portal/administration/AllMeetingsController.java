package org.videowindow.portal.administration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.account.AccountAdministration;
import org.videowindow.portal.session.SignedIn;

/** Everybody's meetings, for administrators. */
@RestController
@RequestMapping("/api/v1/admin/meetings")
@Tag(name = "Administration")
final class AllMeetingsController {
    private static final Logger log = LoggerFactory.getLogger(AllMeetingsController.class);

    private final AllMeetings meetings;

    AllMeetingsController(AllMeetings meetings) {
        this.meetings = meetings;
    }

    record MeetingsPage(List<AllMeetings.Row> meetings, int page, int pages, long total) {}

    @GetMapping
    @Operation(summary = "Meetings whose name, room or owner contains a text, newest first")
    MeetingsPage list(@RequestParam(defaultValue = "") String query, @RequestParam(defaultValue = "1") int page) {
        String pattern = AccountAdministration.pattern(query);
        PageRequest asked = PageNumber.of(page);
        long total = meetings.count(pattern);
        return new MeetingsPage(
                meetings.find(pattern, asked), asked.getPageNumber() + 1, PageNumber.pages(total), total);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a meeting; a call that is going on in it goes on until people leave")
    void delete(@AuthenticationPrincipal SignedIn me, @PathVariable UUID id) {
        meetings.delete(me.accountId(), id);
        log.info("Administrator {} has deleted meeting {}", me.accountId(), id);
    }
}
