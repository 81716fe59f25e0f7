package org.videowindow.bridge.colibri;

import org.jitsi.xmpp.extensions.colibri2.Colibri2Error;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * A COLIBRI2 request that is answered with an error. Carries the condition of RFC 6120 section 8.3.3 and, where the
 * asking part must tell an error of the bridge from one of the room in between, the COLIBRI2 reason.
 */
public final class ColibriRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Condition condition;
    private final Colibri2Error.Reason reason;
    private final String endpointId;

    private ColibriRefusal(Condition condition, Colibri2Error.Reason reason, String endpointId, String message) {
        super(message, null, false, false);
        this.condition = condition;
        this.reason = reason;
        this.endpointId = endpointId;
    }

    static ColibriRefusal badRequest(String message) {
        return new ColibriRefusal(Condition.bad_request, null, null, message);
    }

    /** An error without COLIBRI2 reason. */
    static ColibriRefusal of(Condition condition, String message) {
        return new ColibriRefusal(condition, null, null, message);
    }

    static ColibriRefusal conferenceNotFound(String meetingId) {
        return new ColibriRefusal(
                Condition.item_not_found,
                Colibri2Error.Reason.CONFERENCE_NOT_FOUND,
                null,
                "There is no conference for meeting " + meetingId + ".");
    }

    static ColibriRefusal conferenceExists(String meetingId) {
        return new ColibriRefusal(
                Condition.conflict,
                Colibri2Error.Reason.CONFERENCE_ALREADY_EXISTS,
                null,
                "Meeting " + meetingId + " has a conference of another name.");
    }

    static ColibriRefusal unknownEndpoint(String endpointId) {
        return new ColibriRefusal(
                Condition.item_not_found,
                Colibri2Error.Reason.UNKNOWN_ENDPOINT,
                endpointId,
                "There is no endpoint " + endpointId + ".");
    }

    static ColibriRefusal notImplemented(String what) {
        return new ColibriRefusal(
                Condition.feature_not_implemented,
                Colibri2Error.Reason.FEATURE_NOT_IMPLEMENTED,
                null,
                what + " is not implemented.");
    }

    static ColibriRefusal gracefulShutdown() {
        return new ColibriRefusal(
                Condition.service_unavailable,
                Colibri2Error.Reason.GRACEFUL_SHUTDOWN,
                null,
                "The bridge is drained or about to stop, and takes no new conferences.");
    }

    public Condition condition() {
        return condition;
    }

    /** The COLIBRI2 reason, or {@code null}. */
    public Colibri2Error.Reason reason() {
        return reason;
    }

    /** The error as answer to {@code request}. */
    IQ answer(IQ request) {
        StanzaError.Builder error =
                StanzaError.getBuilder(condition).setDescriptiveEnText(getMessage() == null ? "" : getMessage());
        if (reason != null) {
            error.addExtension(new Colibri2Error(reason));
        }
        if (endpointId != null) {
            error.addExtension(ColibriAnswer.endpoint(endpointId));
        }
        return IQ.createErrorResponse(request, error.build());
    }
}
