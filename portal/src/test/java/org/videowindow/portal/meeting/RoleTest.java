package org.videowindow.portal.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.portal.account.SampleAccount;

class RoleTest {
    private final UUID owner = UUID.randomUUID();
    private final UUID moderator = UUID.randomUUID();
    private final Meeting meeting = new Meeting(UUID.randomUUID(), "abc-defg-hij", "Weekly", owner, Instant.EPOCH);

    @BeforeEach
    void nameTheModerator() {
        meeting.moderators().add(SampleAccount.with(moderator));
    }

    @Test
    void comesFromOwnershipAndModeratorsOnly() {
        assertThat(meeting.roleOf(owner)).isEqualTo(Role.OWNER);
        assertThat(meeting.roleOf(moderator)).isEqualTo(Role.MODERATOR);
        assertThat(meeting.roleOf(UUID.randomUUID())).isEqualTo(Role.MEMBER);
        assertThat(meeting.roleOf(null)).isEqualTo(Role.GUEST);
    }

    @Test
    void anOwnerWhoIsAlsoNamedModeratorStaysOwner() {
        meeting.moderators().add(SampleAccount.with(owner));
        assertThat(meeting.roleOf(owner)).isEqualTo(Role.OWNER);
    }

    @Test
    void onlyOwnerAndModeratorsModerate() {
        assertThat(Role.OWNER.moderates()).isTrue();
        assertThat(Role.MODERATOR.moderates()).isTrue();
        assertThat(Role.MEMBER.moderates()).isFalse();
        assertThat(Role.GUEST.moderates()).isFalse();
    }
}
