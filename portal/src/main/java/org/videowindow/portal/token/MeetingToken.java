package org.videowindow.portal.token;

import java.time.Instant;
import java.util.UUID;

/**
 * A signed token with what its holder has to know about it.
 *
 * @param id the {@code jti} claim: node of the client's JID
 * @param text the token in compact form
 */
public record MeetingToken(UUID id, String text, Instant expiresAt) {
    /** Name of the client in the conference: nick in the room, endpoint at the bridge, prefix of its sources. */
    public String endpointId() {
        return id.toString().substring(0, 8);
    }
}
