package org.videowindow.portal.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;
import tools.jackson.databind.JsonNode;

class OwnAccountApiTest extends PortalTest {
    private static final String NEW_PASSWORD = "another long secret";

    @Autowired
    private JdbcClient sql;

    @Test
    void theSessionTellsWhatThisPortalOffers() {
        JsonNode features = visitor().get("/api/v1/session").json().path("features");
        assertThat(features.path("mail").asBoolean()).isFalse();
        assertThat(features.path("oidc")).isEmpty();
        assertThat(features.path("signUp").asBoolean()).isTrue();
    }

    @Test
    void whatNeedsMailSaysThatThereIsNone() {
        Visitor person = visitor().signUp();
        for (Answer answer : List.of(
                person.post("/api/v1/email-verifications", null),
                person.post("/api/v1/password-resets", Map.of("email", person.email())),
                person.patch("/api/v1/account", Map.of("email", Visitor.newEmail(), "password", Visitor.PASSWORD)))) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("mail-not-configured");
        }
    }

    @Test
    void aNameCanBeChanged() {
        Visitor person = visitor().signUp();
        Answer answer = person.patch("/api/v1/account", Map.of("name", " Ada  Lovelace "));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/account/name").asString()).isEqualTo("Ada Lovelace");
        assertThat(person.patch("/api/v1/account", Map.of("name", "\u202eada")).code())
                .isEqualTo("invalid");
    }

    @Test
    void aNewPasswordNeedsTheOldOneAndEndsTheOtherSessions() {
        String email = Visitor.newEmail();
        Visitor person = visitor().signUp(email, "Ada");
        Visitor elsewhere = visitor().arrive();
        elsewhere.post("/api/v1/session", Map.of("email", email, "password", Visitor.PASSWORD));
        assertThat(elsewhere.get("/api/v1/meetings").status()).isEqualTo(200);

        Answer wrong = change(person, "not the password", NEW_PASSWORD);
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.code()).isEqualTo("wrong-password");
        Answer weak = change(person, Visitor.PASSWORD, "short");
        assertThat(weak.json().at("/errors/0/field").asString()).isEqualTo("newPassword");
        assertThat(change(person, Visitor.PASSWORD, NEW_PASSWORD).status()).isEqualTo(204);

        assertThat(person.get("/api/v1/meetings").status()).isEqualTo(200);
        assertThat(elsewhere.get("/api/v1/meetings").status()).isEqualTo(401);
        assertThat(visitor()
                        .arrive()
                        .post("/api/v1/session", Map.of("email", email, "password", NEW_PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void guessingThePasswordOfAnOpenSessionIsLimited() {
        Visitor person = visitor().signUp();
        for (int i = 0; i < 10; i++) {
            assertThat(change(person, "guess number " + i, NEW_PASSWORD).code()).isEqualTo("wrong-password");
        }
        assertThat(change(person, Visitor.PASSWORD, NEW_PASSWORD).code()).isEqualTo("too-many-requests");
    }

    @Test
    void signingOutEverywhereEndsAllSessions() {
        String email = Visitor.newEmail();
        Visitor person = visitor().signUp(email, "Ada");
        Visitor elsewhere = visitor().arrive();
        elsewhere.post("/api/v1/session", Map.of("email", email, "password", Visitor.PASSWORD));
        assertThat(person.delete("/api/v1/sessions").status()).isEqualTo(204);
        assertThat(elsewhere.get("/api/v1/meetings").status()).isEqualTo(401);
        assertThat(person.get("/api/v1/meetings").status()).isEqualTo(401);
    }

    @Test
    void deletingTakesEverythingThatIsTheAccountsOwn() {
        visitor().signUp(); // Somebody is administrator already.
        String email = Visitor.newEmail();
        Visitor person = visitor().signUp(email, "Ada");
        String id = person.accountId();
        String room = person.meeting("Weekly").path("room").asString();
        Visitor other = visitor().signUp();
        String otherMeeting = other.meeting("Others").path("id").asString();
        other.put("/api/v1/meetings/" + otherMeeting + "/moderators/" + id);

        assertThat(delete(person, "wrong").code()).isEqualTo("wrong-password");
        assertThat(delete(person, Visitor.PASSWORD).status()).isEqualTo(204);

        assertThat(person.get("/api/v1/session").json().path("account").isNull())
                .isTrue();
        assertThat(visitor().get("/api/v1/rooms/" + room).status()).isEqualTo(404);
        assertThat(other.get("/api/v1/meetings/" + otherMeeting).json().path("moderators"))
                .isEmpty();
        assertThat(visitor()
                        .arrive()
                        .post("/api/v1/session", Map.of("email", email, "password", Visitor.PASSWORD))
                        .code())
                .isEqualTo("wrong-credentials");
        assertThat(sql.sql("select kind from audit_event where account_id = cast(? as uuid)")
                        .param(id)
                        .query(String.class)
                        .list())
                .contains("sign-up", "sign-in", "moderator-granted", "account-deleted");
        visitor().signUp(email, "Somebody else"); // The address is free again.
    }

    @Test
    void theExportHasAllOfOnesOwnAndNothingOfOthers() {
        Visitor stranger = visitor().signUp();
        stranger.meeting("Not yours");
        Visitor person = visitor().signUp();
        person.meeting("Weekly");
        Answer answer = person.get("/api/v1/account/data");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Disposition")).contains("attachment");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonNode data = answer.json();
        assertThat(data.at("/account/email").asString()).isEqualTo(person.email());
        assertThat(data.at("/meetings/0/name").asString()).isEqualTo("Weekly");
        assertThat(data.path("events").findValuesAsString("kind")).contains("sign-up", "sign-in");
        assertThat(data.path("identities")).isEmpty();
        assertThat(answer.text())
                .doesNotContain("Not yours")
                .doesNotContain(stranger.email())
                .doesNotContain("argon");
    }

    @Test
    void theAuditLogKnowsIdsOnly() {
        String email = Visitor.newEmail();
        Visitor person = visitor().signUp(email, "Ada Audit-Name");
        visitor().arrive().post("/api/v1/session", Map.of("email", email, "password", "wrong-password"));
        visitor().arrive().post("/api/v1/session", Map.of("email", Visitor.newEmail(), "password", "wrong-password"));
        person.delete("/api/v1/session");
        List<Map<String, Object>> rows =
                sql.sql("select * from audit_event").query().listOfRows();
        assertThat(rows.toString())
                .contains("sign-in-failed", "sign-out", "127.0.0.0/24")
                .doesNotContain(email)
                .doesNotContain("Ada Audit-Name")
                .doesNotContain("127.0.0.1")
                .doesNotContain("@");
    }

    private static Answer change(Visitor person, String password, String newPassword) {
        return person.send("PUT", "/api/v1/account/password", Map.of("password", password, "newPassword", newPassword));
    }

    private static Answer delete(Visitor person, String password) {
        return person.send("DELETE", "/api/v1/account", Map.of("password", password));
    }
}
