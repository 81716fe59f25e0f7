package org.videowindow.portal.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/j/abc-defg-hij", "/admin/users?query=a%20b&page=2", "/j/abc#x", "/%2F/evil.example"})
    void pagesOfThePortalAreTaken(String path) {
        assertThat(ReturnPath.of(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/j/a\\b",
                "javascript:alert(1)",
                "evil.example",
                "",
                " /",
                "/ /evil.example",
                "/\t/evil.example",
                "/\r\nSet-Cookie: a=b",
                "/ünsinn",
                "/api/v1/session",
            })
    void everythingElseLeadsHome(String asked) {
        assertThat(ReturnPath.of(asked)).isEqualTo("/");
    }

    @Test
    void nothingAndFarTooMuchLeadHome() {
        assertThat(ReturnPath.of(null)).isEqualTo("/");
        assertThat(ReturnPath.of("/" + "a".repeat(ReturnPath.LONGEST))).isEqualTo("/");
    }
}
