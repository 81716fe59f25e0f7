package org.videowindow.shard.stanza;

import java.util.ArrayList;
import org.dom4j.Element;
import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.ClientSession;
import org.jivesoftware.openfire.session.Session;
import org.videowindow.shard.account.Senders;
import org.videowindow.shard.health.Metrics;
import org.videowindow.shard.room.ClientPresence;
import org.videowindow.shard.room.Places;
import org.videowindow.shard.room.RoomForm;
import org.videowindow.shard.room.Rooms;
import org.videowindow.shard.room.Rules;
import org.videowindow.shard.room.Sender;
import org.videowindow.shard.room.Verdict;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

/**
 * Stands where stanzas of sessions come in: asks {@link Rules}, rewrites presence from the claims, gives owners their
 * affiliation before they join. Called by the server on the thread of the session; keeps no state.
 */
public final class Guard implements PacketInterceptor {
    private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
    private static final String SESSION = "urn:ietf:params:xml:ns:xmpp-session";
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private final Places places;
    private final Senders senders;
    private final Rules rules;
    private final Rooms rooms;
    private final Shard shard;
    private final Metrics metrics;

    public Guard(Places places, Senders senders, Rules rules, Rooms rooms, Shard shard, Metrics metrics) {
        this.places = places;
        this.senders = senders;
        this.rules = rules;
        this.rooms = rooms;
        this.shard = shard;
        this.metrics = metrics;
    }

    @Override
    public void interceptPacket(Packet stanza, Session session, boolean incoming, boolean processed)
            throws PacketRejectedException {
        if (!incoming || session == null || StanzaInHand.current().isShard()) {
            return;
        }
        if (processed) {
            handled(stanza, session);
        } else {
            arrived(stanza, session);
        }
    }

    private void arrived(Packet stanza, Session session) throws PacketRejectedException {
        StanzaInHand inHand = StanzaInHand.current();
        inHand.clear();
        JID address = session.getAddress();
        if (address.getNode() == null) {
            if (!binds(stanza)) {
                reject(stanza, session, Verdict.notAllowed("unbound", "A session is bound first."));
            }
            return;
        }
        Sender sender = senders.of(session);
        Verdict verdict = rules.decide(sender, address, stanza);
        if (verdict != Verdict.PASS) {
            reject(stanza, session, verdict);
        }
        if (sender instanceof Sender.Client client) {
            prepare(stanza, address, client);
        } else if (sender instanceof Sender.Focus) {
            ofFocus(stanza, session);
        }
        if (stanza instanceof IQ iq && places.rooms().equals(domain(iq)) && RoomForm.submitted(iq)) {
            RoomForm.repair(iq);
            inHand.configure(iq.getTo().asBareJID());
        }
    }

    /**
     * That the focus leaves a room by its own word is for everybody to hear; what the server says in its name when its
     * connection has ended is not. Its answers reach also those who have said
     * nothing to the server yet: Openfire passes an answer of another user to available sessions only, and a client asks
     * for its conference before it sends any presence.
     */
    private void ofFocus(Packet stanza, Session session) throws PacketRejectedException {
        JID to = stanza.getTo();
        if (stanza instanceof Presence presence
                && presence.getType() == Presence.Type.unavailable
                && places.rooms().equals(domain(presence))
                && !session.isClosed()) {
            StanzaInHand.current().leave(to.asBareJID());
        } else if (stanza instanceof IQ iq && isAnswer(iq) && to != null && to.getResource() != null) {
            ClientSession asker = places.domain().equals(to.getDomain())
                    ? SessionManager.getInstance().getSession(to)
                    : null;
            if (asker != null && !asker.getPresence().isAvailable()) {
                asker.process(iq.createCopy());
                StanzaInHand.current().silence();
                throw new PacketRejectedException();
            }
        }
    }

    private static boolean isAnswer(IQ iq) {
        return iq.getType() == IQ.Type.result || iq.getType() == IQ.Type.error;
    }

    private static String domain(Packet stanza) {
        return stanza.getTo() == null ? null : stanza.getTo().getDomain();
    }

    private static boolean binds(Packet stanza) {
        if (!(stanza instanceof IQ iq) || iq.getChildElement() == null) {
            return false;
        }
        String namespace = iq.getChildElement().getNamespaceURI();
        return BIND.equals(namespace) || SESSION.equals(namespace);
    }

    private void prepare(Packet stanza, JID address, Sender.Client client) {
        if (stanza instanceof Presence presence) {
            ClientPresence.rewrite(presence, client.claims());
            boolean joins = presence.isAvailable()
                    && places.rooms().equals(domain(presence))
                    && !rooms.inside(presence.getTo().getNode(), address);
            if (joins && client.claims().user().owner()) {
                shard.grantOwner(presence.getTo().getNode(), address);
            }
        } else if (stanza instanceof Message message && !invites(message)) {
            // What a room says to its occupants, for example a status, is not for clients to write.
            Element root = message.getElement();
            for (Element child : new ArrayList<>(root.elements())) {
                if (MUC_USER.equals(child.getNamespaceURI())) {
                    root.remove(child);
                }
            }
        }
    }

    /** Invitations to the room as such; the rules let only moderators send them. */
    private static boolean invites(Message message) {
        return message.getType() == Message.Type.normal && message.getTo().getResource() == null;
    }

    private void handled(Packet stanza, Session session) {
        StanzaInHand inHand = StanzaInHand.current();
        inHand.left();
        inHand.takeConfigured().ifPresent(shard::announceConfiguration);
        if (stanza instanceof Presence presence
                && presence.getType() == Presence.Type.unavailable
                && places.rooms().equals(domain(presence))) {
            rooms.left(presence.getTo().getNode(), session.getAddress());
        }
    }

    private void reject(Packet stanza, Session session, Verdict verdict) throws PacketRejectedException {
        if (verdict instanceof Verdict.Refuse refuse) {
            metrics.count("stanzas_refused", refuse.reason());
            if (stanza instanceof Message message) {
                session.process(error(message, refuse));
            } else {
                StanzaInHand.current().refuse(refuse);
            }
        } else if (verdict instanceof Verdict.Drop drop) {
            metrics.count("stanzas_refused", drop.reason());
            if (!(stanza instanceof Message)) { // the server answers no message it was told to reject
                StanzaInHand.current().silence();
            }
        }
        throw new PacketRejectedException();
    }

    private static Message error(Message message, Verdict.Refuse refuse) {
        Message error = new Message();
        error.setID(message.getID());
        error.setFrom(message.getTo());
        error.setTo(message.getFrom());
        error.setError(new PacketError(refuse.condition(), refuse.type(), refuse.text()));
        return error;
    }
}
