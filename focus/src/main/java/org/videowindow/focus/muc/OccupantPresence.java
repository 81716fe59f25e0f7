package org.videowindow.focus.muc;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * A presence from a room (XEP-0045): somebody came, changed or went.
 *
 * @param occupant the address in the room
 * @param type {@link Type}
 * @param realJid the address behind it, where the room shows it
 * @param role as the room says
 * @param affiliation as the room says
 * @param statuses status codes
 * @param destroyed whether the room is being destroyed
 * @param stanza the whole, for extensions
 */
public record OccupantPresence(
        EntityFullJid occupant,
        Type type,
        Optional<Jid> realJid,
        String role,
        String affiliation,
        Set<String> statuses,
        boolean destroyed,
        XmlElement stanza) {

    /** What kind of presence it is. */
    public enum Type {
        /** In the room. */
        AVAILABLE,
        /** Not in the room any more. */
        UNAVAILABLE,
        /** Something we sent was refused. */
        ERROR
    }

    /** Reads a stanza named {@code presence}; empty when it is from no occupant or of another type. */
    public static Optional<OccupantPresence> of(XmlElement stanza) {
        String from = stanza.attribute("from");
        Jid sender = from == null ? null : JidCreate.fromOrNull(from);
        if (!stanza.name().equals("presence") || sender == null || !sender.isEntityFullJid()) {
            return Optional.empty();
        }
        Type type = switch (stanza.attribute("type", "")) {
            case "" -> Type.AVAILABLE;
            case "unavailable" -> Type.UNAVAILABLE;
            case "error" -> Type.ERROR;
            default -> null;
        };
        if (type == null) {
            return Optional.empty();
        }
        Optional<XmlElement> user = stanza.child("x", Namespaces.MUC_USER);
        Optional<XmlElement> item = user.flatMap(x -> x.child("item", Namespaces.MUC_USER));
        return Optional.of(new OccupantPresence(
                sender.asEntityFullJidOrThrow(),
                type,
                item.map(i -> i.attribute("jid")).map(JidCreate::fromOrNull),
                item.map(i -> i.attribute("role")).orElse("none"),
                item.map(i -> i.attribute("affiliation")).orElse("none"),
                user.map(OccupantPresence::statuses).orElse(Set.of()),
                user.flatMap(x -> x.child("destroy", Namespaces.MUC_USER)).isPresent(),
                stanza));
    }

    /** Somebody as an earlier process of the focus saw them; role and affiliation are not known. */
    public static OccupantPresence remembered(EntityFullJid occupant, Optional<Jid> realJid, XmlElement stanza) {
        return new OccupantPresence(occupant, Type.AVAILABLE, realJid, "none", "none", Set.of(), false, stanza);
    }

    /** The nickname. */
    public String nick() {
        return occupant.getResourcepart().toString();
    }

    private static Set<String> statuses(XmlElement user) {
        return user.children("status", Namespaces.MUC_USER)
                .map(status -> status.attribute("code", ""))
                .collect(Collectors.toUnmodifiableSet());
    }
}
