package org.videowindow.shard.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Map;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.dom4j.io.SAXReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.shard.token.Claims;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** Stanza and claims in, verdict out. Room {@code mine} is the client's; the focus is in {@code mine} and {@code open}. */
class RulesTest {
    private static final String D = "meet.test.local";
    private static final String ACCOUNT = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final JID CLIENT = new JID(ACCOUNT + "@" + D + "/res");
    private static final JID BRIDGE = new JID("bridge@" + D + "/bridge-1");
    private static final JID FOCUS = new JID("focus@" + D + "/focus");
    private static final Places PLACES = new Places(D, "focus", "bridge", "brewery");
    private static final String MINE = "to='mine@conference." + D + "'";
    private static final String ME = "to='mine@conference." + D + "/0f8fad5b'";
    private static final String PEER = "to='mine@conference." + D + "/11111111'";
    private static final String IN_FOCUS = "to='mine@conference." + D + "/focus'";
    private static final String ADMIN = "<query xmlns='http://jabber.org/protocol/muc#admin'>%s</query>";
    private static final String OWNER = "<query xmlns='http://jabber.org/protocol/muc#owner'>%s</query>";
    private static final String FORM = OWNER.formatted("<x xmlns='jabber:x:data' type='submit'>%s</x>");
    private static final String FIELD = "<field var='%s'><value>%s</value></field>";
    private static final String JINGLE = "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate'/>";
    private static final String CONFERENCE = "<conference xmlns='http://jitsi.org/protocol/focus' room='%s'/>";
    private static final String DISCO = "<query xmlns='http://jabber.org/protocol/disco#info'/>";

    /** A room with the focus in it; the client is inside and moderator as the row says. */
    private record View(boolean inside, boolean isModerator, boolean brewing) implements RoomView {
        @Override
        public boolean ready(String room) {
            return "mine".equals(room) || "open".equals(room) || (brewing && "brewery".equals(room));
        }

        @Override
        public boolean inside(String room, JID occupant) {
            return inside && "mine".equals(room);
        }

        @Override
        public boolean moderator(String room, JID occupant) {
            return isModerator && "mine".equals(room);
        }
    }

    private static final View OUTSIDE = new View(false, false, true);
    private static final View MEMBER = new View(true, false, true);
    private static final View MODERATOR = new View(true, true, true);
    private static final View NO_BREWERY = new View(false, false, false);

    static Stream<Arguments> client() {
        return Stream.of(
                // presence
                row("pass", OUTSIDE, "<presence " + ME + "/>"),
                row("pass", MEMBER, "<presence " + ME + " type='unavailable'/>"),
                row("pass", OUTSIDE, "<presence/>"),
                row("nick", OUTSIDE, "<presence " + IN_FOCUS + "/>"),
                row("nick", OUTSIDE, "<presence to='mine@conference." + D + "/Focus'/>"),
                row("nick", OUTSIDE, "<presence " + PEER + "/>"),
                row("nick", OUTSIDE, "<presence " + MINE + "/>"),
                row("nick", MEMBER, "<presence " + PEER + "/>"),
                row("other_room", OUTSIDE, "<presence to='open@conference." + D + "/0f8fad5b'/>"),
                row("brewery", OUTSIDE, "<presence to='brewery@conference." + D + "/0f8fad5b'/>"),
                row("elsewhere", OUTSIDE, "<presence to='conference." + D + "/0f8fad5b'/>"),
                row("elsewhere", OUTSIDE, "<presence to='focus@" + D + "/focus'/>"),
                row("elsewhere", OUTSIDE, "<presence to='room@conference.other.test/0f8fad5b'/>"),
                row("presence_type", MEMBER, "<presence type='subscribe' to='focus@" + D + "'/>"),
                row("presence_type", MEMBER, "<presence type='error' " + ME + "/>"),
                row("presence_type", MEMBER, "<presence type='probe' " + ME + "/>"),
                // messages
                row("pass", MEMBER, "<message type='groupchat' " + MINE + "><body>x</body></message>"),
                row("pass", MEMBER, "<message type='chat' " + PEER + "><body>x</body></message>"),
                row("pass", MEMBER, "<message to='endconference." + D + "'><end_conference/></message>"),
                row("message_type", MEMBER, "<message type='error' " + MINE + "/>"),
                row("message_type", MEMBER, "<message " + MINE + ">" + invite() + "</message>"),
                row("pass", MODERATOR, "<message " + MINE + ">" + invite() + "</message>"),
                row("other_room", MEMBER, "<message type='groupchat' to='open@conference." + D + "'/>"),
                row("brewery", MEMBER, "<message type='groupchat' to='brewery@conference." + D + "'/>"),
                row("elsewhere", MEMBER, "<message to='bridge@" + D + "/bridge-1'><body>x</body></message>"),
                row("elsewhere", MEMBER, "<message to='" + D + "'><body>all admins</body></message>"),
                row("elsewhere", MEMBER, "<message><body>x</body></message>"),
                // the server
                row("pass", OUTSIDE, iq("get", "to='" + D + "'", DISCO)),
                row("pass", OUTSIDE, iq("get", "", "<ping xmlns='urn:xmpp:ping'/>")),
                row("pass", OUTSIDE, iq("get", "to='" + D + "'", "<services xmlns='urn:xmpp:extdisco:2'/>")),
                row("pass", OUTSIDE, iq("get", "to='" + CLIENT.toBareJID() + "'", DISCO)),
                row("pass", OUTSIDE, "<iq type='result' id='1' to='" + D + "'/>"),
                row("server_iq", OUTSIDE, iq("set", "", "<query xmlns='jabber:iq:register'/>")),
                row("server_iq", OUTSIDE, iq("set", "", "<query xmlns='jabber:iq:roster'/>")),
                row("server_iq", OUTSIDE, iq("set", "", "<vCard xmlns='vcard-temp'/>")),
                row("server_iq", OUTSIDE, iq("set", "", "<query xmlns='jabber:iq:private'/>")),
                row(
                        "server_iq",
                        OUTSIDE,
                        iq("set", "to='" + D + "'", "<command xmlns='http://jabber.org/protocol/commands'/>")),
                row("empty_iq", OUTSIDE, "<iq type='set' id='1' to='" + D + "'/>"),
                // the focus
                row(
                        "pass",
                        OUTSIDE,
                        iq("set", "to='focus@" + D + "/focus'", CONFERENCE.formatted("mine@conference." + D))),
                row("pass", OUTSIDE, iq("set", "to='focus@" + D + "'", CONFERENCE.formatted("mine@conference." + D))),
                row(
                        "other_room",
                        OUTSIDE,
                        iq("set", "to='focus@" + D + "/focus'", CONFERENCE.formatted("open@conference." + D))),
                row(
                        "other_room",
                        OUTSIDE,
                        iq("set", "to='focus@" + D + "/focus'", CONFERENCE.formatted("mine@conference.evil.test"))),
                row(
                        "other_room",
                        OUTSIDE,
                        iq("set", "to='focus@" + D + "/focus'", CONFERENCE.formatted("brewery@conference." + D))),
                row("other_room", OUTSIDE, iq("set", "to='focus@" + D + "/focus'", CONFERENCE.formatted(""))),
                row(
                        "focus_iq",
                        OUTSIDE,
                        iq("get", "to='focus@" + D + "/focus'", CONFERENCE.formatted("mine@conference." + D))),
                row("focus_iq", OUTSIDE, iq("set", "to='focus@" + D + "/focus'", JINGLE)),
                // bridges, others, the room service
                row(
                        "elsewhere",
                        OUTSIDE,
                        iq("set", "to='bridge@" + D + "/bridge-1'", "<conference-modify xmlns='jitsi:colibri2'/>")),
                row("elsewhere", OUTSIDE, iq("set", "to='somebody@" + D + "/x'", JINGLE)),
                row("answer_elsewhere", OUTSIDE, "<iq type='result' id='1' to='bridge@" + D + "/bridge-1'/>"),
                row("pass", OUTSIDE, iq("get", "to='conference." + D + "'", DISCO)),
                row(
                        "room_service_iq",
                        OUTSIDE,
                        iq(
                                "get",
                                "to='conference." + D + "'",
                                "<query xmlns='http://jabber.org/protocol/disco#items'/>")),
                row("brewery", OUTSIDE, iq("get", "to='brewery@conference." + D + "'", DISCO)),
                row("brewery", OUTSIDE, iq("set", "to='brewery@conference." + D + "/bridge-1'", JINGLE)),
                row("other_room", OUTSIDE, iq("get", "to='open@conference." + D + "'", DISCO)),
                // occupants and the room
                row("pass", MEMBER, iq("set", PEER, JINGLE)),
                row("pass", MEMBER, iq("set", IN_FOCUS, JINGLE)),
                row("pass", MEMBER, "<iq type='error' id='1' " + IN_FOCUS + "/>"),
                row("pass", MEMBER, iq("get", MINE, DISCO)),
                row("room_iq", MEMBER, iq("set", MINE, "<query xmlns='jabber:iq:register'/>")),
                row("room_iq", MEMBER, iq("get", MINE, "<query xmlns='http://jabber.org/protocol/disco#items'/>")),
                // moderation
                row("not_moderator", MEMBER, iq("set", MINE, ADMIN.formatted("<item nick='x' role='none'/>"))),
                row("not_moderator", MEMBER, iq("set", PEER, ADMIN.formatted("<item nick='x' role='none'/>"))),
                row("not_moderator", MEMBER, iq("get", MINE, OWNER.formatted(""))),
                row("not_moderator", MEMBER, iq("set", MINE, FORM.formatted(""))),
                row("pass", MODERATOR, iq("set", MINE, ADMIN.formatted("<item nick='x' role='none'/>"))),
                row(
                        "pass",
                        MODERATOR,
                        iq("set", MINE, ADMIN.formatted("<item jid='a@" + D + "' affiliation='owner'/>"))),
                row(
                        "touch_focus",
                        MODERATOR,
                        iq(
                                "set",
                                MINE,
                                ADMIN.formatted("<item nick='x' role='none'/><item nick='FOCUS' role='none'/>"))),
                row(
                        "touch_focus",
                        MODERATOR,
                        iq("set", MINE, ADMIN.formatted("<item jid='focus@" + D + "' affiliation='none'/>"))),
                row(
                        "touch_focus",
                        MODERATOR,
                        iq("set", MINE, ADMIN.formatted("<item jid='FOCUS@" + D + "/focus' affiliation='outcast'/>"))),
                row("pass", MODERATOR, iq("get", MINE, OWNER.formatted(""))),
                row(
                        "pass",
                        MODERATOR,
                        iq("set", MINE, FORM.formatted(FIELD.formatted("muc#roomconfig_roomsecret", "s")))),
                row(
                        "pass",
                        MODERATOR,
                        iq("set", MINE, FORM.formatted(FIELD.formatted("muc#roomconfig_whois", "anyone")))),
                row(
                        "room_field",
                        MODERATOR,
                        iq("set", MINE, FORM.formatted(FIELD.formatted("muc#roomconfig_whois", "moderators")))),
                row(
                        "room_field",
                        MODERATOR,
                        iq("set", MINE, FORM.formatted(FIELD.formatted("muc#roomconfig_persistentroom", "1")))),
                row(
                        "room_field",
                        MODERATOR,
                        iq("set", MINE, FORM.formatted(FIELD.formatted("muc#roomconfig_roomowners", "eve@" + D)))),
                row("room_destroy", MODERATOR, iq("set", MINE, OWNER.formatted("<destroy/>"))));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("client")
    void clientMay(String expected, RoomView rooms, String stanza) {
        Claims claims = new Claims(ACCOUNT, "mine", new Claims.User("u", "Ada", "", "", false, false), Map.of());
        assertThat(reason(new Sender.Client(claims), CLIENT, rooms, stanza)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("client")
    void focusMayEverything(String expected, RoomView rooms, String stanza) {
        assertThat(reason(new Sender.Focus(), FOCUS, rooms, stanza))
                .as(expected)
                .isEqualTo("pass");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("client")
    void strangerMayNothing(String expected, RoomView rooms, String stanza) {
        JID stranger = new JID("admin@" + D + "/x");
        assertThat(reason(new Sender.Stranger(), stranger, rooms, stanza))
                .as(expected)
                .isEqualTo("stranger");
    }

    static Stream<Arguments> bridge() {
        return Stream.of(
                row("pass", OUTSIDE, "<presence to='brewery@conference." + D + "/bridge-1'/>"),
                row("no_room", NO_BREWERY, "<presence to='brewery@conference." + D + "/bridge-1'/>"),
                row("pass", NO_BREWERY, "<presence type='unavailable' to='brewery@conference." + D + "/bridge-1'/>"),
                row("focus_nick", OUTSIDE, "<presence to='brewery@conference." + D + "/focus'/>"),
                row("pass", OUTSIDE, iq("get", "to='conference." + D + "'", DISCO)),
                row("bridge_elsewhere", OUTSIDE, iq("set", "to='conference." + D + "'", DISCO)),
                row("bridge_elsewhere", OUTSIDE, "<presence " + ME + "/>"),
                row("bridge_elsewhere", OUTSIDE, "<presence " + IN_FOCUS + "/>"),
                row("pass", OUTSIDE, "<iq type='result' id='1' to='brewery@conference." + D + "/focus'/>"),
                row("pass", OUTSIDE, "<iq type='result' id='1' to='focus@" + D + "/focus'/>"),
                row("pass", OUTSIDE, iq("get", "to='" + D + "'", DISCO)),
                row("bridge_elsewhere", OUTSIDE, iq("set", PEER, JINGLE)),
                row("bridge_elsewhere", OUTSIDE, "<iq type='result' id='1' " + PEER + "/>"),
                row("bridge_elsewhere", OUTSIDE, "<message type='groupchat' " + MINE + "/>"),
                row("bridge_elsewhere", OUTSIDE, "<message to='" + D + "'/>"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("bridge")
    void bridgeMay(String expected, RoomView rooms, String stanza) {
        assertThat(reason(new Sender.Bridge(), BRIDGE, rooms, stanza)).isEqualTo(expected);
    }

    static Stream<Arguments> withoutFocus() {
        return Stream.of(
                Arguments.of("no_room", false, "<presence " + ME + "/>"),
                Arguments.of("pass", true, "<presence " + ME + "/>"),
                Arguments.of("pass", false, "<presence " + ME + " type='unavailable'/>"));
    }

    @ParameterizedTest(name = "{0}: inside {1}, {2}")
    @MethodSource("withoutFocus")
    void roomWithoutFocusIsNotEntered(String expected, boolean inside, String stanza) {
        RoomView empty = new RoomView() {
            @Override
            public boolean ready(String room) {
                return false;
            }

            @Override
            public boolean inside(String room, JID occupant) {
                return inside;
            }

            @Override
            public boolean moderator(String room, JID occupant) {
                return false;
            }
        };
        clientMay(expected, empty, stanza);
    }

    private static Arguments row(String expected, RoomView rooms, String stanza) {
        return Arguments.of(expected, rooms, stanza);
    }

    private static String iq(String type, String to, String child) {
        return "<iq id='1' type='" + type + "' " + to + ">" + child + "</iq>";
    }

    private static String invite() {
        return "<x xmlns='http://jabber.org/protocol/muc#user'><invite to='a@" + D + "'/></x>";
    }

    private static String reason(Sender sender, JID from, RoomView rooms, String stanza) {
        Verdict verdict = new Rules(PLACES, rooms).decide(sender, from, parse(stanza));
        if (verdict instanceof Verdict.Refuse refuse) {
            return refuse.reason();
        }
        return verdict instanceof Verdict.Drop drop ? drop.reason() : "pass";
    }

    static Packet parse(String stanza) {
        Element element;
        try {
            element = new SAXReader().read(new StringReader(stanza)).getRootElement();
        } catch (org.dom4j.DocumentException e) {
            throw new IllegalArgumentException(stanza, e);
        }
        return switch (element.getName()) {
            case "iq" -> new IQ(element);
            case "message" -> new Message(element);
            default -> new Presence(element);
        };
    }
}
