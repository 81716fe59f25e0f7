package org.videowindow.portal.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.videowindow.portal.database.DatabaseTrouble;
import org.videowindow.portal.database.OutageLog;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns whatever a controller throws into a problem with a stable code. Only what is our own bug reaches the log. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private final OutageLog outages;

    private static final Resource PAGE = new ClassPathResource("static/index.html");

    ProblemAdvice(OutageLog outages) {
        this.outages = outages;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ProblemException e) {
        ResponseEntity.BodyBuilder answer = answering(e.code());
        if (e.retryAfter().isPositive()) {
            answer.header(
                    HttpHeaders.RETRY_AFTER,
                    String.valueOf(Math.max(1, e.retryAfter().toSeconds())));
        }
        return answer.body(Problems.detail(e.code(), e.errors()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> changedMeanwhile(OptimisticLockingFailureException e) {
        return answer(ProblemCode.CHANGED_MEANWHILE);
    }

    /** An id in the path that is none (not a UUID, say) names nothing. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> noSuchThing(MethodArgumentTypeMismatchException e) {
        return answer(ProblemCode.NOT_FOUND);
    }

    /** The database does not answer: the world's failure and no bug of ours. Everything else is one. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> bug(Exception e, HttpServletRequest request) {
        if (DatabaseTrouble.isBehind(e)) {
            outages.failed(e);
            return answer(ProblemCode.DATABASE_UNAVAILABLE);
        }
        log.error("{} failed", request.getMethod(), e);
        return answer(ProblemCode.INTERNAL);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof RequestTooLargeException) {
                return handleExceptionInternal(e, Problems.detail(ProblemCode.TOO_LARGE), headers, status, request);
            }
            if (cause instanceof UnrecognizedPropertyException unknown) {
                FieldError error = new FieldError(unknown.getPropertyName(), "This field is not known here.");
                ProblemDetail body = Problems.detail(ProblemCode.INVALID, List.of(error));
                return handleExceptionInternal(e, body, headers, status, request);
            }
        }
        return super.handleHttpMessageNotReadable(e, headers, status, request);
    }

    /** People who are lost get the application's page, which says so in its own words; programs get a problem. */
    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        String path = ((ServletWebRequest) request).getRequest().getRequestURI();
        if (accept != null
                && accept.contains(MediaType.TEXT_HTML_VALUE)
                && !path.startsWith("/api/")
                && PAGE.exists()) {
            return ResponseEntity.status(status)
                    .contentType(MediaType.TEXT_HTML)
                    .cacheControl(CacheControl.noStore())
                    .body(PAGE);
        }
        return super.handleNoResourceFoundException(e, headers, status, request);
    }

    /** All of Spring MVC's own refusals end here; each gets a code in place of Spring's wording. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem =
                body instanceof ProblemDetail detail && detail.getProperties() != null ? detail : forStatus(status);
        HttpHeaders answered = new HttpHeaders(headers);
        answered.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        answered.setCacheControl(CacheControl.noStore());
        return super.handleExceptionInternal(
                e, problem, answered, HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    /** The code for a bare status, as servlet container and framework give it. */
    static ProblemCode codeFor(HttpStatusCode status) {
        for (ProblemCode code : List.of(
                ProblemCode.NOT_FOUND,
                ProblemCode.METHOD_NOT_ALLOWED,
                ProblemCode.NOT_ACCEPTABLE,
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                ProblemCode.TOO_LARGE,
                ProblemCode.FORBIDDEN,
                ProblemCode.SIGN_IN_REQUIRED,
                ProblemCode.BUSY)) {
            if (code.status().value() == status.value()) {
                return code;
            }
        }
        return status.is5xxServerError() ? ProblemCode.INTERNAL : ProblemCode.MALFORMED;
    }

    private static ProblemDetail forStatus(HttpStatusCode status) {
        return Problems.detail(codeFor(status));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemCode code) {
        return answering(code).body(Problems.detail(code));
    }

    private static ResponseEntity.BodyBuilder answering(ProblemCode code) {
        return ResponseEntity.status(code.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .cacheControl(CacheControl.noStore());
    }
}
