package org.videowindow.shard.account;

import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.session.LocalClientSession;
import org.xmpp.packet.JID;
import org.xmpp.packet.Presence;

/**
 * Ends a session for good: also one that waits for resumption (XEP-0198), which a mere close would leave waiting, with
 * its owner in the room for the others.
 */
public final class SessionEnd {
    private SessionEnd() {}

    /** Ends a session; nothing happens if it has ended already. */
    public static void end(LocalClientSession session) {
        JID address = session.getAddress();
        session.getStreamManager().formalClose();
        if (!session.isDetached()) {
            session.close();
        }
        SessionManager manager = SessionManager.getInstance();
        if (manager.getSession(address) == session) {
            Presence unavailable = new Presence(Presence.Type.unavailable);
            unavailable.setFrom(address);
            XMPPServer.getInstance().getPacketRouter().route(unavailable);
            manager.removeSession(session);
        }
        manager.removeDetached(session);
    }
}
