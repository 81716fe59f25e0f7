package org.videowindow.focus.colibri;

import java.util.Locale;
import org.videowindow.focus.xmpp.Namespaces;
import org.videowindow.focus.xmpp.StanzaError;

/**
 * Why a request to a bridge did not succeed, as far as the conference acts differently on it.
 *
 * @param kind what to do about it
 * @param text what happened, for the log
 */
public record ColibriFailure(Kind kind, String text) {
    /** What can be wrong. */
    public enum Kind {
        /** The bridge does not answer or cannot be reached: go elsewhere. */
        BRIDGE_SILENT,
        /** The bridge does not know the conference, for example because it restarted: start over. */
        CONFERENCE_UNKNOWN,
        /** The bridge takes nothing new: go elsewhere. */
        BRIDGE_DRAINING,
        /** The bridge does not know the endpoint, for example because it was silent too long: invite it again. */
        ENDPOINT_UNKNOWN,
        /** The bridge refuses this request; others may work. */
        REFUSED,
        /** The link to the shard went down: nobody knows. */
        LINK_LOST
    }

    /** What an error of the bridge, or of the room on the way to it, means. */
    static ColibriFailure of(StanzaError error) {
        String reason = error.detail()
                .filter(detail -> detail.namespace().equals(Namespaces.COLIBRI2))
                .map(detail -> detail.attribute("reason", ""))
                .orElse("")
                .toUpperCase(Locale.ROOT);
        Kind kind = switch (reason) {
            case "CONFERENCE_NOT_FOUND" -> Kind.CONFERENCE_UNKNOWN;
            case "GRACEFUL_SHUTDOWN" -> Kind.BRIDGE_DRAINING;
            case "UNKNOWN_ENDPOINT" -> Kind.ENDPOINT_UNKNOWN;
            case "" -> withoutReason(error.condition());
            default -> Kind.REFUSED;
        };
        return new ColibriFailure(kind, error.toString());
    }

    private static Kind withoutReason(String condition) {
        return switch (condition) {
            // From the room: the bridge is not there any more.
            case "item-not-found",
                    "recipient-unavailable",
                    "remote-server-not-found",
                    "remote-server-timeout",
                    "service-unavailable",
                    "gone" -> Kind.BRIDGE_SILENT;
            default -> Kind.REFUSED;
        };
    }
}
