package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Clients that go without a word are gone for the others; the test's server has short limits (8 s, 8 s). */
class VanishIT {
    private final ShardProcess shard = ShardProcess.get();
    private String room;
    private SmackFocus focus;
    private Portal.Ticket stays;
    private Portal.Ticket goes;
    private Browser staying;
    private Browser going;

    @BeforeEach
    void meet(TestInfo test) throws Exception {
        room = "vanish-" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        focus = SmackFocus.focus(shard);
        focus.create(room);
        stays = shard.portal.member(room, "Sam");
        goes = shard.portal.member(room, "Gus");
        staying = Browser.connect(shard, stays);
        going = Browser.connect(shard, goes);
        staying.join(room, stays.nick(), "");
    }

    @AfterEach
    void part() {
        staying.close();
        focus.close();
    }

    private void awaitGone() {
        staying.stanza(
                e -> "presence".equals(e.getName())
                        && (room + "@" + ShardProcess.ROOMS + "/" + goes.nick()).equals(e.attributeValue("from"))
                        && "unavailable".equals(e.attributeValue("type")),
                "the end of the one that vanished");
    }

    private String enableResumption() {
        going.send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
        return going.stanza(e -> "enabled".equals(e.getName()), "enabled").attributeValue("id");
    }

    @Test
    void clientThatAnswersNoPingIsGone() {
        going.join(room, goes.nick(), "");
        going.ignorePings();
        awaitGone();
        assertThat(going.frames()).anyMatch(frame -> frame.contains("urn:xmpp:ping"));
    }

    @Test
    void clientThatAnswersNoPingIsGoneEvenIfItMayResume() {
        enableResumption();
        going.join(room, goes.nick(), "");
        going.ignorePings();
        awaitGone();
    }

    @Test
    void clientWhoseConnectionBreaksIsGone() {
        going.join(room, goes.nick(), "");
        going.abort();
        awaitGone();
    }

    @Test
    void detachedSessionDoesNotLinger() {
        enableResumption();
        going.join(room, goes.nick(), "");
        going.abort();
        awaitGone();
    }

    @Test
    void brokenConnectionIsResumedWithinItsTime() throws Exception {
        String id = enableResumption();
        going.join(room, goes.nick(), "");
        going.abort();
        try (Browser again = Browser.dial(shard, "?previd=" + id)) {
            again.open();
            again.authenticate(goes.account(), goes.token());
            again.expect(f -> f.startsWith("<success"), "success");
            again.open();
            again.send("<resume xmlns='urn:xmpp:sm:3' h='3' previd='" + id + "'/>");
            Element outcome =
                    again.stanza(e -> "resumed".equals(e.getName()) || "failed".equals(e.getName()), "outcome");
            assertThat(outcome.getName()).isEqualTo("resumed");
            again.send("<message xmlns='jabber:client' type='groupchat' to='" + room + "@" + ShardProcess.ROOMS
                    + "'><body>back</body></message>");
            Element message = staying.stanza(e -> "back".equals(e.elementText("body")), "a message after resumption");
            assertThat(message.attributeValue("from")).endsWith("/" + goes.nick());
        }
        assertThat(staying.frames())
                .noneMatch(frame ->
                        frame.contains(goes.nick()) && frame.contains("unavailable") && frame.contains("back"));
    }

    @Test
    void serviceThatComesBackTakesThePlaceOfItsDeadSession() throws Exception {
        try (SmackFocus again = SmackFocus.focus(shard)) {
            assertThat(again.connection.isAuthenticated()).isTrue();
            Await.until("the old session is closed", () -> !focus.connection.isConnected());
        }
    }
}
