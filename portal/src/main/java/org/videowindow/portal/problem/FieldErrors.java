package org.videowindow.portal.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects the wrong fields of one request, so that a person sees all of them at once. Used by one thread. */
public final class FieldErrors {
    private final List<FieldError> errors = new ArrayList<>();

    /** Notes that a field is wrong and why. */
    public void add(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** Ends the request with {@code invalid} when any field was wrong. */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(List.copyOf(errors));
        }
    }
}
