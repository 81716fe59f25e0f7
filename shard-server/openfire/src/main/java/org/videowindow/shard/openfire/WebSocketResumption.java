package org.videowindow.shard.openfire;

import java.lang.reflect.Field;
import org.jivesoftware.openfire.Connection;
import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.multiplex.UnknownStanzaException;
import org.jivesoftware.openfire.session.ClientSession;
import org.jivesoftware.openfire.session.LocalClientSession;
import org.jivesoftware.openfire.session.Session;
import org.jivesoftware.openfire.websocket.StreamManagementPacketRouter;
import org.jivesoftware.openfire.websocket.WebSocketConnection;
import org.jivesoftware.openfire.websocket.XmppWebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.Packet;

/**
 * Makes a resumed stream (XEP-0198) usable over the WebSocket. Openfire 4.2.0 hands the connection to the old session but
 * keeps the router of the new, nameless one, so that every further stanza comes from nobody. The first such stanza gives
 * the WebSocket a router for the old session and goes through it. Called by the server before all other interceptors.
 */
final class WebSocketResumption implements PacketInterceptor {
    private static final Logger log = LoggerFactory.getLogger(WebSocketResumption.class);
    private static final int BEFORE_ALL_OTHERS = 0;

    private final Field socket;
    private final Field router;

    private WebSocketResumption() throws NoSuchFieldException {
        socket = WebSocketConnection.class.getDeclaredField("socket");
        router = XmppWebSocket.class.getDeclaredField("router");
        socket.setAccessible(true);
        router.setAccessible(true);
    }

    static void install() {
        try {
            InterceptorManager.getInstance().addInterceptor(BEFORE_ALL_OTHERS, new WebSocketResumption());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("This is not the Openfire the repair was made for", e);
        }
    }

    @Override
    public void interceptPacket(Packet stanza, Session session, boolean incoming, boolean processed)
            throws PacketRejectedException {
        boolean nameless = session instanceof LocalClientSession s
                && s.getAddress().getNode() == null
                && s.isDetached()
                && s.getAuthToken() != null;
        if (!nameless || processed) {
            return;
        }
        if (incoming) {
            LocalClientSession resumed =
                    resumedBy(((LocalClientSession) session).getAuthToken().getUsername());
            if (resumed != null) {
                reroute(stanza, resumed);
            }
        }
        // What the server would answer to the nameless session has nowhere to go.
        throw new PacketRejectedException();
    }

    private static LocalClientSession resumedBy(String account) {
        for (ClientSession session : SessionManager.getInstance().getSessions()) {
            if (account.equals(session.getAddress().getNode())
                    && session instanceof LocalClientSession local
                    && !local.isDetached()
                    && local.getConnection() instanceof WebSocketConnection) {
                return local;
            }
        }
        return null;
    }

    private void reroute(Packet stanza, LocalClientSession resumed) {
        try {
            Connection connection = resumed.getConnection();
            StreamManagementPacketRouter own = new StreamManagementPacketRouter(resumed);
            router.set(socket.get(connection), own);
            own.route(stanza.getElement());
        } catch (IllegalAccessException | UnknownStanzaException e) {
            log.error("a resumed stream stays unusable", e);
        }
    }
}
