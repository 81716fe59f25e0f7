package org.videowindow.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;

class RequestSizeTest extends PortalTest {
    private static final String TOO_LARGE = "{\"name\":\"" + "x".repeat(20_000) + "\"}";

    @Test
    void aBodyThatSaysItIsTooLargeIsNotRead() {
        Answer answer = visitor().signUp().post("/api/v1/meetings", TOO_LARGE);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("too-large");
    }

    @Test
    void aBodyThatDoesNotSayHowLargeItIsIsReadUpToTheLimitOnly() {
        byte[] body = TOO_LARGE.getBytes(StandardCharsets.UTF_8);
        Answer answer = visitor()
                .signUp()
                .post("/api/v1/meetings", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("too-large");
        byte[] small = "{\"name\":\"Weekly\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(visitor()
                        .signUp()
                        .post("/api/v1/meetings", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(small)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void deepNestingIsMalformed() {
        Answer answer = visitor().signUp().post("/api/v1/meetings", "{\"name\":" + "[".repeat(5_000));
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void headersHaveALimitToo() {
        assertThat(visitor()
                        .get("/api/v1/session", "X-Large", "x".repeat(20_000))
                        .status())
                .isIn(400, 431);
    }

    @Test
    void anotherMethodThanTheKnownOnesIsRefused() {
        Visitor visitor = visitor().signUp();
        Answer answer = visitor.send("PUT", "/api/v1/meetings", Map.of("name", "x"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow")).contains("GET", "POST");
    }
}
