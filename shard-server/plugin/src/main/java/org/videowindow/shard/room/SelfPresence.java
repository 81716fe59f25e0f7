package org.videowindow.shard.room;

import java.util.Optional;
import org.dom4j.Element;
import org.dom4j.QName;
import org.xmpp.packet.JID;
import org.xmpp.packet.Presence;

/**
 * A presence that a room sends to an occupant about that occupant itself. Openfire 4.2.0 often forgets status 110 (XEP-0045,
 * 7.14 and 8.2) when somebody leaves or is kicked, and clients then wait for it.
 */
public final class SelfPresence {
    private static final QName USER = QName.get("x", "http://jabber.org/protocol/muc#user");
    private static final String SELF = "110";

    private SelfPresence() {}

    /** Whether the presence is about its own recipient. */
    public static boolean isSelf(Presence presence, JID recipient, Optional<Rooms.Occupant> known) {
        Element user = presence.getElement().element(USER);
        if (user == null || presence.getFrom().getResource() == null) {
            return false;
        }
        if (hasStatus(user, SELF)) {
            return true;
        }
        if (known.isPresent()) {
            return known.get().nick().equalsIgnoreCase(presence.getFrom().getResource());
        }
        Element item = user.element("item");
        return item != null && recipient.toString().equals(item.attributeValue("jid"));
    }

    /** Whether the recipient is told that it is this one. */
    public static boolean says110(Presence presence) {
        Element user = presence.getElement().element(USER);
        return user != null && hasStatus(user, SELF);
    }

    /** A copy that tells it; the original goes to other occupants as well. */
    public static Presence with110(Presence presence) {
        Presence copy = presence.createCopy();
        copy.getElement().element(USER).addElement("status").addAttribute("code", SELF);
        return copy;
    }

    /** The occupant as the presence describes it. */
    public static Rooms.Occupant occupant(Presence presence) {
        Element item = presence.getElement().element(USER).element("item");
        boolean moderator = item != null && "moderator".equals(item.attributeValue("role"));
        return new Rooms.Occupant(presence.getFrom().getResource(), moderator);
    }

    private static boolean hasStatus(Element user, String code) {
        return user.elements("status").stream().anyMatch(status -> code.equals(status.attributeValue("code")));
    }
}
