package org.videowindow.portal.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;
import org.videowindow.portal.session.Sessions;

class AccountApiTest extends PortalTest {
    @Autowired
    private Sessions sessions;

    @Test
    void nobodyIsSignedInAtFirstAndTheCsrfCookieComes() {
        Visitor visitor = visitor();
        Answer answer = visitor.get("/api/v1/session");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("account").isNull()).isTrue();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.setCookie("XSRF-TOKEN"))
                .contains("Path=/", "SameSite=Lax")
                .doesNotContain("HttpOnly");
        assertThat(answer.header("X-XSRF-TOKEN")).isEqualTo(visitor.cookie("XSRF-TOKEN"));
    }

    @Test
    void signingUpSignsIn() {
        Visitor visitor = visitor().arrive();
        String email = Visitor.newEmail();
        Answer answer = visitor.post(
                "/api/v1/accounts",
                Map.of(
                        "email",
                        " " + email.toUpperCase(Locale.ROOT) + " ",
                        "password",
                        Visitor.PASSWORD,
                        "name",
                        "Ada"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/account/email").asString()).isEqualTo(email);
        assertThat(answer.json().at("/account/name").asString()).isEqualTo("Ada");
        assertThat(answer.text()).doesNotContain(Visitor.PASSWORD).doesNotContain("argon");
        assertThat(visitor.get("/api/v1/session").json().path("account"))
                .isEqualTo(answer.json().path("account"));
    }

    @Test
    void theSessionCookieIsOutOfReachOfScriptsAndForeignSites() {
        Visitor visitor = visitor().arrive();
        Answer answer = visitor.post(
                "/api/v1/accounts", Map.of("email", Visitor.newEmail(), "password", Visitor.PASSWORD, "name", "Ada"));
        assertThat(answer.setCookie("VW_SESSION")).contains("HttpOnly", "SameSite=Lax", "Path=/;", "Max-Age=2592000");
        assertThat(answer.setCookie("VW_REFRESH"))
                .contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/session;", "Max-Age=2592000");
        assertThat(visitor.cookie("VW_SESSION")).hasSize(66);
    }

    @Test
    void allWrongFieldsAreNamedAtOnce() {
        Answer answer = visitor().arrive().post("/api/v1/accounts", Map.of("email", "ada", "password", "short"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("invalid");
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(e -> e.path("field").asString()))
                .containsExactlyInAnyOrder("email", "password", "name");
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(e -> e.path("message").asString()))
                .allSatisfy(message -> assertThat(message).endsWith("."));
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("detail").asString()).isNotBlank();
        assertThat(answer.json().path("title").asString()).isNotBlank();
        assertThat(answer.json().path("status").asInt()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({
        "email, '', email", "email, 'a b@example.org', email", "email, '<x>@example.org', email",
        "password, aaaaaaaaaaaaaa, password", "password, password1234, password", "password, 1234567890, password",
        "name, '   ', name", "name, 'a\u0007b', name"
    })
    void aBadFieldIsRefused(String field, String value, String named) {
        Map<String, String> body =
                new HashMap<>(Map.of("email", Visitor.newEmail(), "password", Visitor.PASSWORD, "name", "Ada"));
        body.put(field, value);
        Answer answer = visitor().arrive().post("/api/v1/accounts", body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(named);
    }

    @Test
    void anAddressSignsUpOnlyOnceWhateverItsCase() {
        String email = Visitor.newEmail();
        visitor().signUp(email, "Ada");
        Answer answer = visitor()
                .arrive()
                .post(
                        "/api/v1/accounts",
                        Map.of("email", email.toUpperCase(Locale.ROOT), "password", Visitor.PASSWORD, "name", "Eve"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("email-taken");
    }

    @Test
    void wrongPasswordAndUnknownAddressGetTheSameAnswer() {
        String email = Visitor.newEmail();
        visitor().signUp(email, "Ada");
        Answer wrong = signIn(visitor().arrive(), email, "not the password");
        Answer unknown = signIn(visitor().arrive(), Visitor.newEmail(), "not the password");
        assertThat(List.of(wrong.status(), unknown.status())).containsOnly(401);
        assertThat(wrong.code()).isEqualTo("wrong-credentials");
        assertThat(wrong.text()).isEqualTo(unknown.text());
        assertThat(wrong.headers("Set-Cookie")).noneMatch(header -> header.startsWith("VW_SESSION"));
    }

    @Test
    void aMissingOrEndlessPasswordIsJustWrong() {
        String email = Visitor.newEmail();
        visitor().signUp(email, "Ada");
        assertThat(visitor()
                        .arrive()
                        .post("/api/v1/session", Map.of("email", email))
                        .code())
                .isEqualTo("wrong-credentials");
        assertThat(signIn(visitor().arrive(), email, "x".repeat(8000)).code()).isEqualTo("wrong-credentials");
        assertThat(visitor().arrive().post("/api/v1/session", Map.of()).code()).isEqualTo("wrong-credentials");
    }

    @Test
    void signingInGivesANewSessionAndEndsTheOneThatWasThere() {
        String email = Visitor.newEmail();
        Visitor visitor = visitor().signUp(email, "Ada");
        String before = visitor.cookie("VW_SESSION");
        String csrfBefore = visitor.cookie("XSRF-TOKEN");
        assertThat(signIn(visitor, email, Visitor.PASSWORD).status()).isEqualTo(200);
        assertThat(visitor.cookie("VW_SESSION")).isNotEqualTo(before);
        assertThat(visitor.cookie("XSRF-TOKEN")).isNotEqualTo(csrfBefore);
        Visitor old = visitor().withCookie("VW_SESSION", before);
        assertThat(old.get("/api/v1/meetings").code()).isEqualTo("sign-in-required");
    }

    @Test
    void aSessionThatTheVisitorBroughtIsNeverTaken() {
        String email = Visitor.newEmail();
        visitor().signUp(email, "Ada");
        Visitor visitor = visitor().arrive().withCookie("VW_SESSION", "planted-by-somebody-else");
        signIn(visitor, email, Visitor.PASSWORD);
        assertThat(visitor.cookie("VW_SESSION")).isNotEqualTo("planted-by-somebody-else");
        assertThat(visitor()
                        .withCookie("VW_SESSION", "planted-by-somebody-else")
                        .get("/api/v1/session")
                        .json()
                        .path("account")
                        .isNull())
                .isTrue();
    }

    @Test
    void signingOutEndsTheSessionForGood() {
        Visitor visitor = visitor().signUp();
        String token = visitor.cookie("VW_SESSION");
        Answer answer = visitor.delete("/api/v1/session");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(visitor.cookie("VW_SESSION")).isNull();
        assertThat(visitor()
                        .withCookie("VW_SESSION", token)
                        .get("/api/v1/meetings")
                        .status())
                .isEqualTo(401);
        assertThat(visitor.delete("/api/v1/session").status()).isEqualTo(204);
    }

    @Test
    void anAccountIsSignedInWithFiftyBrowsersAtMost() {
        Visitor first = visitor().signUp();
        UUID account = UUID.fromString(first.accountId());
        String last = "";
        for (int i = 0; i < 50; i++) {
            assertThat(first.get("/api/v1/meetings").status()).isEqualTo(200);
            clock.move(Duration.ofSeconds(1));
            last = sessions.begin(account).access();
        }
        assertThat(first.get("/api/v1/meetings").status()).isEqualTo(401);
        assertThat(visitor()
                        .withCookie("VW_SESSION", last)
                        .get("/api/v1/meetings")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tooManyWrongPasswordsShutTheDoorForAWhileAlsoForTheRightOne() {
        String email = Visitor.newEmail();
        visitor().signUp(email, "Ada");
        for (int i = 0; i < 3; i++) {
            assertThat(signIn(visitor().arrive(), email, Visitor.PASSWORD).status())
                    .isEqualTo(200);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(signIn(visitor().arrive(), email, "guess number " + i).status())
                    .isEqualTo(401);
        }
        Answer answer = signIn(visitor().arrive(), email, Visitor.PASSWORD);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
    }

    private static Answer signIn(Visitor visitor, String email, String password) {
        return visitor.post("/api/v1/session", Map.of("email", email, "password", password));
    }
}
