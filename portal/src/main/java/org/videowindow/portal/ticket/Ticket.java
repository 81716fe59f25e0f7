package org.videowindow.portal.ticket;

import java.time.Instant;
import java.util.List;
import org.videowindow.portal.turn.IceServer;

/**
 * Everything a client needs to enter a call.
 *
 * @param role owner, moderator, member or guest
 * @param endpointId the client's name in the conference, given by the token
 * @param expiresAt until when the client has to be connected
 */
public record Ticket(
        String room,
        String meetingName,
        String role,
        String endpointId,
        String displayName,
        Instant expiresAt,
        Xmpp xmpp,
        List<IceServer> iceServers) {
    /**
     * Where and how to sign in on the shard.
     *
     * @param jid bare JID: the token's id at the domain
     * @param password the token, sent in the password's place with SASL PLAIN
     */
    public record Xmpp(
            String webSocketUrl,
            String domain,
            String jid,
            String password,
            String roomJid,
            String focusJid,
            String endConferenceJid) {}
}
