package org.videowindow.portal.problem;

import java.io.Serial;
import java.time.Duration;
import java.util.List;

/**
 * Ends a request with a refusal. Carries no stack trace: it is an answer, not a failure of ours, and hostile requests
 * may cause many.
 */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<FieldError> errors;
    private final Duration retryAfter;

    public ProblemException(ProblemCode code) {
        this(code, List.of(), Duration.ZERO);
    }

    private ProblemException(ProblemCode code, List<FieldError> errors, Duration retryAfter) {
        super(code.sentence(), null, false, false);
        this.code = code;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    /** A refusal that ends by itself after a time. */
    public static ProblemException retryAfter(ProblemCode code, Duration wait) {
        return new ProblemException(code, List.of(), wait);
    }

    static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(ProblemCode.INVALID, errors, Duration.ZERO);
    }

    /** Why the request was refused. */
    public ProblemCode code() {
        return code;
    }

    /** The wrong fields; empty unless the code is {@code invalid}. */
    public List<FieldError> errors() {
        return errors;
    }

    /** After which time the same request may succeed; zero where waiting does not help. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
