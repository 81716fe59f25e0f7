package org.videowindow.bridge.colibri.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * An answer of the private HTTP server.
 *
 * @param status HTTP status
 * @param contentType media type of the body
 * @param body text
 */
record HttpAnswer(int status, String contentType, String body) {
    /** Done, and nothing to say. */
    static final HttpAnswer NOTHING = new HttpAnswer(204, "", "");

    static HttpAnswer json(int status, JsonNode body) {
        return new HttpAnswer(status, "application/json", body.toString());
    }

    /** An error as JSON: a code for programs and a sentence for people. */
    static HttpAnswer error(int status, String code, String message) {
        return json(
                status, JsonNodeFactory.instance.objectNode().put("error", code).put("message", message));
    }
}
