package org.videowindow.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor.Answer;

class WebPagesTest extends PortalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sign-in",
                "/sign-up",
                "/verify-email?token=abc",
                "/forgot-password",
                "/reset-password?token=abc",
                "/account",
                "/admin",
                "/admin/users",
                "/test-connection?run=1",
                "/j/abc-defg-hij",
                "/j/no-such-room"
            })
    void everyRouteOfTheApplicationIsItsOnePage(String route) {
        Answer answer = visitor().get(route, "Accept", "text/html");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.text()).contains("Page of the tests");
        assertThat(answer.header("Cache-Control")).contains("no-cache");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
    }

    @Test
    void filesNamedByTheirContentAreKeptForGood() {
        Answer answer = visitor().get("/assets/app-1a2b3c4d.js");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/javascript");
        assertThat(answer.header("Cache-Control")).contains("max-age=31536000", "public", "immutable");
        assertThat(visitor().get("/assets/app-00000000.js").status()).isEqualTo(404);
    }

    @Test
    void aPersonWhoIsLostSeesThePageAProgramSeesAProblem() {
        Answer person = visitor().get("/nothing/here", "Accept", "text/html,*/*;q=0.8");
        assertThat(person.status()).isEqualTo(404);
        assertThat(person.text()).contains("Page of the tests");
        Answer program = visitor().get("/nothing/here");
        assertThat(program.status()).isEqualTo(404);
        assertThat(program.code()).isEqualTo("not-found");
        Answer api = visitor().get("/api/v1/nothing", "Accept", "text/html");
        assertThat(api.status()).isEqualTo(404);
        assertThat(api.code()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/application.yaml",
                "/..%2fapplication.yaml",
                "/assets/..%2f..%2fapplication.yaml",
                "/static/index.html",
                "/assets/%2e%2e/%2e%2e/application.yaml",
                "/db/migration/V1__accounts_meetings_keys.sql",
                "/h2-console",
                "/WEB-INF/web.xml"
            })
    void nothingElseOfTheClassPathIsServed(String path) {
        Answer answer = visitor().get(path);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text()).doesNotContain("portal:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void pagesCanOnlyBeRead(String method) {
        Answer answer = visitor().arrive().send(method, "/", "{}");
        assertThat(answer.status()).isIn(401, 403, 405);
    }
}
