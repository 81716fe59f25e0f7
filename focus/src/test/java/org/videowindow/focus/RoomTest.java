package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;
import org.videowindow.focus.lab.Xml;

/** The focus in its rooms: requests, configuration, moderation, ends. */
class RoomTest {
    private static final String FOCUS = "focus@meet.video-window.local/focus";

    private final FocusLab lab = new FocusLab();

    @Test
    void theRoomIsConfiguredWithOnesAndZeros() {
        FakeClient ann = lab.client("aaaaaaaa");
        String form = lab.shard().configuration(ann.room()).toString();
        assertThat(form)
                .contains("var='muc#roomconfig_whois'><value>anyone<")
                .contains("var='muc#roomconfig_persistentroom'><value>0<")
                .contains("var='muc#roomconfig_publicroom'><value>0<")
                .doesNotContain("true")
                .doesNotContain("false");
    }

    @Test
    void theAnswerNamesTheBareAddressOfTheFocus() {
        FakeClient ann = lab.client("aaaaaaaa");
        assertThat(ann.answers().getFirst().children().getFirst())
                .isEqualTo(Xml.stanza("<conference xmlns='http://jitsi.org/protocol/focus' room='" + ann.room()
                        + "' ready='true' focusjid='focus@meet.video-window.local'>"
                        + "<property name='authentication' value='false'/>"
                        + "<property name='visitors-supported' value='false'/></conference>"));
    }

    @Test
    void theFocusIsInTheRoomBeforeItAnswers() {
        lab.newClient("aaaaaaaa").join();
        lab.settle();
        var sent = lab.shard().sentByFocus().stream().map(Xml::text).toList();
        int configured = indexOf(sent, "muc#owner");
        int answered = indexOf(sent, "ready='true'");
        assertThat(configured).isPositive().isLessThan(answered);
    }

    private static int indexOf(java.util.List<String> stanzas, String part) {
        for (int i = 0; i < stanzas.size(); i++) {
            if (stanzas.get(i).contains(part)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void aRoomThatNobodyEntersIsLeft() {
        FakeClient ann = lab.newClient("aaaaaaaa");
        ann.request(
                "set",
                FOCUS,
                "<conference xmlns='http://jitsi.org/protocol/focus' room='empty@conference.meet.video-window.local'/>");
        lab.pass(Duration.ofSeconds(29));
        assertThat(lab.focus().conferences()).isOne();
        lab.pass(Duration.ofSeconds(2));
        assertThat(lab.focus().conferences()).isZero();
        assertThat(lab.shard().hasRoom("empty@conference.meet.video-window.local"))
                .isFalse();
    }

    @Test
    void roomsElsewhereAndTheBreweryAreRefused() {
        FakeClient ann = lab.newClient("aaaaaaaa");
        for (String room :
                new String[] {"a@conference.elsewhere", "brewery@conference.meet.video-window.local", "x", ""}) {
            ann.request("set", FOCUS, "<conference xmlns='http://jitsi.org/protocol/focus' room='" + room + "'/>");
            lab.settle();
            assertThat(ann.lastOutcome()).as(room).isEqualTo("bad-request");
        }
        assertThat(lab.focus().conferences()).isZero();
    }

    @Test
    void anotherSpellingIsTheSameRoom() {
        FakeClient ann = lab.newClient("aaaaaaaa");
        for (String room : new String[] {"team", "TEAM", "\uff34eam", "Team"}) {
            ann.request(
                    "set",
                    FOCUS,
                    "<conference xmlns='http://jitsi.org/protocol/focus' room='" + room
                            + "@Conference.Meet.video-window.local'/>");
            lab.settle();
            assertThat(ann.lastAnswer().toString()).contains("room='team@conference.meet.video-window.local'");
        }
        assertThat(lab.focus().conferences()).isOne();
    }

    @Test
    void conferencesAreLimited() {
        try (FocusLab small = new FocusLab("conference.limit = 2")) {
            FakeClient ann = small.newClient("aaaaaaaa");
            for (int i = 0; i < 3; i++) {
                ann.request(
                        "set",
                        FOCUS,
                        "<conference xmlns='http://jitsi.org/protocol/focus' room='r" + i
                                + "@conference.meet.video-window.local'/>");
                small.settle();
            }
            assertThat(ann.lastOutcome()).isEqualTo("resource-constraint");
            assertThat(small.focus().conferences()).isEqualTo(2);
        }
    }

    @Test
    void participantsAreLimited() {
        try (FocusLab small = new FocusLab("conference.participants = 2")) {
            small.bridge("bridge-1");
            small.client("aaaaaaaa");
            small.client("bbbbbbbb");
            FakeClient cid = small.client("cccccccc");
            assertThat(cid.offers()).isZero();
            assertThat(small.metrics().value("focus.occupants.not.admitted")).isPositive();
        }
    }

    @Test
    void oneIsEnoughWhereThatIsConfigured() {
        try (FocusLab alone = new FocusLab("conference.min-participants = 1")) {
            alone.bridge("bridge-1");
            assertThat(alone.client("aaaaaaaa").offers()).isOne();
        }
    }

    @Test
    void theModeratorEndsTheMeetingForAll() {
        FakeBridge bridge = lab.bridge("bridge-1");
        FakeClient ann = lab.client("aaaaaaaa");
        lab.client("bbbbbbbb");
        lab.shard().destroy(ann.room());
        lab.settle();
        assertThat(bridge.conferences()).isEmpty();
        assertThat(lab.focus().conferences()).isZero();
    }

    @Test
    void whoIsKickedLosesTheMedia() {
        FakeBridge bridge = lab.bridge("bridge-1");
        FakeClient ann = lab.client("aaaaaaaa");
        FakeClient bob = lab.client("bbbbbbbb");
        lab.client("cccccccc");
        lab.shard().kick(ann.room(), "bbbbbbbb");
        lab.settle();
        assertThat(bridge.conference().keySet()).containsExactly("aaaaaaaa", "cccccccc");
        bob.shareScreen();
        lab.settle();
        assertThat(ann.sees()).containsExactly("cccccccc-a0", "cccccccc-v0");
    }

    @Test
    void onlyAModeratorMutesOthers() {
        lab.bridge("bridge-1");
        FakeClient moderator = lab.client("0aaaaaaa");
        FakeClient bob = lab.client("bbbbbbbb");
        String muteBob = "<mute xmlns='http://jitsi.org/jitmeet/audio' jid='" + bob.room() + "/bbbbbbbb'>true</mute>";
        String muteModerator =
                "<mute xmlns='http://jitsi.org/jitmeet/video' jid='" + bob.room() + "/0aaaaaaa'>true</mute>";

        bob.request("set", bob.room() + "/focus", muteModerator);
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("forbidden");
        moderator.request("set", bob.room() + "/focus", muteBob);
        lab.settle();
        assertThat(moderator.lastOutcome()).isEqualTo("result");
        assertThat(bob.received().getLast().children().getFirst())
                .isEqualTo(Xml.stanza("<mute xmlns='http://jitsi.org/jitmeet/audio' actor='" + bob.room()
                        + "/0aaaaaaa'>true</mute>"));
        moderator.request("set", bob.room() + "/focus", muteBob.replace("true", "false"));
        lab.settle();
        assertThat(moderator.lastOutcome()).as("unmute").isEqualTo("not-allowed");
        moderator.request("set", bob.room() + "/focus", muteBob.replace("bbbbbbbb", "dddddddd"));
        lab.settle();
        assertThat(moderator.lastOutcome()).as("nobody").isEqualTo("item-not-found");
        moderator.request("set", bob.room() + "/focus", muteBob.replace(FocusLab.ROOM, "other-room"));
        lab.settle();
        assertThat(moderator.lastOutcome()).as("another room").isEqualTo("item-not-found");
    }

    @Test
    void theFocusSaysWhatItIs() {
        FakeClient ann = lab.newClient("aaaaaaaa");
        ann.request("get", FOCUS, "<query xmlns='http://jabber.org/protocol/disco#info' node='n#v'/>");
        ann.request("get", FOCUS, "<ping xmlns='urn:xmpp:ping'/>");
        ann.request("get", FOCUS, "<query xmlns='jabber:iq:version'/>");
        ann.request("get", FOCUS, "<what xmlns='is:this'/>");
        lab.settle();
        assertThat(ann.answers().get(0).toString()).contains("node='n#v'").contains("urn:xmpp:jingle:1");
        assertThat(ann.answers().get(1).attribute("type")).isEqualTo("result");
        assertThat(ann.answers().get(2).toString()).contains("<version>test</version>");
        assertThat(ann.lastOutcome()).isEqualTo("service-unavailable");
    }

    @Test
    void theFocusThatStopsLeavesNothingBehind() {
        FakeBridge bridge = lab.bridge("bridge-1");
        FakeClient ann = lab.client("aaaaaaaa");
        FakeClient bob = lab.client("bbbbbbbb");
        lab.focus().endConferences();
        lab.settle();
        assertThat(bridge.conferences()).isEmpty();
        assertThat(ann.terminations()).isOne();
        assertThat(bob.terminations()).isOne();
        assertThat(lab.shard().presence(ann.room(), "focus")).isNull();
    }
}
