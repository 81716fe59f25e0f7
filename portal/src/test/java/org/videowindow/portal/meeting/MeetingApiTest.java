package org.videowindow.portal.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;
import tools.jackson.databind.JsonNode;

class MeetingApiTest extends PortalTest {
    @Test
    void aNewMeetingHasARoomAndALink() {
        Visitor owner = visitor().signUp();
        Answer answer = owner.post("/api/v1/meetings", Map.of("name", "  Weekly   planning "));
        JsonNode meeting = answer.json();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location"))
                .endsWith("/api/v1/meetings/" + meeting.path("id").asString());
        assertThat(meeting.propertyNames())
                .containsExactlyInAnyOrder(
                        "id", "room", "name", "role", "guestsAllowed", "link", "createdAt", "moderators");
        assertThat(meeting.path("name").asString()).isEqualTo("Weekly planning");
        assertThat(meeting.path("role").asString()).isEqualTo("owner");
        assertThat(meeting.path("guestsAllowed").asBoolean()).isTrue();
        assertThat(meeting.path("room").asString()).matches("[a-z]{3}-[a-z]{4}-[a-z]{3}");
        assertThat(meeting.path("link").asString())
                .isEqualTo("http://localhost:8080/j/" + meeting.path("room").asString());
        assertThat(meeting.path("createdAt").asString()).matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
        assertThat(owner.get(path(meeting)).json()).isEqualTo(meeting);
    }

    @Test
    void theListHasWhatOneOwnsOrModeratesNewestFirst() {
        Visitor ada = visitor().signUp();
        Visitor bob = visitor().signUp();
        JsonNode first = ada.meeting("First");
        JsonNode second = ada.meeting("Second");
        JsonNode bobs = bob.meeting("Bob's");
        bob.put(path(bobs) + "/moderators/" + ada.accountId());
        List<String> names = names(ada);
        assertThat(names).containsExactly("Bob's", "Second", "First");
        assertThat(ada.get("/api/v1/meetings").json().at("/meetings/0/role").asString())
                .isEqualTo("moderator");
        assertThat(names(bob)).containsExactly("Bob's");
        assertThat(names(visitor().signUp())).isEmpty();
        assertThat(first).isNotEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":null}", "{\"name\":\"\"}", "{\"name\":\" \"}", "{\"name\":\"a\\u202eb\"}"})
    void aMeetingNeedsAName(String body) {
        Answer answer = visitor().signUp().post("/api/v1/meetings", body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("name");
    }

    @Test
    void aNameHasEightyCharactersAtMost() {
        Visitor owner = visitor().signUp();
        assertThat(owner.post("/api/v1/meetings", Map.of("name", "x".repeat(80)))
                        .status())
                .isEqualTo(201);
        assertThat(owner.post("/api/v1/meetings", Map.of("name", "x".repeat(81)))
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"x\"", "{\"name\":{}}", "nonsense"})
    void aBodyThatCannotBeReadIsMalformed(String body) {
        Answer answer = visitor().signUp().post("/api/v1/meetings", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ownerId", "role", "room", "id", "version", "nmae"})
    void aFieldThatIsNotOnesToSetIsRefused(String field) {
        Answer answer = visitor().signUp().post("/api/v1/meetings", Map.of("name", "Weekly", field, "x"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(field);
    }

    @Test
    void anotherFormatThanJsonIsRefused() {
        Answer answer = visitor().signUp().post("/api/v1/meetings", "<name/>", "Content-Type", "application/xml");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("unsupported-media-type");
    }

    @Test
    void anAccountOwnsABoundedNumberOfMeetings() {
        Visitor owner = visitor().signUp();
        JsonNode last = null;
        for (int i = 0; i < 5; i++) {
            last = owner.meeting("Meeting " + i);
        }
        Answer answer = owner.post("/api/v1/meetings", Map.of("name", "One more"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("too-many-meetings");
        owner.delete(path(last));
        assertThat(owner.post("/api/v1/meetings", Map.of("name", "One more")).status())
                .isEqualTo(201);
    }

    @Test
    void theOwnerChangesWhatIsGivenAndKeepsTheRest() {
        Visitor owner = visitor().signUp();
        JsonNode meeting = owner.meeting("Weekly");
        assertThat(owner.patch(path(meeting), Map.of("name", "Daily"))
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("Daily");
        JsonNode changed =
                owner.patch(path(meeting), Map.of("guestsAllowed", false)).json();
        assertThat(changed.path("name").asString()).isEqualTo("Daily");
        assertThat(changed.path("guestsAllowed").asBoolean()).isFalse();
        assertThat(changed.path("room")).isEqualTo(meeting.path("room"));
        assertThat(owner.patch(path(meeting), Map.of("name", " ")).status()).isEqualTo(422);
        assertThat(owner.patch(path(meeting), "{\"guestsAllowed\":\"perhaps\"}").status())
                .isEqualTo(400);
        assertThat(owner.get(path(meeting)).json()).isEqualTo(changed);
    }

    @Test
    void aChangeBasedOnAnOldStateIsRefusedWhenAskedSo() {
        Visitor owner = visitor().signUp();
        JsonNode meeting = owner.meeting("Weekly");
        String tag = owner.get(path(meeting)).header("ETag");
        assertThat(tag).matches("\"[0-9]+\"");
        Answer first = owner.patch(path(meeting), Map.of("name", "Daily"), "If-Match", tag);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("ETag")).isNotEqualTo(tag);
        Answer second = owner.patch(path(meeting), Map.of("name", "Monthly"), "If-Match", tag);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.code()).isEqualTo("changed-meanwhile");
        assertThat(owner.patch(path(meeting), Map.of("name", "M"), "If-Match", "W/\"x\"")
                        .status())
                .isEqualTo(412);
        assertThat(owner.patch(path(meeting), Map.of("name", "M"), "If-Match", "*")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDeletedMeetingIsGoneForEverybody() {
        Visitor owner = visitor().signUp();
        JsonNode meeting = owner.meeting("Weekly");
        String room = meeting.path("room").asString();
        visitor().arrive().post("/api/v1/rooms/" + room + "/tickets", Map.of("name", "Guest"));
        owner.put(path(meeting) + "/moderators/" + visitor().signUp().accountId());
        assertThat(owner.delete(path(meeting)).status()).isEqualTo(204);
        assertThat(owner.get(path(meeting)).code()).isEqualTo("no-such-meeting");
        assertThat(owner.delete(path(meeting)).code()).isEqualTo("no-such-meeting");
        assertThat(visitor().get("/api/v1/rooms/" + room).code()).isEqualTo("no-such-meeting");
    }

    @Test
    void moderatorsAreNamedByIdOrAddress() {
        Visitor owner = visitor().signUp();
        Visitor bob = visitor().signUp(Visitor.newEmail(), "Bob");
        Visitor eve = visitor().signUp(Visitor.newEmail(), "Eve");
        JsonNode meeting = owner.meeting("Weekly");
        assertThat(owner.put(path(meeting) + "/moderators/" + bob.accountId()).status())
                .isEqualTo(200);
        Answer answer = owner.put(path(meeting) + "/moderators/" + eve.email().toUpperCase(Locale.ROOT));
        assertThat(answer.json()
                        .path("moderators")
                        .valueStream()
                        .map(m -> m.path("name").asString()))
                .containsExactly("Bob", "Eve");
        assertThat(answer.json().at("/moderators/1").propertyNames()).containsExactlyInAnyOrder("id", "name", "email");
        assertThat(owner.put(path(meeting) + "/moderators/" + eve.accountId())
                        .json()
                        .path("moderators"))
                .hasSize(2);
        assertThat(owner.put(path(meeting) + "/moderators/" + owner.accountId())
                        .json()
                        .path("moderators"))
                .hasSize(2);
        assertThat(owner.delete(path(meeting) + "/moderators/" + eve.email()).status())
                .isEqualTo(204);
        assertThat(owner.get(path(meeting)).json().path("moderators")).hasSize(1);
        assertThat(owner.delete(path(meeting) + "/moderators/" + eve.email()).status())
                .isEqualTo(204);
    }

    @Test
    void aModeratorHasToHaveAnAccount() {
        Visitor owner = visitor().signUp();
        JsonNode meeting = owner.meeting("Weekly");
        for (String who : List.of(UUID.randomUUID().toString(), "nobody@example.org", "nonsense", "@")) {
            Answer answer = owner.put(path(meeting) + "/moderators/" + who);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("no-such-account");
        }
    }

    @Test
    void aMeetingHasABoundedNumberOfModerators() {
        Visitor owner = visitor().signUp();
        JsonNode meeting = owner.meeting("Weekly");
        for (int i = 0; i < 3; i++) {
            owner.put(path(meeting) + "/moderators/" + visitor().signUp().accountId());
        }
        Answer answer =
                owner.put(path(meeting) + "/moderators/" + visitor().signUp().accountId());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("too-many-moderators");
    }

    @Test
    void aModeratorReadsTheMeetingAndMayLeaveButNotChangeIt() {
        Visitor owner = visitor().signUp();
        Visitor moderator = visitor().signUp();
        JsonNode meeting = owner.meeting("Weekly");
        owner.put(path(meeting) + "/moderators/" + moderator.accountId());
        assertThat(moderator.get(path(meeting)).json().path("role").asString()).isEqualTo("moderator");
        for (Answer answer : List.of(
                moderator.patch(path(meeting), Map.of("name", "Mine")),
                moderator.delete(path(meeting)),
                moderator.put(path(meeting) + "/moderators/" + moderator.accountId()),
                moderator.delete(path(meeting) + "/moderators/" + owner.accountId()))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("not-owner");
        }
        assertThat(moderator
                        .delete(path(meeting) + "/moderators/" + moderator.accountId())
                        .status())
                .isEqualTo(204);
        assertThat(moderator.get(path(meeting)).code()).isEqualTo("no-such-meeting");
    }

    @Test
    void toStrangersAMeetingDoesNotExist() {
        Visitor owner = visitor().signUp();
        Visitor stranger = visitor().signUp();
        JsonNode meeting = owner.meeting("Secret");
        String unknown = "/api/v1/meetings/" + UUID.randomUUID();
        for (String path : List.of(path(meeting), unknown)) {
            for (Answer answer : List.of(
                    stranger.get(path),
                    stranger.patch(path, Map.of("name", "Mine")),
                    stranger.delete(path),
                    stranger.put(path + "/moderators/" + stranger.accountId()),
                    stranger.delete(path + "/moderators/" + stranger.accountId()))) {
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.code()).isEqualTo("no-such-meeting");
                assertThat(answer.text()).doesNotContain("Secret");
            }
        }
        assertThat(owner.get(path(meeting)).json()).isEqualTo(meeting);
    }

    @Test
    void withoutASessionThereAreNoMeetings() {
        Visitor owner = visitor().signUp();
        JsonNode meeting = owner.meeting("Weekly");
        Visitor nobody = visitor().arrive();
        for (Answer answer : List.of(
                nobody.get("/api/v1/meetings"),
                nobody.post("/api/v1/meetings", Map.of("name", "x")),
                nobody.get(path(meeting)),
                nobody.patch(path(meeting), Map.of("name", "x")),
                nobody.delete(path(meeting)),
                nobody.put(path(meeting) + "/moderators/x"),
                nobody.delete(path(meeting) + "/moderators/x"),
                visitor().withCookie("VW_SESSION", "x".repeat(5000)).get("/api/v1/meetings"))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("sign-in-required");
        }
    }

    @Test
    void anIdThatIsNoneNamesNothing() {
        Answer answer = visitor().signUp().get("/api/v1/meetings/1%20or%201=1");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not-found");
    }

    private static List<String> names(Visitor visitor) {
        return visitor.get("/api/v1/meetings")
                .json()
                .path("meetings")
                .valueStream()
                .map(meeting -> meeting.path("name").asString())
                .toList();
    }

    private static String path(JsonNode meeting) {
        return "/api/v1/meetings/" + meeting.path("id").asString();
    }
}
