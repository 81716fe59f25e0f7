package org.videowindow.shard.stanza;

import java.util.Optional;
import org.dom4j.Element;
import org.dom4j.QName;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.Session;
import org.videowindow.shard.room.Places;
import org.videowindow.shard.room.Rooms;
import org.videowindow.shard.room.SelfPresence;
import org.videowindow.shard.room.Verdict;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

/**
 * Stands where stanzas go out to a session: learns from self-presence who is in which room, adds the status a server
 * forgets, the reasons of our refusals and what clients look for in disco#info. Called by the server on the thread that
 * delivers. Those in a room do not hear that the focus was lost: it comes back and goes on, and clients that heard of it
 * would end their media. A stanza of a room may be the same object for every occupant, so it is copied before it is changed.
 */
public final class Delivery implements PacketInterceptor {
    private static final QName MUC_USER = QName.get("x", "http://jabber.org/protocol/muc#user");

    private final Places places;
    private final Rooms rooms;
    private final DiscoAnswers disco;

    public Delivery(Places places, Rooms rooms, DiscoAnswers disco) {
        this.places = places;
        this.rooms = rooms;
        this.disco = disco;
    }

    @Override
    public void interceptPacket(Packet stanza, Session session, boolean incoming, boolean processed)
            throws PacketRejectedException {
        if (incoming || processed || session == null) {
            return;
        }
        JID from = stanza.getFrom();
        boolean fromRoom = from != null && places.rooms().equals(from.getDomain()) && from.getNode() != null;
        if (stanza.getError() != null) {
            refusal(stanza);
        } else if (fromRoom && stanza instanceof Presence presence) {
            presence(presence, session);
        } else if (fromRoom && stanza instanceof Message && tellsConfiguration(stanza)) {
            StanzaInHand.current().roomAnnounced(from.asBareJID());
        } else if (stanza instanceof IQ iq && iq.getType() == IQ.Type.result && from != null) {
            if (fromRoom && from.getResource() == null) {
                StanzaInHand.current().roomAnswered(from);
            }
            disco.complete(iq);
        }
        if (fromRoom && Shard.answersShard(stanza)) {
            throw new PacketRejectedException();
        }
    }

    private void presence(Presence presence, Session session) throws PacketRejectedException {
        JID recipient = session.getAddress();
        String room = presence.getFrom().getNode();
        if (tellsLossOfFocus(presence, recipient)) {
            throw new PacketRejectedException();
        }
        Optional<Rooms.Occupant> known = rooms.occupant(room, recipient);
        if (!SelfPresence.isSelf(presence, recipient, known)) {
            return;
        }
        if (presence.isAvailable()) {
            rooms.entered(room, recipient, SelfPresence.occupant(presence));
        } else if (SelfPresence.says110(presence)) {
            rooms.left(room, recipient);
        } else {
            session.process(SelfPresence.with110(presence));
            throw new PacketRejectedException();
        }
    }

    private boolean tellsLossOfFocus(Presence presence, JID recipient) {
        JID from = presence.getFrom();
        if (presence.getType() != Presence.Type.unavailable
                || !Places.FOCUS_NICK.equals(from.getResource())
                || places.focusAccount().equals(recipient.getNode())
                || places.brewery().equals(from.getNode())
                || StanzaInHand.current().leaves(from.asBareJID())) {
            return false;
        }
        Element user = presence.getElement().element(MUC_USER);
        return user == null || user.element("destroy") == null;
    }

    private static boolean tellsConfiguration(Packet message) {
        Element user = message.getElement().element(MUC_USER);
        return user != null
                && user.elements("status").stream().anyMatch(status -> "104".equals(status.attributeValue("code")));
    }

    private static void refusal(Packet error) throws PacketRejectedException {
        if (StanzaInHand.current().takeSilence()) {
            throw new PacketRejectedException();
        }
        Optional<Verdict.Refuse> why = StanzaInHand.current().takeRefusal();
        if (why.isPresent()) {
            Verdict.Refuse refuse = why.get();
            error.setError(new PacketError(refuse.condition(), refuse.type(), refuse.text()));
        }
    }
}
