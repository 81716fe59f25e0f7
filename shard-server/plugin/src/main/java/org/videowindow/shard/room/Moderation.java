package org.videowindow.shard.room;

import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.dom4j.QName;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.PacketError;

/**
 * What moderators may do with {@code muc#admin} and {@code muc#owner} (XEP-0045, 9 and 10). The room checks roles and
 * affiliations itself; these rules keep the focus in its place and the room as the focus made it.
 */
final class Moderation {
    private static final String ADMIN = "http://jabber.org/protocol/muc#admin";
    private static final String OWNER = "http://jabber.org/protocol/muc#owner";
    private static final QName FORM = QName.get("x", "jabber:x:data");

    /** What the interface of a meeting switches; everything else is the focus' business. */
    private static final Set<String> FIELDS = Set.of(
            "FORM_TYPE",
            "muc#roomconfig_roomsecret",
            "muc#roomconfig_passwordprotectedroom",
            "muc#roomconfig_membersonly",
            "muc#roomconfig_whois");

    private Moderation() {}

    static boolean concerns(Element child) {
        return ADMIN.equals(child.getNamespaceURI()) || OWNER.equals(child.getNamespaceURI());
    }

    static Verdict decide(Places places, boolean moderator, IQ iq, Element child) {
        if (!moderator) {
            return Verdict.forbidden("not_moderator", "Only moderators may do this.");
        }
        if (iq.getType() == IQ.Type.get) {
            return Verdict.PASS;
        }
        return ADMIN.equals(child.getNamespaceURI()) ? admin(places, child) : owner(child);
    }

    private static Verdict admin(Places places, Element query) {
        for (Element item : children(query, "item")) {
            String nick = item.attributeValue("nick");
            String jid = item.attributeValue("jid");
            if (Places.FOCUS_NICK.equalsIgnoreCase(nick) || (jid != null && isService(places, jid))) {
                return Verdict.notAllowed("touch_focus", "The focus stays as it is.");
            }
        }
        return Verdict.PASS;
    }

    private static boolean isService(Places places, String text) {
        try {
            return places.isServiceAccount(new JID(text));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Verdict owner(Element query) {
        Element form = query.element(FORM);
        if (form == null) {
            return Verdict.notAllowed("room_destroy", "A conference is ended by the end-conference service.");
        }
        for (Element field : children(form, "field")) {
            String name = field.attributeValue("var", "");
            boolean known = FIELDS.contains(name);
            boolean hides = "muc#roomconfig_whois".equals(name) && !"anyone".equals(field.elementTextTrim("value"));
            if (!known || hides) {
                return new Verdict.Refuse(
                        "room_field",
                        PacketError.Condition.not_acceptable,
                        PacketError.Type.modify,
                        "This setting of the room belongs to the focus.");
            }
        }
        return Verdict.PASS;
    }

    private static List<Element> children(Element parent, String name) {
        return parent.elements(name);
    }
}
