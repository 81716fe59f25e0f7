package org.videowindow.portal.meeting;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.account.PersonalData;

/** The meetings in a person's data export: those owned and those moderated. */
@Component
final class MeetingsOfPerson implements PersonalData {
    private final Meetings meetings;
    private final String publicOrigin;

    MeetingsOfPerson(Meetings meetings, PortalProperties properties) {
        this.meetings = meetings;
        this.publicOrigin = properties.publicOrigin();
    }

    @Override
    public String name() {
        return "meetings";
    }

    @Override
    public Object of(UUID accountId) {
        return meetings.of(accountId).stream()
                .map(meeting -> MeetingView.of(meeting, accountId, publicOrigin))
                .toList();
    }
}
