package org.videowindow.shard.account;

import java.lang.reflect.Method;
import org.jivesoftware.openfire.Connection;
import org.jivesoftware.openfire.session.LocalClientSession;
import org.jivesoftware.openfire.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.shard.room.Places;
import org.videowindow.shard.room.Sender;
import org.xmpp.packet.JID;

/**
 * Says who stands behind a session. A service is itself only on a TCP connection with TLS: over the WebSocket, which the
 * proxy makes reachable for everybody, its name is worth nothing.
 */
public final class Senders {
    private static final Logger log = LoggerFactory.getLogger(Senders.class);
    private static final String TCP_PACKAGE = "org.jivesoftware.openfire.nio.";

    /** {@code isSecure} became {@code isEncrypted} in Openfire 4.8. */
    private static final Method ENCRYPTED = encryptedMethod();

    private final Places places;
    private final Accounts accounts;
    private final SignIn signIn;

    public Senders(Places places, Accounts accounts, SignIn signIn) {
        this.places = places;
        this.accounts = accounts;
        this.signIn = signIn;
    }

    /** Who the session's account is. */
    public Sender of(Session session) {
        JID address = session.getAddress();
        if (!places.domain().equals(address.getDomain())) {
            return new Sender.Stranger();
        }
        String node = address.getNode();
        if (signIn.isService(node)) {
            if (!secure(session)) {
                return new Sender.Stranger();
            }
            return node.equals(places.focusAccount()) ? new Sender.Focus() : new Sender.Bridge();
        }
        return accounts.claims(node)
                .map(claims -> (Sender) new Sender.Client(claims))
                .orElseGet(Sender.Stranger::new);
    }

    private static boolean secure(Session session) {
        if (!(session instanceof LocalClientSession local) || local.isDetached()) {
            return false;
        }
        Connection connection = local.getConnection();
        return connection != null && connection.getClass().getName().startsWith(TCP_PACKAGE) && encrypted(connection);
    }

    private static boolean encrypted(Connection connection) {
        try {
            return (Boolean) ENCRYPTED.invoke(connection);
        } catch (ReflectiveOperationException e) {
            log.error("cannot tell whether a connection has TLS", e);
            return false;
        }
    }

    private static Method encryptedMethod() {
        try {
            return Connection.class.getMethod("isEncrypted");
        } catch (NoSuchMethodException e) {
            try {
                return Connection.class.getMethod("isSecure");
            } catch (NoSuchMethodException neither) {
                throw new IllegalStateException("This Openfire does not tell whether a connection has TLS", neither);
            }
        }
    }
}
