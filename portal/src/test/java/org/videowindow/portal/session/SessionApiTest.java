package org.videowindow.portal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;
import tools.jackson.databind.JsonNode;

/** Access tokens that expire, refresh tokens that rotate. */
class SessionApiTest extends PortalTest {
    private static final String REFRESH = "/api/v1/session/refresh";

    @Autowired
    private Sessions sessions;

    @Autowired
    private JdbcClient sql;

    @Test
    void anAccessTokenWorksForFifteenMinutesAndARefreshBringsTheNext() {
        Visitor visitor = visitor().signUp();
        String first = visitor.cookie("VW_SESSION");
        clock.move(Duration.ofMinutes(14));
        assertThat(visitor.get("/api/v1/meetings").status()).isEqualTo(200);
        clock.move(Duration.ofMinutes(2));
        assertThat(visitor.get("/api/v1/meetings").code()).isEqualTo("access-expired");
        assertThat(refreshable(visitor)).isTrue();

        Answer answer = visitor.post(REFRESH, Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/account/name").asString()).isEqualTo("Visitor");
        assertThat(answer.json().propertyNames()).containsExactly("account");
        assertThat(answer.setCookie("VW_SESSION")).contains("Max-Age=2592000");
        assertThat(answer.setCookie("VW_REFRESH")).contains("Max-Age=2592000");
        assertThat(visitor.cookie("VW_SESSION")).isNotEqualTo(first);
        assertThat(visitor.get("/api/v1/meetings").status()).isEqualTo(200);
        assertThat(refreshable(visitor)).isFalse();
    }

    @Test
    void whoseAccessTokenHasExpiredIsNotTakenForAGuest() {
        Visitor owner = visitor().signUp();
        String tickets = "/api/v1/rooms/" + owner.meeting("Weekly").path("room").asString() + "/tickets";
        clock.move(Duration.ofMinutes(16));
        assertThat(owner.post(tickets, Map.of("name", "Gus")).code()).isEqualTo("access-expired");
        owner.post(REFRESH, Map.of());
        assertThat(owner.post(tickets, Map.of()).json().path("role").asString()).isEqualTo("owner");
    }

    @Test
    void requestsOnTheirWayMayCarryTheAccessTokenOfBefore() {
        Visitor visitor = visitor().signUp();
        String first = String.valueOf(visitor.cookie("VW_SESSION"));
        visitor.post(REFRESH, Map.of());
        assertThat(with(first).get("/api/v1/meetings").status()).isEqualTo(200);
        clock.move(Duration.ofMinutes(16));
        assertThat(with(first).get("/api/v1/meetings").code()).isEqualTo("access-expired");
    }

    @Test
    void aSessionLastsAsLongAsItIsRefreshedAndEndsWhenItIsNot() {
        Visitor visitor = visitor().signUp();
        for (int i = 0; i < 3; i++) {
            clock.move(Duration.ofDays(29));
            assertThat(visitor.post(REFRESH, Map.of()).status()).isEqualTo(200);
        }
        clock.move(Duration.ofDays(31));
        assertThat(refreshable(visitor)).isFalse();
        Answer answer = visitor.post(REFRESH, Map.of());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("session-ended");
        assertThat(answer.setCookie("VW_SESSION")).contains("Max-Age=0");
        assertThat(answer.setCookie("VW_REFRESH")).contains("Max-Age=0");
    }

    @Test
    void aRefreshTokenThatComesASecondTimeEndsTheSessionForBoth() {
        Visitor victim = visitor().signUp();
        Visitor thief = copyOf(victim);
        assertThat(victim.post(REFRESH, Map.of()).status()).isEqualTo(200);
        clock.move(Duration.ofSeconds(11));
        assertThat(thief.post(REFRESH, Map.of()).code()).isEqualTo("session-ended");
        assertThat(victim.get("/api/v1/meetings").code()).isEqualTo("sign-in-required");
        assertThat(victim.post(REFRESH, Map.of()).code()).isEqualTo("session-ended");
    }

    @Test
    void aThiefWhoIsFasterIsFoundOutByTheVictim() {
        Visitor victim = visitor().signUp();
        Visitor thief = copyOf(victim);
        clock.move(Duration.ofMinutes(16));
        assertThat(thief.post(REFRESH, Map.of()).status()).isEqualTo(200);
        clock.move(Duration.ofMinutes(1));
        assertThat(victim.post(REFRESH, Map.of()).code()).isEqualTo("session-ended");
        assertThat(thief.get("/api/v1/meetings").status()).isEqualTo(401);
    }

    @Test
    void aTokenTwoRefreshesOldEndsTheSessionAlsoWithinTheGrace() {
        Visitor victim = visitor().signUp();
        Visitor thief = copyOf(victim);
        victim.post(REFRESH, Map.of());
        victim.post(REFRESH, Map.of());
        assertThat(thief.post(REFRESH, Map.of()).code()).isEqualTo("session-ended");
        assertThat(victim.get("/api/v1/meetings").status()).isEqualTo(401);
    }

    @Test
    void aLostAnswerIsForgivenForTenSecondsAndLeadsToTheSameTokens() {
        Visitor visitor = visitor().signUp();
        Visitor again = copyOf(visitor);
        visitor.post(REFRESH, Map.of());
        clock.move(Duration.ofSeconds(5));
        assertThat(again.post(REFRESH, Map.of()).status()).isEqualTo(200);
        assertThat(again.cookie("VW_SESSION")).isEqualTo(visitor.cookie("VW_SESSION"));
        assertThat(again.cookie("VW_REFRESH")).isEqualTo(visitor.cookie("VW_REFRESH"));
        clock.move(Duration.ofMinutes(20));
        assertThat(again.post(REFRESH, Map.of()).status()).isEqualTo(200);
    }

    @Test
    void manyTabsThatRefreshAtTheSameMomentGetTheSameTokens() throws Exception {
        Visitor visitor = visitor().signUp();
        List<Visitor> tabs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tabs.add(copyOf(visitor));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> statuses = tabs.stream()
                    .map(tab -> threads.submit(() -> tab.post(REFRESH, Map.of()).status()))
                    .toList();
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
        assertThat(tabs.stream().map(tab -> tab.cookie("VW_REFRESH")).distinct())
                .hasSize(1);
        assertThat(tabs.stream().map(tab -> tab.cookie("VW_SESSION")).distinct())
                .hasSize(1);
        assertThat(tabs.getLast().get("/api/v1/meetings").status()).isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSessionAlsoWhenItsAccessTokenHasExpired() {
        Visitor visitor = visitor().signUp();
        Visitor before = copyOf(visitor);
        clock.move(Duration.ofMinutes(16));
        assertThat(visitor.delete("/api/v1/session").status()).isEqualTo(204);
        assertThat(visitor.cookie("VW_REFRESH")).isNull();
        assertThat(before.post(REFRESH, Map.of()).code()).isEqualTo("session-ended");
    }

    @Test
    void refreshingByCookieNeedsTheCsrfHeader() {
        Visitor visitor = visitor().signUp();
        assertThat(visitor.withoutCsrf().post(REFRESH, Map.of()).code()).isEqualTo("csrf");
    }

    @Test
    void anAppHasItsTokensInTheBodyAndNeedsNeitherCookiesNorCsrf() {
        String email = Visitor.newEmail();
        visitor().signUp(email, "Ada");
        Answer signedIn =
                visitor().post("/api/v1/session?tokens=true", Map.of("email", email, "password", Visitor.PASSWORD));
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.setCookie("VW_SESSION")).isEmpty();
        assertThat(signedIn.setCookie("VW_REFRESH")).isEmpty();
        JsonNode first = signedIn.json();
        assertThat(Instant.parse(first.path("accessExpiresAt").asString()))
                .isBetween(
                        clock.instant().plus(Duration.ofMinutes(14)),
                        clock.instant().plus(Duration.ofMinutes(15)));
        assertThat(bearer(first, "GET", "/api/v1/meetings", null).status()).isEqualTo(200);
        assertThat(bearer(first, "POST", "/api/v1/meetings", Map.of("name", "Weekly"))
                        .status())
                .isEqualTo(201);
        clock.move(Duration.ofMinutes(16));
        assertThat(bearer(first, "GET", "/api/v1/meetings", null).code()).isEqualTo("access-expired");

        JsonNode second = refresh(first).json();
        assertThat(bearer(second, "GET", "/api/v1/meetings", null).status()).isEqualTo(200);
        assertThat(bearer(second, "DELETE", "/api/v1/session", null).status()).isEqualTo(204);
        assertThat(bearer(second, "GET", "/api/v1/meetings", null).code()).isEqualTo("sign-in-required");
        assertThat(refresh(second).code()).isEqualTo("session-ended");
    }

    @Test
    void aRefreshTokenInTheCookieNeverComesBackInABody() {
        Answer answer = visitor().signUp().post(REFRESH + "?tokens=true", Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames()).containsExactly("account");
    }

    @Test
    void aBearerTokenStandsAloneWhateverTheCookieSays() {
        assertThat(visitor()
                        .signUp()
                        .get("/api/v1/meetings", "Authorization", "Bearer nonsense")
                        .code())
                .isEqualTo("sign-in-required");
    }

    @Test
    void aRefreshTokenIsNoAccessToken() {
        String refresh = String.valueOf(visitor().signUp().cookie("VW_REFRESH"));
        assertThat(with(refresh).get("/api/v1/meetings").code()).isEqualTo("sign-in-required");
    }

    @Test
    void theDatabaseHasNothingThatCouldBeSentAsAToken() {
        Visitor visitor = visitor().signUp();
        visitor.post(REFRESH, Map.of());
        String row = sql.sql("select * from account_session where account_id = ?")
                .param(UUID.fromString(visitor.accountId()))
                .query()
                .singleRow()
                .toString();
        for (String cookie : List.of("VW_SESSION", "VW_REFRESH")) {
            String secret = String.valueOf(visitor.cookie(cookie)).split("\\.", 2)[1];
            assertThat(row).doesNotContain(secret);
        }
    }

    @Test
    void allSessionsOfAnAccountEndAtOnce() {
        String email = Visitor.newEmail();
        Visitor one = visitor().signUp(email, "Ada");
        Visitor other = visitor().arrive();
        other.post("/api/v1/session", Map.of("email", email, "password", Visitor.PASSWORD));
        assertThat(sessions.endAll(UUID.fromString(one.accountId()))).isEqualTo(2);
        assertThat(one.get("/api/v1/meetings").status()).isEqualTo(401);
        assertThat(other.post(REFRESH, Map.of()).code()).isEqualTo("session-ended");
    }

    @Test
    void expiredSessionsAreForgotten() {
        UUID account = UUID.fromString(visitor().signUp().accountId());
        clock.move(Duration.ofDays(31));
        sessions.forgetExpired();
        assertThat(sql.sql("select count(*) from account_session where account_id = ?")
                        .param(account)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static boolean refreshable(Visitor visitor) {
        return visitor.get("/api/v1/session").json().path("refreshable").asBoolean();
    }

    private Answer refresh(JsonNode tokens) {
        return visitor()
                .post(
                        REFRESH,
                        Map.of("refreshToken", tokens.path("refreshToken").asString()));
    }

    private Answer bearer(JsonNode tokens, String method, String path, @Nullable Map<String, String> body) {
        return visitor()
                .send(
                        method,
                        path,
                        body,
                        "Authorization",
                        "Bearer " + tokens.path("accessToken").asString());
    }

    private Visitor with(String accessToken) {
        return visitor().withCookie("VW_SESSION", accessToken);
    }

    private Visitor copyOf(Visitor visitor) {
        Visitor copy = visitor();
        for (String cookie : List.of("VW_SESSION", "VW_REFRESH", "XSRF-TOKEN")) {
            copy.withCookie(cookie, String.valueOf(visitor.cookie(cookie)));
        }
        return copy;
    }
}
