package org.videowindow.focus.conference;

import java.util.Optional;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.videowindow.focus.metrics.FocusMetrics;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Iq;
import org.videowindow.focus.xmpp.Namespaces;
import org.videowindow.focus.xmpp.ShardLink;
import org.videowindow.focus.xmpp.StanzaError;

/**
 * Answers "is my room ready, and who is the focus?". A client asks before it enters the room, and enters when it hears
 * {@code ready='true'}: the focus is in the room by then. Whether the client may enter that room at all is the shard's
 * decision, before the request gets here.
 */
public final class ConferenceRequests {
    private static final int NODE_MAX = 200;

    private final Conferences conferences;
    private final DomainBareJid rooms;
    private final EntityBareJid brewery;
    private final EntityBareJid focus;
    private final ShardLink link;
    private final FocusMetrics metrics;

    /**
     * Answers for rooms of one service.
     *
     * @param rooms the service in which conferences are
     * @param brewery a room there that is no conference
     * @param focus the focus's bare address: clients know the focus in the room by it, and a full one breaks them
     */
    public ConferenceRequests(
            Conferences conferences,
            DomainBareJid rooms,
            EntityBareJid brewery,
            EntityBareJid focus,
            ShardLink link,
            FocusMetrics metrics) {
        this.conferences = conferences;
        this.rooms = rooms;
        this.brewery = brewery;
        this.focus = focus;
        this.link = link;
        this.metrics = metrics;
    }

    /** Takes a request; answers it now or when the room is ready. */
    public void handle(Iq iq) {
        XmlElement request = iq.payload().orElseThrow();
        Optional<EntityBareJid> room = room(request.attribute("room", ""));
        if (room.isEmpty()) {
            metrics.conferenceRequest("malformed");
            link.send(iq.error(StanzaError.badRequest("this is no room of " + rooms)));
            return;
        }
        conferences.request(room.get(), outcome -> {
            boolean ready = outcome == Conference.Outcome.READY;
            metrics.conferenceRequest(ready ? "ready" : "failed");
            link.send(
                    ready
                            ? iq.result(answer(room.get()))
                            : iq.error(StanzaError.resourceConstraint("the conference cannot be started now")));
        });
    }

    private Optional<EntityBareJid> room(String text) {
        if (text.isEmpty() || text.length() > NODE_MAX + rooms.length() + 1) {
            return Optional.empty();
        }
        return Optional.ofNullable(JidCreate.entityBareFromOrNull(text))
                .filter(jid -> jid.asDomainBareJid().equals(rooms))
                .filter(jid -> !jid.equals(brewery));
    }

    private XmlElement answer(EntityBareJid room) {
        return XmlElement.element("conference", Namespaces.FOCUS)
                .with("room", room)
                .with("ready", true)
                .with("focusjid", focus)
                .with(property("authentication"))
                .with(property("visitors-supported"))
                .build();
    }

    private static XmlElement property(String name) {
        return XmlElement.element("property", Namespaces.FOCUS)
                .with("name", name)
                .with("value", false)
                .build();
    }
}
