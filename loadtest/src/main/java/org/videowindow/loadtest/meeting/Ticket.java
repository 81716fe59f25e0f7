package org.videowindow.loadtest.meeting;

import java.net.URI;

/**
 * What the portal hands to somebody who may join.
 *
 * @param endpointId id of the participant: nick in the room, id at the bridge, beginning of source names
 * @param webSocket XMPP over WebSocket
 * @param domain XMPP domain
 * @param user node to sign in as
 * @param password token that is sent as password
 * @param room address of the room
 * @param focus full address of the focus
 */
record Ticket(
        String endpointId, URI webSocket, String domain, String user, String password, String room, String focus) {
    @Override
    public String toString() {
        return "ticket of " + endpointId;
    }
}
