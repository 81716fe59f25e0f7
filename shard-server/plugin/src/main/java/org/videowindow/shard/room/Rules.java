package org.videowindow.shard.room;

import java.util.Set;
import org.dom4j.Element;
import org.videowindow.shard.token.Claims;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

/**
 * What a session may send where: a pure function of sender, stanza and rooms. Everything not named is refused.
 *
 * <pre>
 * client  -> its server     disco, ping, XEP-0215 and the like
 *         -> its room       presence with its own nick, messages, IQs to occupants; moderation if moderator
 *         -> the focus      the conference request for its room
 *         -> endconference  messages
 * bridge  -> brewery        presence, messages, IQs; never with the nick of the focus
 *         -> the focus, its server
 * focus   -> everywhere
 * </pre>
 */
public final class Rules {
    /** Clients look for this sentence to ask the focus again (lib-jitsi-meet). */
    public static final String NO_ROOM = "Room creation is restricted";

    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    private static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String PING = "urn:xmpp:ping";
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";
    private static final String FOCUS = "http://jitsi.org/protocol/focus";
    private static final Set<String> SERVER_GET = Set.of(
            DISCO_INFO,
            DISCO_ITEMS,
            PING,
            "urn:xmpp:extdisco:1",
            "urn:xmpp:extdisco:2",
            "urn:xmpp:time",
            "jabber:iq:version",
            "jabber:iq:roster");
    private static final Set<String> SERVER_SET =
            Set.of("urn:ietf:params:xml:ns:xmpp-bind", "urn:ietf:params:xml:ns:xmpp-session", "urn:xmpp:carbons:2");

    private final Places places;
    private final RoomView rooms;

    public Rules(Places places, RoomView rooms) {
        this.places = places;
        this.rooms = rooms;
    }

    /**
     * Decides about a stanza.
     *
     * @param from the session's own full address
     */
    public Verdict decide(Sender sender, JID from, Packet stanza) {
        if (sender instanceof Sender.Focus) {
            return Verdict.PASS;
        }
        if (sender instanceof Sender.Bridge) {
            return ofBridge(from, stanza);
        }
        if (sender instanceof Sender.Client client) {
            return ofClient(client.claims(), from, stanza);
        }
        return Verdict.notAllowed("stranger", "This account may not use the server.");
    }

    private Verdict bridgePresence(JID from, JID to, Presence presence) {
        if (Places.FOCUS_NICK.equalsIgnoreCase(to.getResource())) {
            return Verdict.notAllowed("focus_nick", "The nick focus belongs to the focus.");
        }
        // The focus makes the brewery, as it makes every room: one that a bridge had made would stay locked to it.
        boolean joins = presence.getType() == null && !rooms.inside(to.getNode(), from);
        return joins && !rooms.ready(to.getNode()) ? Verdict.notAllowed("no_room", NO_ROOM) : Verdict.PASS;
    }

    private Verdict ofBridge(JID from, Packet stanza) {
        JID to = stanza.getTo();
        if (places.isRoomService(to) && places.brewery().equals(to.getNode())) {
            return stanza instanceof Presence presence ? bridgePresence(from, to, presence) : Verdict.PASS;
        }
        if (places.isFocus(to) || (places.isServer(to, from) && !(stanza instanceof Message))) {
            return Verdict.PASS;
        }
        // XMPP libraries look whether the service has rooms at all before they enter the brewery.
        if (places.isRoomService(to)
                && to.getNode() == null
                && stanza instanceof IQ iq
                && iq.getType() == IQ.Type.get) {
            return Verdict.PASS;
        }
        return refuse(stanza, "bridge_elsewhere", "A bridge talks to the focus only.");
    }

    private Verdict ofClient(Claims claims, JID from, Packet stanza) {
        JID to = stanza.getTo();
        if (stanza instanceof Presence presence) {
            return presence(claims, from, to, presence);
        }
        if (stanza instanceof Message message) {
            return message(claims, from, to, message);
        }
        return stanza instanceof IQ iq ? iq(claims, from, to, iq) : new Verdict.Drop("unknown_stanza");
    }

    private Verdict presence(Claims claims, JID from, JID to, Presence presence) {
        boolean stateful = presence.getType() == null || presence.getType() == Presence.Type.unavailable;
        if (!stateful) {
            return new Verdict.Drop("presence_type");
        }
        if (places.isServer(to, from)) {
            return Verdict.PASS;
        }
        Verdict place = roomOf(claims, to, presence);
        if (place != Verdict.PASS) {
            return place;
        }
        if (!claims.endpointId().equals(to.getResource())) {
            return Verdict.notAllowed("nick", "The nick is given by the token.");
        }
        boolean joins = presence.getType() == null && !rooms.inside(to.getNode(), from);
        if (joins && !rooms.ready(to.getNode())) {
            return Verdict.notAllowed("no_room", NO_ROOM);
        }
        return Verdict.PASS;
    }

    private Verdict message(Claims claims, JID from, JID to, Message message) {
        if (message.getType() == Message.Type.error) {
            return new Verdict.Drop("message_type");
        }
        if (places.isEndConference(to)) {
            return Verdict.PASS;
        }
        Verdict place = roomOf(claims, to, message);
        if (place != Verdict.PASS) {
            return place;
        }
        boolean toAll = to.getResource() == null;
        if (toAll && message.getType() != Message.Type.groupchat) {
            return invites(message) && rooms.moderator(to.getNode(), from)
                    ? Verdict.PASS
                    : Verdict.forbidden("message_type", "Only moderators invite.");
        }
        return Verdict.PASS;
    }

    private static boolean invites(Message message) {
        Element user = message.getChildElement("x", MUC_USER);
        return user != null && user.element("invite") != null;
    }

    private Verdict iq(Claims claims, JID from, JID to, IQ iq) {
        if (iq.getType() == IQ.Type.result || iq.getType() == IQ.Type.error) {
            boolean expected =
                    places.isServer(to, from) || places.isFocus(to) || roomOf(claims, to, iq) == Verdict.PASS;
            return expected ? Verdict.PASS : new Verdict.Drop("answer_elsewhere");
        }
        Element child = iq.getChildElement();
        if (child == null) {
            return new Verdict.Refuse(
                    "empty_iq", PacketError.Condition.bad_request, PacketError.Type.modify, "The request is empty.");
        }
        String namespace = child.getNamespaceURI();
        if (places.isServer(to, from)) {
            return (iq.getType() == IQ.Type.get ? SERVER_GET : SERVER_SET).contains(namespace)
                    ? Verdict.PASS
                    : new Verdict.Refuse(
                            "server_iq",
                            PacketError.Condition.service_unavailable,
                            PacketError.Type.cancel,
                            "The server does not offer this.");
        }
        if (places.isFocus(to)) {
            return conferenceRequest(claims, iq, child);
        }
        if (places.isRoomService(to) && to.getNode() == null) {
            return iq.getType() == IQ.Type.get && (DISCO_INFO.equals(namespace) || PING.equals(namespace))
                    ? Verdict.PASS
                    : Verdict.notAllowed("room_service_iq", "Rooms are not listed or made by clients.");
        }
        Verdict place = roomOf(claims, to, iq);
        return place == Verdict.PASS ? roomIq(from, to, iq, child) : place;
    }

    private Verdict conferenceRequest(Claims claims, IQ iq, Element child) {
        boolean request = iq.getType() == IQ.Type.set
                && "conference".equals(child.getName())
                && FOCUS.equals(child.getNamespaceURI());
        if (!request) {
            return Verdict.notAllowed("focus_iq", "The focus is asked for conferences only.");
        }
        String room = child.attributeValue("room", "");
        String suffix = "@" + places.rooms();
        boolean own = room.endsWith(suffix)
                && claims.opens(room.substring(0, room.length() - suffix.length()))
                && !room.equals(places.brewery() + suffix);
        return own ? Verdict.PASS : otherRoom();
    }

    private Verdict roomIq(JID from, JID to, IQ iq, Element child) {
        if (Moderation.concerns(child)) {
            return Moderation.decide(places, rooms.moderator(to.getNode(), from), iq, child);
        }
        if (to.getResource() != null) {
            return Verdict.PASS;
        }
        return iq.getType() == IQ.Type.get
                        && (DISCO_INFO.equals(child.getNamespaceURI()) || PING.equals(child.getNamespaceURI()))
                ? Verdict.PASS
                : Verdict.notAllowed("room_iq", "The room does not offer this.");
    }

    /** PASS for an address in the client's own room. */
    private Verdict roomOf(Claims claims, JID to, Packet stanza) {
        if (!places.isRoomService(to) || to.getNode() == null) {
            return refuse(stanza, "elsewhere", "Clients talk to their room only.");
        }
        if (places.brewery().equals(to.getNode())) {
            return refuse(stanza, "brewery", "This room is for bridges.");
        }
        return claims.opens(to.getNode()) ? Verdict.PASS : otherRoom();
    }

    private static Verdict otherRoom() {
        return Verdict.notAllowed("other_room", "The token is for another room.");
    }

    private static Verdict refuse(Packet stanza, String reason, String text) {
        boolean answer = stanza instanceof IQ iq && (iq.getType() == IQ.Type.result || iq.getType() == IQ.Type.error);
        return answer ? new Verdict.Drop(reason) : Verdict.notAllowed(reason, text);
    }
}
