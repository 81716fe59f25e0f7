package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import org.dom4j.Element;
import org.jivesoftware.smack.packet.EmptyResultIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.SimpleIQ;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** A focus that is lost and comes back: those in the room hear nothing of it, and media go on. */
class FocusLossIT {

    private final ShardProcess shard = ShardProcess.get();

    private static boolean isOfFocus(Element stanza, String type) {
        return "presence".equals(stanza.getName())
                && stanza.attributeValue("from", "").endsWith("/focus")
                && (type == null ? stanza.attribute("type") == null : type.equals(stanza.attributeValue("type")));
    }

    private static void leave(Browser browser, String room, String nick) {
        String occupant = room + "@" + ShardProcess.ROOMS + "/" + nick;
        browser.send("<presence xmlns='jabber:client' type='unavailable' to='" + occupant + "'/>");
        browser.stanza(
                e -> occupant.equals(e.attributeValue("from")) && "unavailable".equals(e.attributeValue("type")),
                "the leave");
    }

    private static void aMessageArrives(Browser sender, String room, String text) {
        sender.send("<message xmlns='jabber:client' type='groupchat' to='" + room + "@" + ShardProcess.ROOMS
                + "'><body>" + text + "</body></message>");
        sender.stanza(e -> text.equals(e.elementText("body")), text);
    }

    @Test
    void thoseInTheRoomDoNotHearThatTheFocusWasLost() throws Exception {
        String room = "loss";
        Portal.Ticket olga = shard.portal.owner(room, "Olga");
        Portal.Ticket marc = shard.portal.member(room, "Marc");
        SmackFocus focus = SmackFocus.focus(shard);
        focus.create(room);
        try (Browser owner = Browser.connect(shard, olga);
                Browser late = Browser.connect(shard, marc)) {
            owner.join(room, olga.nick(), "");
            // As a killed process: the connection ends without a word.
            focus.connection.instantShutdown();
            Await.until("the shard knows that the focus is gone", () -> {
                Element answer = late.join(room, marc.nick(), "");
                if (answer.element("error") == null) {
                    leave(late, room, marc.nick());
                    return false;
                }
                return "Room creation is restricted"
                        .equals(answer.element("error").elementText("text"));
            });
            aMessageArrives(owner, room, "still here");
            assertThat(owner.frames().stream().map(Browser::parse).filter(e -> isOfFocus(e, "unavailable")))
                    .as("the loss of the focus")
                    .isEmpty();
            try (SmackFocus next = SmackFocus.focus(shard)) {
                next.room(room).join(Resourcepart.from("focus"));
                owner.stanza(e -> isOfFocus(e, null), "the focus again");
                assertThat(late.join(room, marc.nick(), "").attribute("type")).isNull();
                next.room(room).leave();
                owner.stanza(e -> isOfFocus(e, "unavailable"), "the focus leaving in order");
            }
        }
    }

    @Test
    void theEndOfTheConferenceIsHeardAlsoFromTheFocus() throws Exception {
        String room = "loss-end";
        Portal.Ticket olga = shard.portal.owner(room, "Olga");
        try (SmackFocus focus = SmackFocus.focus(shard);
                Browser owner = Browser.connect(shard, olga)) {
            focus.create(room);
            owner.join(room, olga.nick(), "");
            focus.room(room).destroy("over", null);
            Element end = owner.stanza(
                    e -> e.attributeValue("from", "").endsWith("/" + olga.nick())
                            && "unavailable".equals(e.attributeValue("type")),
                    "the end");
            assertThat(end.element("x").element("destroy")).isNotNull();
        }
    }

    @Test
    void theFocusAnswersAClientThatHasSentNoPresence() throws Exception {
        String room = "silent";
        try (SmackFocus focus = SmackFocus.focus(shard);
                Browser browser = Browser.connect(shard, shard.portal.member(room, "Ada"))) {
            String request = "<conference xmlns='http://jitsi.org/protocol/focus' room='" + room + "@"
                    + ShardProcess.ROOMS + "'/>";
            // Smack's own answer to what it does not know comes by the same way.
            Element refused = browser.ask(request, "set", "focus@" + ShardProcess.DOMAIN + "/focus");
            assertThat(refused.attributeValue("type")).isEqualTo("error");
            assertThat(refused.attributeValue("from")).isEqualTo("focus@" + ShardProcess.DOMAIN + "/focus");

            IQ asked = new SimpleIQ("conference", "http://jitsi.org/protocol/focus") {
                @Override
                protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
                    xml.setEmptyElement();
                    return xml;
                }
            };
            asked.setType(IQ.Type.set);
            asked.setStanzaId("later");
            asked.setFrom(JidCreate.from(browser.address()));
            focus.connection.sendStanza(new EmptyResultIQ(asked));
            Element answer = browser.stanza(e -> "later".equals(e.attributeValue("id")), "the answer");
            assertThat(answer.attributeValue("type")).isEqualTo("result");
            assertThat(answer.attributeValue("from")).isEqualTo("focus@" + ShardProcess.DOMAIN + "/focus");
            assertThat(browser.frames().stream().filter(frame -> frame.contains("id=\"later\"")))
                    .as("one answer")
                    .hasSize(1);
        }
    }
}
