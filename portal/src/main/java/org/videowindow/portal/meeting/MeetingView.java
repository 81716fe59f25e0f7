package org.videowindow.portal.meeting;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.videowindow.portal.account.PersonView;

/**
 * A meeting as its owner and moderators see it.
 *
 * @param room node of the room's address
 * @param role what the asking person is: owner or moderator
 * @param link address that others follow to join
 */
@Schema(name = "Meeting")
public record MeetingView(
        UUID id,
        String room,
        String name,
        String role,
        boolean guestsAllowed,
        String link,
        Instant createdAt,
        List<PersonView> moderators) {
    static MeetingView of(Meeting meeting, UUID accountId, String publicOrigin) {
        List<PersonView> moderators = meeting.moderators().stream()
                .map(PersonView::of)
                .sorted(Comparator.comparing(PersonView::name).thenComparing(PersonView::id))
                .toList();
        return new MeetingView(
                meeting.id(),
                meeting.room(),
                meeting.name(),
                meeting.roleOf(accountId).word(),
                meeting.guestsAllowed(),
                publicOrigin + "/j/" + meeting.room(),
                meeting.createdAt(),
                moderators);
    }
}
