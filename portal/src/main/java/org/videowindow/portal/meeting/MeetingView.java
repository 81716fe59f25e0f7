package org.videowindow.portal.meeting;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.videowindow.portal.account.AccountView;

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
        List<AccountView> moderators) {
    static MeetingView of(Meeting meeting, UUID accountId, String publicOrigin) {
        List<AccountView> moderators = meeting.moderators().stream()
                .map(AccountView::of)
                .sorted(Comparator.comparing(AccountView::name).thenComparing(AccountView::id))
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
