package org.videowindow.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;

class CsrfTest extends PortalTest {
    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/accounts",
        "POST, /api/v1/session",
        "DELETE, /api/v1/session",
        "POST, /api/v1/meetings",
        "PATCH, /api/v1/meetings/{id}",
        "DELETE, /api/v1/meetings/{id}",
        "PUT, /api/v1/meetings/{id}/moderators/x",
        "DELETE, /api/v1/meetings/{id}/moderators/x",
        "POST, /api/v1/rooms/abc-defg-hij/tickets"
    })
    void whateverChangesSomethingNeedsTheHeader(String method, String path) {
        String address = path.replace("{id}", UUID.randomUUID().toString());
        Visitor visitor = visitor().arrive();
        refused(visitor.withoutCsrf().send(method, address, Map.of()));
        refused(visitor().arrive().withCsrfHeader(UUID.randomUUID().toString()).send(method, address, Map.of()));
        refused(visitor().withCsrfHeader(UUID.randomUUID().toString()).send(method, address, Map.of()));
        refused(visitor().arrive().withCsrfHeader("").send(method, address, Map.of()));
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("csrf");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
}
