package org.videowindow.portal.problem;

import java.io.IOException;
import java.io.Serial;

/** The body of a request has more bytes than the portal reads. */
public final class RequestTooLargeException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public RequestTooLargeException() {
        super(ProblemCode.TOO_LARGE.sentence());
    }
}
