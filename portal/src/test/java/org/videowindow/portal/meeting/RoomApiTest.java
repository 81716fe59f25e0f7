package org.videowindow.portal.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor.Answer;
import tools.jackson.databind.JsonNode;

class RoomApiTest extends PortalTest {
    @Test
    void whoKnowsTheLinkSeesNameAndWhetherGuestsMayEnter() {
        JsonNode meeting = visitor().signUp().meeting("Weekly");
        String room = meeting.path("room").asString();
        for (String typed : new String[] {room, room.toUpperCase(Locale.ROOT)}) {
            JsonNode answer = visitor().get("/api/v1/rooms/" + typed).json();
            assertThat(answer.propertyNames()).containsExactlyInAnyOrder("room", "name", "guestsAllowed");
            assertThat(answer.path("room").asString()).isEqualTo(room);
            assertThat(answer.path("name").asString()).isEqualTo("Weekly");
            assertThat(answer.path("guestsAllowed").asBoolean()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzz-zzzz-zzz", "brewery", "*", "%2e%2e", "a%20b", "%F0%9F%A6%8A"})
    void aRoomThatIsNotThereIsNoSuchMeeting(String room) {
        Answer answer = visitor().get("/api/v1/rooms/" + room);
        assertThat(answer.status()).isIn(404, 400);
        assertThat(answer.code()).isIn("no-such-meeting", "malformed");
    }
}
