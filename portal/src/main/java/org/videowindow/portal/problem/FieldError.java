package org.videowindow.portal.problem;

/** One wrong field of a request: the member's name in the JSON body, and a sentence that says what it should be. */
public record FieldError(String field, String message) {}
