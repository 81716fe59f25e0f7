package org.videowindow.focus.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.videowindow.focus.agent.Scheduler;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xml.XmlReader;
import org.videowindow.focus.xmpp.Namespaces;
import org.videowindow.focus.xmpp.ShardLink;

/**
 * An XMPP server with rooms, as far as the focus can tell: it relays stanzas between addresses, stamps senders, keeps
 * rooms (entering, leaving, roles, locked until configured, destroyed when empty) and relays requests between occupants
 * with their ids translated. Every stanza travels as text.
 */
public final class FakeShard implements ShardLink, Wire {
    /** The domain. */
    public static final String DOMAIN = "meet.video-window.local";
    /** The rooms. */
    public static final String ROOMS = "conference." + DOMAIN;
    /** The focus. */
    public static final String FOCUS = "focus@" + DOMAIN + "/focus";

    private static final class Occupant {
        private final String user;
        private final String affiliation;
        private XmlElement presence;

        private Occupant(String user, String affiliation, XmlElement presence) {
            this.user = user;
            this.affiliation = affiliation;
            this.presence = presence;
        }
    }

    private static final class RoomState {
        private final Map<String, Occupant> occupants = new LinkedHashMap<>();
        private boolean locked = true;
        private XmlElement configuration;
    }

    private record Relayed(String id, String asker) {}

    private final Scheduler scheduler;
    private final Map<String, Consumer<XmlElement>> users = new HashMap<>();
    private final Map<String, RoomState> rooms = new LinkedHashMap<>();
    private final Map<String, Relayed> relayed = new HashMap<>();
    private final List<XmlElement> fromFocus = new ArrayList<>();
    private ShardLink.Listener focus;
    private boolean up;
    private boolean dying;
    private boolean ignoringPings;
    private String breakAfter = "";
    private long nextRelay = 1;

    /** A server with nobody on it. */
    public FakeShard(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** The focus signs in. */
    public void connect(ShardLink.Listener listener) {
        focus = listener;
        up = true;
        listener.up();
    }

    /** The focus's connection breaks: its occupants go, and what is on the way to it is lost. */
    public void disconnect() {
        up = false;
        focus.down();
        vanish(FOCUS);
    }

    /**
     * The focus's process is killed; it hears of nothing. As the shard has it, those in its rooms do not either. What it
     * had sent still arrives, as TCP has it.
     */
    public void killFocus() {
        up = false;
        dying = true;
        scheduler.execute(() -> {
            dying = false;
            vanish(FOCUS);
        });
    }

    /** The server restarts: nobody is on it and no room is left. */
    public void restart() {
        up = false;
        focus.down();
        users.clear();
        rooms.clear();
        relayed.clear();
    }

    /** The connection breaks and the server does not notice until the focus is back. */
    public void disconnectUnnoticed() {
        up = false;
        focus.down();
    }

    /** The connection breaks right after the focus has sent a stanza with this text in it. */
    public void disconnectAfter(String part) {
        breakAfter = part;
    }

    /** Stops answering pings, or answers again. */
    public void ignorePings(boolean nowIgnoring) {
        ignoringPings = nowIgnoring;
    }

    /** The focus is back. */
    public void reconnect() {
        // The new session takes the resource over; the old one is ended first.
        vanish(FOCUS);
        up = true;
        focus.up();
    }

    @Override
    public void user(String fullJid, Consumer<XmlElement> inbox) {
        users.put(fullJid, inbox);
    }

    @Override
    public void vanish(String fullJid) {
        users.remove(fullJid);
        for (Map.Entry<String, RoomState> room : List.copyOf(rooms.entrySet())) {
            for (Map.Entry<String, Occupant> occupant :
                    List.copyOf(room.getValue().occupants.entrySet())) {
                if (occupant.getValue().user.equals(fullJid)) {
                    leave(room.getKey(), occupant.getKey(), "", !fullJid.equals(FOCUS));
                }
            }
        }
    }

    /** Everything the focus sent. */
    public List<XmlElement> sentByFocus() {
        return fromFocus;
    }

    /** Whether the room exists. */
    public boolean hasRoom(String room) {
        return rooms.containsKey(room);
    }

    /** The configuration the room was given, or null. */
    public XmlElement configuration(String room) {
        return rooms.get(room).configuration;
    }

    /** The presence an occupant has in the room, or null. */
    public XmlElement presence(String room, String nick) {
        RoomState state = rooms.get(room);
        Occupant occupant = state == null ? null : state.occupants.get(nick);
        return occupant == null ? null : occupant.presence;
    }

    /** Ends the room for everybody. */
    public void destroy(String room) {
        for (String nick : List.copyOf(rooms.get(room).occupants.keySet())) {
            leave(room, nick, "<destroy/>");
        }
        rooms.remove(room);
    }

    /** A moderator expels an occupant. */
    public void kick(String room, String nick) {
        leave(room, nick, "<status code='307'/>");
    }

    /** Puts a stanza into the focus's stream as it is. */
    public void inject(String text) {
        deliverToFocus(text);
    }

    @Override
    public void send(XmlElement stanza) {
        if (up) {
            fromFocus.add(stanza);
            String text = Xml.text(stanza);
            scheduler.execute(() -> route(FOCUS, text));
            if (!breakAfter.isEmpty() && text.contains(breakAfter)) {
                breakAfter = "";
                // After the stanza has passed, before anything comes back.
                scheduler.execute(this::disconnect);
            }
        }
    }

    @Override
    public void send(String from, XmlElement stanza) {
        String text = Xml.text(stanza);
        scheduler.execute(() -> route(from, text));
    }

    private void route(String from, String text) {
        if (from.equals(FOCUS) && !up && !dying) {
            return;
        }
        XmlElement stanza = Xml.stanza(text);
        String to = stanza.attribute("to", DOMAIN);
        if (to.contains("@" + ROOMS)) {
            toRoom(from, to, stanza);
        } else if (to.equals(DOMAIN)) {
            if (stanza.name().equals("iq") && isRequest(stanza) && !ignoringPings) {
                deliver(from, answer(stanza, "result", DOMAIN, from).build());
            }
        } else {
            deliver(to, stamped(stanza, from, to).build());
        }
    }

    private void toRoom(String from, String to, XmlElement stanza) {
        int slash = to.indexOf('/');
        String room = slash < 0 ? to : to.substring(0, slash);
        String nick = slash < 0 ? "" : to.substring(slash + 1);
        switch (stanza.name()) {
            case "presence" -> presence(from, room, nick, stanza);
            case "iq" -> {
                if (nick.isEmpty()) {
                    owner(from, room, stanza);
                } else {
                    relay(from, room, nick, stanza);
                }
            }
            default -> {}
        }
    }

    private void presence(String from, String room, String nick, XmlElement stanza) {
        RoomState state = rooms.get(room);
        if ("unavailable".equals(stanza.attribute("type"))) {
            if (state != null && state.occupants.containsKey(nick)) {
                leave(room, nick, "");
            }
            return;
        }
        boolean created = state == null;
        if (created) {
            if (!from.equals(FOCUS) && !room.startsWith("brewery@")) {
                refuse(from, room, nick, "not-allowed");
                return;
            }
            state = new RoomState();
            rooms.put(room, state);
        }
        Occupant present = state.occupants.get(nick);
        if (present == null) {
            if (state.locked && !created && !room.startsWith("brewery@")) {
                refuse(from, room, nick, "item-not-found");
                return;
            }
            String affiliation = from.equals(FOCUS) || from.startsWith("0") ? "owner" : "none";
            for (Map.Entry<String, Occupant> other : state.occupants.entrySet()) {
                deliver(from, occupantPresence(room, other.getKey(), other.getValue(), ""));
            }
            present = new Occupant(from, affiliation, stanza);
            state.occupants.put(nick, present);
        } else if (!present.user.equals(from)) {
            refuse(from, room, nick, "conflict");
            return;
        }
        present.presence = stanza;
        for (Occupant other : List.copyOf(state.occupants.values())) {
            boolean self = other == present;
            String status = self ? "<status code='110'/>" + (created ? "<status code='201'/>" : "") : "";
            deliver(other.user, occupantPresence(room, nick, present, status));
        }
    }

    private void leave(String room, String nick, String extra) {
        leave(room, nick, extra, true);
    }

    private void leave(String room, String nick, String extra, boolean told) {
        RoomState state = rooms.get(room);
        Occupant gone = state.occupants.remove(nick);
        String body = "<presence type='unavailable' from='" + room + "/" + nick
                + "'><x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='none' role='none'/>" + extra
                + "</x></presence>";
        deliver(gone.user, body);
        if (told) {
            state.occupants.values().forEach(other -> deliver(other.user, body));
        }
        if (state.occupants.isEmpty()) {
            rooms.remove(room);
        }
    }

    private String occupantPresence(String room, String nick, Occupant occupant, String status) {
        StringBuilder out = new StringBuilder("<presence from='" + room + "/" + nick + "'>");
        for (XmlElement child : occupant.presence.children()) {
            if (!child.is("x", Namespaces.MUC)) {
                child.write(out, "jabber:client");
            }
        }
        String role = occupant.affiliation.equals("owner") ? "moderator" : "participant";
        return out.append("<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='" + occupant.affiliation
                        + "' role='" + role + "' jid='" + occupant.user + "'/>" + status + "</x></presence>")
                .toString();
    }

    private void refuse(String to, String room, String nick, String condition) {
        deliver(
                to,
                "<presence type='error' from='" + room + "/" + nick + "'><error type='cancel'><" + condition
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>");
    }

    private void owner(String from, String room, XmlElement iq) {
        RoomState state = rooms.get(room);
        state.locked = false;
        state.configuration = iq.children().getFirst();
        deliver(from, answer(iq, "result", room, from).build());
    }

    private void relay(String from, String room, String nick, XmlElement iq) {
        RoomState state = rooms.get(room);
        String sender = state == null
                ? null
                : state.occupants.entrySet().stream()
                        .filter(e -> e.getValue().user.equals(from))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
        Occupant target = state == null ? null : state.occupants.get(nick);
        if (isRequest(iq)) {
            if (sender == null || target == null) {
                deliver(
                        from,
                        answer(iq, "error", room + "/" + nick, from)
                                .with(
                                        Xml.stanza(
                                                "<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"))
                                .build());
                return;
            }
            String id = "relay-" + nextRelay++;
            relayed.put(id, new Relayed(iq.attribute("id"), from));
            deliver(
                    target.user,
                    stamped(iq, room + "/" + sender, target.user).with("id", id).build());
        } else {
            Relayed original = relayed.remove(iq.attribute("id"));
            if (original != null && sender != null) {
                deliver(
                        original.asker(),
                        stamped(iq, room + "/" + sender, original.asker())
                                .with("id", original.id())
                                .build());
            }
        }
    }

    private void deliver(String user, XmlElement stanza) {
        deliver(user, Xml.text(stanza));
    }

    private void deliver(String user, String text) {
        if (user.equals(FOCUS)) {
            deliverToFocus(text);
            return;
        }
        scheduler.execute(() -> {
            Consumer<XmlElement> inbox = users.get(user);
            if (inbox != null) {
                inbox.accept(Xml.stanza(text));
            }
        });
    }

    private void deliverToFocus(String text) {
        scheduler.execute(() -> {
            if (up) {
                XmlReader.Reading reading = Xml.readStanza(text);
                focus.stanza(reading.element(), reading.complete());
            }
        });
    }

    private static boolean isRequest(XmlElement iq) {
        return iq.attribute("type", "").equals("get")
                || iq.attribute("type", "").equals("set");
    }

    private static XmlElement.Builder stamped(XmlElement stanza, String from, String to) {
        XmlElement.Builder copy = XmlElement.element(stanza.name(), stanza.namespace());
        stanza.attributes().forEach(copy::with);
        return copy.with("from", from).with("to", to).with(stanza.children());
    }

    private static XmlElement.Builder answer(XmlElement iq, String type, String from, String to) {
        return XmlElement.element("iq", Namespaces.CLIENT)
                .with("type", type)
                .with("id", iq.attribute("id"))
                .with("from", from)
                .with("to", to);
    }
}
