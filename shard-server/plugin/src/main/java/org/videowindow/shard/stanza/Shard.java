package org.videowindow.shard.stanza;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.dom4j.Element;
import org.jivesoftware.openfire.XMPPServer;
import org.videowindow.shard.room.Places;
import org.videowindow.shard.room.Rooms;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * What the shard itself does in rooms: by stanzas in the name of the focus, which owns every room, so that it works with
 * each version of the server and its room service. Safe for many threads.
 */
public final class Shard {
    private static final String ID_PREFIX = "vw-shard-";
    private static final String MUC_ADMIN = "http://jabber.org/protocol/muc#admin";
    private static final String MUC_OWNER = "http://jabber.org/protocol/muc#owner";
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private final Places places;
    private final Rooms rooms;
    private final AtomicLong ids = new AtomicLong();

    public Shard(Places places, Rooms rooms) {
        this.places = places;
        this.rooms = rooms;
    }

    /** Makes somebody an owner of a room, which gives it role moderator when it enters. */
    public void grantOwner(String room, JID who) {
        rooms.focus(room).ifPresent(focus -> {
            IQ iq = request(room, focus);
            iq.setChildElement("query", MUC_ADMIN)
                    .addElement("item")
                    .addAttribute("affiliation", "owner")
                    .addAttribute("jid", who.toBareJID());
            route(iq);
        });
    }

    /**
     * Ends a room for everybody in it.
     *
     * @param fallback owner in whose name it is done where the focus is not there
     * @param reason sentence shown to the occupants
     */
    public void destroy(String room, JID fallback, String reason) {
        IQ iq = request(room, rooms.focus(room).orElse(fallback));
        Element destroy = iq.setChildElement("query", MUC_OWNER).addElement("destroy");
        destroy.addElement("reason").setText(reason);
        route(iq);
    }

    /** Takes somebody out of a room who can no longer say so. */
    public void leave(String room, JID who) {
        rooms.occupant(room, who).ifPresent(occupant -> {
            Presence presence = new Presence(Presence.Type.unavailable);
            presence.setFrom(who);
            presence.setTo(new JID(room, places.rooms(), occupant.nick(), true));
            route(presence);
        });
    }

    /** Tells everybody in a room that its configuration has changed (XEP-0045, 10.2.1). */
    public void announceConfiguration(JID room) {
        Optional<Rooms.Room> known = rooms.find(room.getNode());
        if (known.isEmpty()) {
            return;
        }
        for (JID occupant : known.get().occupants().keySet()) {
            Message message = new Message();
            message.setType(Message.Type.groupchat);
            message.setFrom(room);
            message.setTo(occupant);
            message.addChildElement("x", MUC_USER).addElement("status").addAttribute("code", "104");
            route(message);
        }
    }

    /** Whether a stanza is a room's answer to one of our requests, which the focus has not asked for. */
    static boolean answersShard(Packet stanza) {
        return stanza instanceof IQ iq
                && (iq.getType() == IQ.Type.result || iq.getType() == IQ.Type.error)
                && iq.getID() != null
                && iq.getID().startsWith(ID_PREFIX);
    }

    private IQ request(String room, JID from) {
        IQ iq = new IQ(IQ.Type.set, ID_PREFIX + ids.incrementAndGet());
        iq.setFrom(from);
        iq.setTo(places.room(room));
        return iq;
    }

    private static void route(Packet stanza) {
        StanzaInHand.current()
                .asShard(() -> XMPPServer.getInstance().getPacketRouter().route(stanza));
    }
}
