package org.videowindow.shard.stanza;

import java.util.List;
import org.dom4j.Element;
import org.dom4j.QName;
import org.videowindow.shard.room.Places;
import org.videowindow.shard.room.Rooms;
import org.xmpp.packet.IQ;

/**
 * Adds what clients look for to answers on disco#info (XEP-0030): of the domain the identities that name our services,
 * of a room the meeting's id and the time it was made.
 */
public final class DiscoAnswers {
    private static final String INFO = "http://jabber.org/protocol/disco#info";
    private static final QName FORM = QName.get("x", "jabber:x:data");
    private static final String ROOM_INFO = "http://jabber.org/protocol/muc#roominfo";

    private final Places places;
    private final Rooms rooms;
    private final List<Identity> identities;

    /**
     * An identity whose name carries the information.
     *
     * @param category of the registry
     * @param type what it is
     * @param name its value, for a component its address
     */
    public record Identity(String category, String type, String name) {}

    public DiscoAnswers(Places places, Rooms rooms, List<Identity> identities) {
        this.places = places;
        this.rooms = rooms;
        this.identities = List.copyOf(identities);
    }

    void complete(IQ answer) {
        Element query = answer.getChildElement();
        if (query == null || !INFO.equals(query.getNamespaceURI()) || query.attributeValue("node") != null) {
            return;
        }
        String domain = answer.getFrom().getDomain();
        if (places.domain().equals(domain) && answer.getFrom().getNode() == null) {
            for (Identity identity : identities) {
                query.addElement("identity")
                        .addAttribute("category", identity.category())
                        .addAttribute("type", identity.type())
                        .addAttribute("name", identity.name());
            }
        } else if (places.rooms().equals(domain) && answer.getFrom().getResource() == null) {
            rooms.find(answer.getFrom().getNode()).ifPresent(room -> describe(query, room));
        }
    }

    private static void describe(Element query, Rooms.Room room) {
        Element form = query.element(FORM);
        if (form == null) {
            form = query.addElement(FORM).addAttribute("type", "result");
            field(form, "FORM_TYPE", ROOM_INFO);
        }
        field(form, "muc#roominfo_meetingId", room.meetingId().toString());
        field(
                form,
                "muc#roominfo_created_timestamp",
                Long.toString(room.created().toEpochMilli()));
    }

    private static void field(Element form, String name, String value) {
        form.addElement("field").addAttribute("var", name).addElement("value").setText(value);
    }
}
