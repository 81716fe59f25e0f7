package org.videowindow.portal.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Forms problem details (RFC 9457) and writes them where no controller is involved: in filters. Stateless. */
@Component
public final class Problems {
    private final JsonMapper json;

    Problems(JsonMapper json) {
        this.json = json;
    }

    /** The body for a code, with its usual sentence. */
    static ProblemDetail detail(ProblemCode code) {
        return detail(code, List.of());
    }

    /** The body for a code; {@code type} stays about:blank, so {@code title} is the status phrase (RFC 9457, 4.2.1). */
    static ProblemDetail detail(ProblemCode code, List<FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(code.status(), code.sentence());
        problem.setTitle(code.status().getReasonPhrase());
        problem.setProperty("code", code.code());
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }

    /** Answers a request from inside a filter. */
    public void write(HttpServletResponse response, ProblemCode code) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(code.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader("Cache-Control", "no-store");
        json.writeValue(response.getOutputStream(), detail(code));
        response.flushBuffer();
    }
}
