package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.dom4j.Element;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.jxmpp.jid.parts.Resourcepart;

/** What a client may not do in, and outside of, its room. */
class RoomRulesIT {
    private static final String JINGLE =
            "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='s' initiator='focus@meet.test.local/focus'/>";

    private final ShardProcess shard = ShardProcess.get();
    private String room;
    private SmackFocus focus;
    private Portal.Ticket ticket;
    private Browser client;

    @BeforeEach
    void makeRoom(TestInfo test) throws Exception {
        room = "rules-" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        focus = SmackFocus.focus(shard);
        ticket = shard.portal.member(room, "Marc");
        client = Browser.connect(shard, ticket);
    }

    @AfterEach
    void leave() {
        client.close();
        focus.close();
    }

    private static void assertError(Element stanza, String type, String condition) {
        assertThat(stanza.attributeValue("type")).isEqualTo("error");
        Element error = stanza.element("error");
        assertThat(error.attributeValue("type")).isEqualTo(type);
        assertThat(error.element(condition)).as(error.asXML()).isNotNull();
    }

    private void enter() throws Exception {
        focus.create(room);
        assertThat(client.join(room, ticket.nick(), "").attributeValue("type")).isNull();
    }

    @Test
    void clientDoesNotCreateARoom() {
        Element answer = client.join(room, ticket.nick(), "");
        assertError(answer, "cancel", "not-allowed");
        assertThat(answer.element("error").elementText("text")).isEqualTo("Room creation is restricted");
    }

    @Test
    void clientIsKeptOutAfterTheFocusHasLeft() throws Exception {
        MultiUserChat chat = focus.create(room);
        Portal.Ticket other = shard.portal.member(room, "Nora");
        try (Browser inside = Browser.connect(shard, other)) {
            inside.join(room, other.nick(), "");
            chat.leave();
            inside.stanza(e -> "unavailable".equals(e.attributeValue("type")), "the focus leaving");
            assertError(client.join(room, ticket.nick(), ""), "cancel", "not-allowed");
        }
    }

    @Test
    void clientDoesNotEnterARoomItsTokenIsNotFor() throws Exception {
        focus.create(room + "-other");
        assertError(client.join(room + "-other", ticket.nick(), ""), "cancel", "not-allowed");
    }

    @Test
    void clientDoesNotTakeTheNickFocus() throws Exception {
        focus.create(room);
        assertError(client.join(room, "focus", ""), "cancel", "not-allowed");
        assertError(client.join(room, "FOCUS", ""), "cancel", "not-allowed");
    }

    @Test
    void clientTakesItsOwnNickOnly() throws Exception {
        focus.create(room);
        assertError(client.join(room, "deadbeef", ""), "cancel", "not-allowed");
    }

    @Test
    void clientDoesNotEnterTheBrewery() throws Exception {
        try (SmackFocus bridge = SmackFocus.bridge(shard, "bridge-9")) {
            MultiUserChat.MucCreateConfigFormHandle made =
                    focus.room("brewery").createOrJoin(Resourcepart.from("focus"));
            if (made != null) {
                made.makeInstant();
            }
            bridge.room("brewery").join(Resourcepart.from("bridge-9"));
            assertError(client.join("brewery", ticket.nick(), ""), "cancel", "not-allowed");
            Element answer = client.ask(
                    "<query xmlns='http://jabber.org/protocol/disco#info'/>", "get", "brewery@" + ShardProcess.ROOMS);
            assertError(answer, "cancel", "not-allowed");
        }
    }

    @Test
    void bridgeThatComesFirstDoesNotTakeTheBreweryFromTheFocus() throws Exception {
        try (SmackFocus bridge = SmackFocus.bridge(shard, "bridge-6")) {
            MultiUserChat brewery = focus.room("brewery");
            assertThatThrownBy(() -> bridge.room("brewery").join(Resourcepart.from("bridge-6")))
                    .hasMessageContaining("not-allowed");
            brewery.create(Resourcepart.from("focus")).makeInstant();
            bridge.room("brewery").join(Resourcepart.from("bridge-6"));
            Await.until("the focus sees the bridge", () -> brewery.getOccupantsCount() == 2);
        }
    }

    @Test
    void jingleInTheNameOfTheFocusComesFromItsRealSender() throws Exception {
        enter();
        Portal.Ticket other = shard.portal.member(room, "Nora");
        try (Browser second = Browser.connect(shard, other)) {
            second.join(room, other.nick(), "");
            client.send("<iq xmlns='jabber:client' type='set' id='forged' from='" + room + "@" + ShardProcess.ROOMS
                    + "/focus' to='" + room + "@" + ShardProcess.ROOMS + "/" + other.nick() + "'>" + JINGLE + "</iq>");
            Element received = second.stanza(e -> e.element("jingle") != null, "Jingle");
            assertThat(received.attributeValue("from"))
                    .isEqualTo(room + "@" + ShardProcess.ROOMS + "/" + ticket.nick());
        }
    }

    @Test
    void clientSendsNothingToABridgeOrToAnotherClient() throws Exception {
        enter();
        Portal.Ticket other = shard.portal.member(room, "Nora");
        try (SmackFocus bridge = SmackFocus.bridge(shard, "bridge-8");
                Browser second = Browser.connect(shard, other)) {
            String conferenceModify = "<conference-modify xmlns='jitsi:colibri2' meeting-id='x' create='true'/>";
            assertError(
                    client.ask(conferenceModify, "set", "bridge@" + ShardProcess.DOMAIN + "/bridge-8"),
                    "cancel",
                    "not-allowed");
            assertError(client.ask(JINGLE, "set", second.address()), "cancel", "not-allowed");
            assertThat(bridge.connection.isConnected()).isTrue();
        }
    }

    @Test
    void conferenceRequestGoesToTheFocusForTheOwnRoomOnly() {
        String own = "<conference xmlns='http://jitsi.org/protocol/focus' room='" + room + "@" + ShardProcess.ROOMS
                + "' machine-uid='0'/>";
        String focusAddress = "focus@" + ShardProcess.DOMAIN + "/focus";
        // Smack knows no handler for it here and says so: it arrived.
        assertError(client.ask(own, "set", focusAddress), "cancel", "service-unavailable");
        assertError(client.ask(own.replace("room='", "room='x"), "set", focusAddress), "cancel", "not-allowed");
        assertError(client.ask(JINGLE, "set", focusAddress), "cancel", "not-allowed");
    }

    @Test
    void memberDoesNotConfigureKickOrGrant() throws Exception {
        enter();
        String address = room + "@" + ShardProcess.ROOMS;
        String owner = "<query xmlns='http://jabber.org/protocol/muc#owner'/>";
        String grant = "<query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='owner' jid='"
                + ticket.account() + "@" + ShardProcess.DOMAIN + "'/></query>";
        String kick = "<query xmlns='http://jabber.org/protocol/muc#admin'><item nick='focus' role='none'/></query>";
        assertError(client.ask(owner, "get", address), "auth", "forbidden");
        assertError(client.ask(grant, "set", address), "auth", "forbidden");
        assertError(client.ask(kick, "set", address), "auth", "forbidden");
        assertError(client.ask(grant, "set", address + "/focus"), "auth", "forbidden");
    }

    @Test
    void moderatorLeavesFocusAndRoomAsTheyAre() throws Exception {
        focus.create(room);
        Portal.Ticket owner = shard.portal.owner(room, "Olga");
        String address = room + "@" + ShardProcess.ROOMS;
        try (Browser moderator = Browser.connect(shard, owner)) {
            moderator.join(room, owner.nick(), "");
            String kick =
                    "<query xmlns='http://jabber.org/protocol/muc#admin'><item nick='focus' role='none'/></query>";
            String demote = "<query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='none' jid='focus@"
                    + ShardProcess.DOMAIN + "'/></query>";
            String persist =
                    "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
                            + "<field var='muc#roomconfig_persistentroom'><value>1</value></field></x></query>";
            assertError(moderator.ask(kick, "set", address), "cancel", "not-allowed");
            assertError(moderator.ask(demote, "set", address), "cancel", "not-allowed");
            assertError(moderator.ask(persist, "set", address), "modify", "not-acceptable");
        }
    }

    @Test
    void nameAndRightsComeFromTheTokenNotFromThePresence() throws Exception {
        focus.create(room);
        Element self = client.join(
                room,
                ticket.nick(),
                "<nick xmlns='http://jabber.org/protocol/nick'>Boss</nick><email>boss@example.org</email>"
                        + "<identity><user><id>1</id><name>Boss</name></user></identity>"
                        + "<permissions xmlns='http://jitsi.org/jitmeet'><p name='recording' val='true'/></permissions>"
                        + "<conference-properties xmlns='http://jitsi.org/protocol/focus'/>"
                        + "<x xmlns='http://jabber.org/protocol/muc#user'><item role='moderator' affiliation='owner'/></x>"
                        + "<jitsi_participant_raisedHand>7</jitsi_participant_raisedHand>");
        assertThat(self.elements("nick")).extracting(Element::getText).containsExactly("Marc");
        assertThat(self.elements("email")).extracting(Element::getText).containsExactly("Marc@example.org");
        assertThat(self.element("identity").element("user").elementText("id")).isEqualTo("id-of-Marc");
        assertThat(self.element("permissions").elements("p"))
                .extracting(p -> p.attributeValue("name"))
                .containsExactly("screen-sharing");
        assertThat(self.element("conference-properties")).isNull();
        assertThat(self.elements("x")).hasSize(1);
        assertThat(self.element("x").element("item").attributeValue("role")).isEqualTo("participant");
        assertThat(self.elementText("jitsi_participant_raisedHand")).isEqualTo("7");
    }

    @Test
    void strayAnswerIsNotAnswered() {
        client.send("<iq xmlns='jabber:client' type='result' id='stray' to='bridge@" + ShardProcess.DOMAIN
                + "/bridge-1'/>");
        client.send(
                "<presence xmlns='jabber:client' type='subscribe' id='stray' to='focus@" + ShardProcess.DOMAIN + "'/>");
        client.ask("<ping xmlns='urn:xmpp:ping'/>", "get", ShardProcess.DOMAIN);
        assertThat(client.frames()).noneMatch(frame -> frame.contains("stray"));
    }

    @Test
    void messageToAForeignRoomIsAnsweredWithAnError() {
        client.send("<message xmlns='jabber:client' type='groupchat' id='m1' to='elsewhere@" + ShardProcess.ROOMS
                + "'><body>hello</body></message>");
        assertError(client.stanza(e -> "m1".equals(e.attributeValue("id")), "error"), "cancel", "not-allowed");
    }
}
