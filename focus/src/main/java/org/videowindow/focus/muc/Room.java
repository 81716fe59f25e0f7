package org.videowindow.focus.muc;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.agent.Cancellable;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;
import org.videowindow.focus.xmpp.Requests;
import org.videowindow.focus.xmpp.ShardLink;
import org.videowindow.focus.xmpp.StanzaError;

/**
 * The focus's own membership of one room and the list of who else is in it (XEP-0045). Belongs to one agent, on which
 * every method is called and every event of {@link Events} is raised.
 *
 * <p>When the link was lost the list is kept; on entering again it is compared with who is there now, and only the
 * differences are raised.
 */
public final class Room {
    /** The focus's nickname in every room; clients know the focus by it. */
    public static final Resourcepart NICK = Resourcepart.fromOrThrowUnchecked("focus");

    private static final Duration ENTRY_TIMEOUT = Duration.ofSeconds(10);

    private final EntityBareJid jid;
    private final EntityFullJid self;
    private final boolean configured;
    private final int occupantLimit;
    private final Agent agent;
    private final ShardLink link;
    private final Requests requests;
    private final Supplier<List<XmlElement>> extensions;
    private final Events events;
    private final Map<String, OccupantPresence> occupants = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private State state = State.OUT;
    private boolean created;
    private Cancellable entryTimeout = Cancellable.NONE;

    /** Whether the focus is in the room. OUT to ENTERING to (CONFIGURING to) IN; from each back to OUT. */
    public enum State {
        /** Not in the room. */
        OUT,
        /** Presence sent, own presence awaited (XEP-0045 section 7.2). */
        ENTERING,
        /** In a room that is locked until its configuration is accepted (section 10.1). */
        CONFIGURING,
        /** In the room. */
        IN
    }

    /** What happens in the room. */
    public interface Events {
        /** The focus is in, and the differences of the occupants have been raised. */
        void entered();

        /** The focus could not get in. */
        void entryFailed(String reason);

        /** The focus is out although it did not leave: expelled, or the room is gone. */
        void expelled(String reason);

        /** Somebody came or changed. */
        void changed(OccupantPresence occupant);

        /** Somebody went. */
        void left(String nick);
    }

    /**
     * Describes a room that the focus is not in.
     *
     * @param configured whether the focus configures the room, as the owner of what it creates
     * @param occupantLimit beyond this many, further occupants are as if they were not there
     * @param extensions what to put into presence besides the protocol's own
     */
    public Room(
            EntityBareJid jid,
            boolean configured,
            int occupantLimit,
            Agent agent,
            ShardLink link,
            Requests requests,
            Supplier<List<XmlElement>> extensions,
            Events events) {
        this.jid = jid;
        this.self = JidCreate.entityFullFrom(jid, NICK);
        this.configured = configured;
        this.occupantLimit = occupantLimit;
        this.agent = agent;
        this.link = link;
        this.requests = requests;
        this.extensions = extensions;
        this.events = events;
    }

    /** Where the focus stands. */
    public State state() {
        return state;
    }

    /** The occupants besides the focus. */
    public Collection<OccupantPresence> occupants() {
        return occupants.values();
    }

    /** The occupant of that nickname, or null. */
    public OccupantPresence occupant(String nick) {
        return occupants.get(nick);
    }

    /** Somebody who was there when the focus last was; before the first entry only. */
    public void expect(OccupantPresence occupant) {
        occupants.put(occupant.nick(), occupant);
    }

    /** Whether the last entry made the room. */
    public boolean isNew() {
        return created;
    }

    /** Asks to enter; ends in {@link Events#entered} or {@link Events#entryFailed}. */
    public void enter() {
        state = State.ENTERING;
        seen.clear();
        link.send(ownPresenceStanza(XmlElement.element("x", Namespaces.MUC)
                .with(XmlElement.element("history", Namespaces.MUC).with("maxstanzas", 0))
                .build()));
        entryTimeout.cancel();
        entryTimeout = agent.after(ENTRY_TIMEOUT, () -> {
            if (state != State.IN && state != State.OUT) {
                failed("no answer from the room");
            }
        });
    }

    /** Sends the presence again, with what the extensions are now. */
    public void announce() {
        if (state == State.IN) {
            link.send(ownPresenceStanza(null));
        }
    }

    /** Leaves without waiting. */
    public void leave() {
        if (state != State.OUT) {
            link.send(XmlElement.element("presence", Namespaces.CLIENT)
                    .with("type", "unavailable")
                    .with("to", self)
                    .build());
        }
        linkLost();
    }

    /** The link is gone, and with it the membership. */
    public void linkLost() {
        state = State.OUT;
        entryTimeout.cancel();
    }

    /** Takes a presence from this room. */
    public void presence(OccupantPresence presence) {
        if (presence.occupant().equals(self)) {
            ownPresence(presence);
            return;
        }
        if (state == State.OUT || presence.type() == OccupantPresence.Type.ERROR) {
            return;
        }
        String nick = presence.nick();
        OccupantPresence before = occupants.get(nick);
        if (presence.type() == OccupantPresence.Type.UNAVAILABLE) {
            if (before != null) {
                occupants.remove(nick);
                events.left(nick);
            }
            return;
        }
        seen.add(nick);
        if (before == null && occupants.size() >= occupantLimit) {
            return;
        }
        if (before != null && !before.realJid().equals(presence.realJid())) {
            // Somebody else under the same name: the first went while the link was down.
            occupants.remove(nick);
            events.left(nick);
        }
        occupants.put(nick, presence);
        events.changed(presence);
    }

    private void ownPresence(OccupantPresence presence) {
        switch (presence.type()) {
            case AVAILABLE -> {
                if (state == State.ENTERING) {
                    ownEntry(presence);
                }
            }
            case UNAVAILABLE -> {
                // While entering it is the echo of an earlier leave.
                if (state == State.IN || state == State.CONFIGURING) {
                    linkLost();
                    events.expelled(presence.destroyed() ? "the room was destroyed" : "expelled from the room");
                }
            }
            case ERROR -> {
                if (state == State.ENTERING) {
                    failed(StanzaError.of(presence.stanza()).toString());
                }
            }
        }
    }

    private void ownEntry(OccupantPresence presence) {
        for (String nick : List.copyOf(occupants.keySet())) {
            if (!seen.contains(nick)) {
                occupants.remove(nick);
                events.left(nick);
            }
        }
        created = presence.statuses().contains("201");
        // A room that we have just created stays locked until it is configured (section 10.1.2).
        if (!configured && !created) {
            in();
            return;
        }
        if (!presence.affiliation().equals("owner")) {
            failed("the room belongs to somebody else");
            return;
        }
        state = State.CONFIGURING;
        requests.ask("set", jid, RoomConfiguration.submission(), ENTRY_TIMEOUT, agent, this::onConfigured);
    }

    private void onConfigured(Requests.Answer answer) {
        if (state != State.CONFIGURING) {
            return;
        }
        switch (answer) {
            case Requests.Answer.Result result -> in();
            case Requests.Answer.Refused refused -> failed("configuration refused: " + refused.error());
            case Requests.Answer.TimedOut timedOut -> failed("no answer to the configuration");
            case Requests.Answer.Unsent unsent -> failed("the link was lost");
        }
    }

    private void in() {
        state = State.IN;
        entryTimeout.cancel();
        events.entered();
    }

    private void failed(String reason) {
        leave();
        events.entryFailed(reason);
    }

    private XmlElement ownPresenceStanza(XmlElement first) {
        XmlElement.Builder presence =
                XmlElement.element("presence", Namespaces.CLIENT).with("to", self);
        if (first != null) {
            presence.with(first);
        }
        return presence.with(extensions.get()).build();
    }
}
