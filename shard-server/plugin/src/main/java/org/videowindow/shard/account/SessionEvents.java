package org.videowindow.shard.account;

import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.event.SessionEventListener;
import org.jivesoftware.openfire.session.LocalClientSession;
import org.jivesoftware.openfire.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.shard.health.Metrics;
import org.videowindow.shard.room.Rooms;
import org.videowindow.shard.room.Sender;
import org.videowindow.shard.stanza.Shard;
import org.xmpp.packet.JID;

/**
 * Follows the server's sessions: an account with a token has one at a time (a new one replaces the old, as after a
 * broken network), a stranger none. Called by the server on the thread that binds or closes.
 */
public final class SessionEvents implements SessionEventListener {
    private static final Logger log = LoggerFactory.getLogger(SessionEvents.class);

    private final Accounts accounts;
    private final Senders senders;
    private final Rooms rooms;
    private final Shard shard;
    private final Metrics metrics;

    public SessionEvents(Accounts accounts, Senders senders, Rooms rooms, Shard shard, Metrics metrics) {
        this.accounts = accounts;
        this.senders = senders;
        this.rooms = rooms;
        this.shard = shard;
        this.metrics = metrics;
    }

    @Override
    public void sessionCreated(Session session) {
        JID address = session.getAddress();
        Sender sender = senders.of(session);
        if (sender instanceof Sender.Stranger) {
            log.warn(
                    "session {} belongs to no account of this shard, or to a service without TLS",
                    session.getStreamID());
            metrics.count("sessions_ended", "stranger");
            session.close();
            return;
        }
        if (sender instanceof Sender.Client) {
            accounts.sessionBegan(address.getNode(), address.toString());
            for (String other : accounts.sessions(address.getNode())) {
                if (!other.equals(address.toString())) {
                    replace(new JID(other, true));
                }
            }
        }
    }

    private void replace(JID old) {
        metrics.count("sessions_ended", "replaced");
        if (SessionManager.getInstance().getSession(old) instanceof LocalClientSession session) {
            SessionEnd.end(session);
        }
    }

    @Override
    public void sessionDestroyed(Session session) {
        JID address = session.getAddress();
        // A session that never sent presence to the server is not signed off from rooms by Openfire 4.2.0 when its
        // WebSocket breaks.
        for (String room : rooms.of(address)) {
            shard.leave(room, address);
        }
        rooms.gone(address);
        if (address.getNode() != null) {
            accounts.sessionEnded(address.getNode(), address.toString());
        }
    }

    @Override
    public void anonymousSessionCreated(Session session) {
        session.close();
    }

    @Override
    public void anonymousSessionDestroyed(Session session) {}

    @Override
    public void resourceBound(Session session) {}
}
