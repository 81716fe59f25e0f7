package org.videowindow.focus.conference;

import java.util.Optional;
import java.util.Set;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.videowindow.focus.muc.OccupantPresence;
import org.videowindow.focus.muc.Room;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Iq;
import org.videowindow.focus.xmpp.StanzaError;

/**
 * Moderators silence others through the focus: clients obey nobody else. Pure; whether somebody is a moderator is what
 * the room says.
 */
final class MuteRelay {
    private static final Set<String> NAMESPACES = Set.of(
            "http://jitsi.org/jitmeet/audio", "http://jitsi.org/jitmeet/video", "http://jitsi.org/jitmeet/desktop");

    private MuteRelay() {}

    /** What to do: refuse, or acknowledge and pass the element on. */
    sealed interface Decision {
        record Refuse(StanzaError error) implements Decision {}

        record Pass(Jid target, XmlElement mute) implements Decision {}
    }

    /** Whether the element is a mute request. */
    static boolean isMute(XmlElement payload) {
        return payload.name().equals("mute") && NAMESPACES.contains(payload.namespace());
    }

    static Decision decide(Room room, EntityFullJid actor, Iq iq) {
        XmlElement mute = iq.payload().orElseThrow();
        OccupantPresence from = room.occupant(actor.getResourcepart().toString());
        if (from == null || !from.role().equals("moderator")) {
            return new Decision.Refuse(StanzaError.forbidden("only a moderator may mute others"));
        }
        if (!mute.text().equals("true")) {
            return new Decision.Refuse(StanzaError.notAllowed("nobody can be unmuted by others"));
        }
        Optional<EntityFullJid> target = Optional.ofNullable(mute.attribute("jid"))
                .map(JidCreate::fromOrNull)
                .map(Jid::asEntityFullJidIfPossible)
                .filter(jid -> jid.asBareJid().equals(actor.asBareJid()))
                .filter(jid -> room.occupant(jid.getResourcepart().toString()) != null);
        if (target.isEmpty()) {
            return new Decision.Refuse(StanzaError.itemNotFound("there is no such occupant"));
        }
        return new Decision.Pass(
                target.get(),
                XmlElement.element("mute", mute.namespace())
                        .with("actor", actor)
                        .text("true")
                        .build());
    }
}
