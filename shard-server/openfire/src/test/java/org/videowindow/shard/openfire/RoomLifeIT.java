package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.jivesoftware.smack.packet.SimpleIQ;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.jxmpp.jid.impl.JidCreate;

/** What conferences need of a room (XEP-0045): presence relayed and replayed, IQs between occupants, moderation. */
class RoomLifeIT {
    private static final String KICK =
            "<query xmlns='http://jabber.org/protocol/muc#admin'><item nick='%s' role='none'><reason>bye</reason></item></query>";

    private final ShardProcess shard = ShardProcess.get();
    private String room;
    private String address;
    private SmackFocus focus;
    private Portal.Ticket olga;
    private Portal.Ticket marc;
    private Browser owner;
    private Browser member;

    @BeforeEach
    void meet(TestInfo test) throws Exception {
        room = "life-" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        address = room + "@" + ShardProcess.ROOMS;
        focus = SmackFocus.focus(shard);
        focus.create(room);
        olga = shard.portal.owner(room, "Olga");
        marc = shard.portal.member(room, "Marc");
        owner = Browser.connect(shard, olga);
        member = Browser.connect(shard, marc);
        owner.join(room, olga.nick(), "<SourceInfo>{\"a\":1}</SourceInfo><stats-id>Olga-x</stats-id>");
    }

    @AfterEach
    void part() {
        owner.close();
        member.close();
        focus.close();
    }

    private void memberJoins() {
        assertThat(member.join(room, marc.nick(), "").attributeValue("type")).isNull();
        owner.stanza(e -> isPresenceOf(e, marc.nick(), null), "the member's presence");
    }

    private boolean isPresenceOf(Element stanza, String nick, String type) {
        return "presence".equals(stanza.getName())
                && (address + "/" + nick).equals(stanza.attributeValue("from"))
                && (type == null ? stanza.attribute("type") == null : type.equals(stanza.attributeValue("type")));
    }

    private static boolean hasStatus(Element presence, String code) {
        return presence.element("x").elements("status").stream()
                .anyMatch(status -> code.equals(status.attributeValue("code")));
    }

    @Test
    void existingOccupantsComeFirstWithTheRealAddressOfTheFocus() {
        member.join(room, marc.nick(), "");
        Element ofFocus = member.frames().stream()
                .map(Browser::parse)
                .filter(e -> isPresenceOf(e, "focus", null))
                .findFirst()
                .orElseThrow();
        assertThat(ofFocus.element("x").element("item").attributeValue("jid"))
                .isEqualTo("focus@" + ShardProcess.DOMAIN + "/focus");
        assertThat(member.frames().get(member.frames().size() - 1)).contains(address + "/" + marc.nick());
    }

    @Test
    void selfPresenceComesFromTheRequestedAddressWithStatus110() {
        Element self = member.join(room, marc.nick(), "");
        assertThat(self.attributeValue("from")).isEqualTo(address + "/" + marc.nick());
        assertThat(hasStatus(self, "110")).isTrue();
        assertThat(self.element("x").getNamespaceURI()).isEqualTo("http://jabber.org/protocol/muc#user");
        assertThat(self.element("x").getNamespacePrefix()).isEmpty();
    }

    @Test
    void ownerByTokenIsModeratorFromItsFirstPresenceOn() {
        memberJoins();
        Element first = member.frames().stream()
                .map(Browser::parse)
                .filter(e -> isPresenceOf(e, olga.nick(), null))
                .findFirst()
                .orElseThrow();
        assertThat(first.element("x").element("item").attributeValue("role")).isEqualTo("moderator");
        assertThat(first.element("x").element("item").attributeValue("affiliation"))
                .isEqualTo("owner");
    }

    @Test
    void latestPresenceWithUnknownChildrenIsReplayedToLateJoiners() {
        owner.send("<presence xmlns='jabber:client' to='" + address + "/" + olga.nick() + "'>"
                + "<SourceInfo>{\"b\":2}</SourceInfo><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver='v'/>"
                + "<foo xmlns='urn:example:foo' a='1'><bar/></foo></presence>");
        owner.stanza(
                e -> isPresenceOf(e, olga.nick(), null) && "{\"b\":2}".equals(e.elementText("SourceInfo")), "update");
        member.join(room, marc.nick(), "");
        Element replayed = member.frames().stream()
                .map(Browser::parse)
                .filter(e -> isPresenceOf(e, olga.nick(), null))
                .findFirst()
                .orElseThrow();
        assertThat(replayed.elementText("SourceInfo")).isEqualTo("{\"b\":2}");
        assertThat(replayed.element("SourceInfo").getNamespaceURI()).isEqualTo("jabber:client");
        assertThat(replayed.element("stats-id")).isNull();
        assertThat(replayed.element("foo").getNamespace()).isEqualTo(Namespace.get("urn:example:foo"));
        assertThat(replayed.element("c").attributeValue("ver")).isEqualTo("v");
    }

    @Test
    void iqsBetweenOccupantsKeepTheirIds() {
        memberJoins();
        owner.send("<iq xmlns='jabber:client' type='get' id='my-own-id:1' to='" + address + "/" + marc.nick()
                + "'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        Element asked = member.stanza(e -> "iq".equals(e.getName()) && e.element("query") != null, "request");
        assertThat(asked.attributeValue("from")).isEqualTo(address + "/" + olga.nick());
        member.send("<iq xmlns='jabber:client' type='result' id='" + asked.attributeValue("id") + "' to='"
                + asked.attributeValue("from") + "'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        Element answer = owner.stanza(e -> "my-own-id:1".equals(e.attributeValue("id")), "answer");
        assertThat(answer.attributeValue("type")).isEqualTo("result");
        assertThat(answer.attributeValue("from")).isEqualTo(address + "/" + marc.nick());
    }

    @Test
    void stanzaOf256KibFromAClientPasses() {
        memberJoins();
        String text = "x".repeat(256 * 1024);
        owner.send("<message xmlns='jabber:client' type='groupchat' to='" + address + "'><body>" + text
                + "</body></message>");
        Element message = member.stanza(e -> "message".equals(e.getName()) && e.element("body") != null, "message");
        assertThat(message.elementText("body")).hasSize(text.length());
    }

    @Test
    void stanzaOf512KibFromTheFocusPasses() throws Exception {
        memberJoins();
        SimpleIQ iq = new SimpleIQ("query", "urn:example:big") {
            @Override
            protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
                xml.attribute("data", "x".repeat(512 * 1024));
                xml.setEmptyElement();
                return xml;
            }
        };
        iq.setTo(JidCreate.from(address + "/" + marc.nick()));
        focus.connection.sendStanza(iq);
        Element received = member.stanza(
                e -> "iq".equals(e.getName()) && e.element("query") != null, "the big request of the focus");
        assertThat(received.element("query").attributeValue("data")).hasSize(512 * 1024);
    }

    @Test
    void groupchatMessageWithoutBodyIsRelayed() {
        memberJoins();
        owner.send("<message xmlns='jabber:client' type='groupchat' to='" + address
                + "'><json-message xmlns='http://jitsi.org/jitmeet'>{}</json-message></message>");
        Element message = member.stanza(e -> e.element("json-message") != null, "message");
        assertThat(message.attributeValue("from")).isEqualTo(address + "/" + olga.nick());
    }

    @Test
    void forgedStatusInAMessageIsTakenOut() {
        memberJoins();
        owner.send("<message xmlns='jabber:client' type='groupchat' to='" + address
                + "'><body>x</body><x xmlns='http://jabber.org/protocol/muc#user'><status code='104'/></x></message>");
        assertThat(member.stanza(e -> e.element("body") != null, "message").element("x"))
                .isNull();
    }

    @Test
    void noHistoryIsReplayed() {
        owner.send("<message xmlns='jabber:client' type='groupchat' to='" + address + "'><body>old</body></message>");
        owner.stanza(e -> "old".equals(e.elementText("body")), "echo");
        member.join(room, marc.nick(), "<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='20'/></x>");
        member.ask("<ping xmlns='urn:xmpp:ping'/>", "get", ShardProcess.DOMAIN);
        assertThat(member.frames()).noneMatch(frame -> frame.contains("old"));
    }

    @Test
    void moderatorKicksWithReasonAndActor() {
        memberJoins();
        Element answer = owner.ask(KICK.formatted(marc.nick()), "set", address);
        assertThat(answer.attributeValue("type")).isEqualTo("result");
        Element out = member.stanza(e -> isPresenceOf(e, marc.nick(), "unavailable"), "the kick");
        assertThat(hasStatus(out, "307")).isTrue();
        assertThat(out.element("x").element("item").elementText("reason")).isEqualTo("bye");
        assertThat(out.element("x").element("item").element("actor").attributeValue("nick"))
                .isEqualTo(olga.nick());
    }

    @Test
    void kickCarriesStatus110() {
        memberJoins();
        owner.ask(KICK.formatted(marc.nick()), "set", address);
        Element own = member.stanza(e -> isPresenceOf(e, marc.nick(), "unavailable"), "the kick");
        assertThat(hasStatus(own, "110")).isTrue();
        // The moderator was told before it got its answer.
        Element others = owner.frames().stream()
                .map(Browser::parse)
                .filter(e -> isPresenceOf(e, marc.nick(), "unavailable"))
                .findFirst()
                .orElseThrow();
        assertThat(hasStatus(others, "110")).isFalse();
    }

    @Test
    void leaveCarriesStatus110() {
        memberJoins();
        member.send("<presence xmlns='jabber:client' type='unavailable' to='" + address + "/" + marc.nick() + "'/>");
        Element own = member.stanza(e -> isPresenceOf(e, marc.nick(), "unavailable"), "the leave");
        assertThat(hasStatus(own, "110")).isTrue();
        Element others = owner.stanza(e -> isPresenceOf(e, marc.nick(), "unavailable"), "the leave at the other");
        assertThat(hasStatus(others, "110")).isFalse();
    }

    @Test
    void moderatorMakesAnotherModerator() {
        memberJoins();
        Element answer = owner.ask(
                "<query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='owner' jid='" + marc.account()
                        + "@" + ShardProcess.DOMAIN + "'/></query>",
                "set",
                address);
        assertThat(answer.attributeValue("type")).isEqualTo("result");
        member.stanza(
                e -> isPresenceOf(e, marc.nick(), null)
                        && "moderator".equals(e.element("x").element("item").attributeValue("role")),
                "the new role");
        assertThat(member.ask("<query xmlns='http://jabber.org/protocol/muc#owner'/>", "get", address)
                        .attributeValue("type"))
                .isEqualTo("result");
    }

    @Test
    void moderatorEndsTheConferenceForAll() {
        memberJoins();
        owner.send("<message xmlns='jabber:client' to='endconference." + ShardProcess.DOMAIN
                + "'><end_conference/></message>");
        Element end = member.stanza(e -> isPresenceOf(e, marc.nick(), "unavailable"), "the end");
        assertThat(end.element("x").element("destroy").elementText("reason")).isNotEmpty();
        owner.stanza(e -> isPresenceOf(e, olga.nick(), "unavailable"), "the end at the moderator");
        Element again = member.join(room, marc.nick(), "");
        assertThat(again.attributeValue("type")).isEqualTo("error");
    }

    @Test
    void memberDoesNotEndTheConference() {
        memberJoins();
        member.send("<message xmlns='jabber:client' to='endconference." + ShardProcess.DOMAIN
                + "'><end_conference/></message>");
        member.ask("<ping xmlns='urn:xmpp:ping'/>", "get", ShardProcess.DOMAIN);
        owner.send("<message xmlns='jabber:client' type='groupchat' to='" + address + "'><body>still</body></message>");
        member.stanza(e -> "still".equals(e.elementText("body")), "a message in the room");
    }

    @Test
    void roomTellsMeetingAndItsBeginning() {
        Element answer = owner.ask("<query xmlns='http://jabber.org/protocol/disco#info'/>", "get", address);
        String xml = answer.asXML();
        assertThat(xml).contains("muc#roominfo_meetingId").contains("muc#roominfo_created_timestamp");
        assertThat(xml).contains("muc_nonanonymous").contains("muc_hidden").contains("muc_temporary");
    }

    @Test
    void configurationFormWithTrueIsTakenAsTrue() {
        Element answer = owner.ask(
                "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
                        + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
                        + "<field var='muc#roomconfig_passwordprotectedroom'><value>true</value></field>"
                        + "<field var='muc#roomconfig_roomsecret'><value>sesame</value></field></x></query>",
                "set",
                address);
        assertThat(answer.attributeValue("type")).isEqualTo("result");
        Element refused = member.join(room, marc.nick(), "");
        assertThat(refused.element("error").element("not-authorized")).isNotNull();
        assertThat(refused.element("error").attributeValue("type")).isEqualTo("auth");
        assertThat(owner.ask("<query xmlns='http://jabber.org/protocol/disco#info'/>", "get", address)
                        .asXML())
                .contains("muc_passwordprotected");
    }

    @Test
    void changedConfigurationIsAnnounced() {
        memberJoins();
        owner.ask(
                "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
                        + "<field var='muc#roomconfig_membersonly'><value>true</value></field></x></query>",
                "set",
                address);
        Element notice = member.stanza(e -> "message".equals(e.getName()) && e.element("x") != null, "the notice");
        assertThat(notice.attributeValue("from")).isEqualTo(address);
        assertThat(notice.attributeValue("type")).isEqualTo("groupchat");
        assertThat(hasStatus(notice, "104")).isTrue();
    }
}
