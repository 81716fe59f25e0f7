package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;
import org.videowindow.focus.xml.XmlElement;

/** What must not work, while a call of two goes on undisturbed. */
class HostileStanzasTest {
    private FocusLab lab;
    private FakeBridge bridge;
    private FakeClient ann;
    private FakeClient bob;

    @BeforeEach
    void start() {
        lab = new FocusLab();
        bridge = lab.bridge("bridge-1");
        ann = lab.client("aaaaaaaa");
        bob = lab.client("bbbbbbbb");
    }

    @AfterEach
    void theCallGoesOn() {
        ann.shareScreen();
        lab.settle();
        assertThat(bob.sees()).contains("aaaaaaaa-a0", "aaaaaaaa-v0", "aaaaaaaa-v1");
        assertThat(ann.sees()).contains("bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(bob.offers()).isOne();
        lab.close();
    }

    @Test
    void jingleFromSomebodyWhoIsNotInTheRoom() {
        FakeClient stranger = lab.newClient("eeeeeeee");
        lab.shard()
                .inject("<iq type='set' id='x' from='" + ann.room() + "/eeeeeeee'>"
                        + "<jingle xmlns='urn:xmpp:jingle:1' action='session-terminate' sid='" + bob.sid()
                        + "'/></iq>");
        lab.shard()
                .inject("<iq type='set' id='y' from='" + stranger.jid()
                        + "'><jingle xmlns='urn:xmpp:jingle:1' action='session-terminate' sid='" + bob.sid()
                        + "'/></iq>");
        lab.settle();
        assertThat(lab.metrics().value("focus.strangers.refused")).isEqualTo(2);
    }

    @Test
    void theSessionOfSomebodyElse() {
        bob.jingle("session-terminate", ann.sid(), "<reason><success/></reason>");
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("item-not-found");
    }

    @Test
    void aSecondAccept() {
        bob.accept();
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("unexpected-request");
    }

    @Test
    void anAcceptAfterTheEnd() {
        FakeClient cid = lab.client("cccccccc");
        cid.jingle("session-terminate", "<reason><success/></reason>");
        cid.accept();
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo("item-not-found");
        assertThat(ann.sees()).doesNotContain("cccccccc-a0");
        cid.leave();
        lab.settle();
    }

    @Test
    void sourcesBeforeTheAccept() {
        FakeClient cid = lab.newClient("cccccccc").accepts(false).join();
        lab.settle();
        cid.shareScreen();
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo("unexpected-request");
        assertThat(ann.sees()).doesNotContain("cccccccc-v1");
    }

    @Test
    void tenThousandSources() {
        String many = IntStream.range(0, 10_000)
                .mapToObj(i -> "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' name='bbbbbbbb-v2' ssrc='" + (1000 + i)
                        + "'/>")
                .collect(Collectors.joining());
        bob.jingle("source-add", bob.contents("", many));
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("resource-constraint");
        assertThat(bridge.conference().get("bbbbbbbb").ssrcs()).hasSize(3);
    }

    @Test
    void aThousandContents() {
        bob.jingle("source-add", "<content name='audio'/>".repeat(1000));
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("bad-request");
    }

    @Test
    void aStanzaLargerThanAllowed() {
        bob.request("set", bob.room() + "/focus", "<jingle xmlns='urn:xmpp:jingle:1' action='source-add' sid='x'/>");
        lab.settle();
        lab.shard()
                .inject("<iq type='set' id='big' from='" + bob.room()
                        + "/bbbbbbbb'><jingle xmlns='urn:xmpp:jingle:1' action='source-add' sid='" + bob.sid() + "'>"
                        + "<a><b/></a>".repeat(20_000) + "</jingle></iq>");
        lab.settle();
        assertThat(lab.metrics().value("focus.stanzas.dropped", "reason", "oversized"))
                .isOne();
        assertThat(lab.shard().sentByFocus().getLast().toString()).contains("resource-constraint");
    }

    @Test
    void anotherOnesSsrcOrMsid() {
        bob.jingle(
                "source-add",
                bob.contents("", FakeClient.source(ann.firstSsrc(), "bbbbbbbb-v1", "bbbbbbbb-video-1-1 t", "")));
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("conflict");
        bob.jingle(
                "source-add", bob.contents("", FakeClient.source(77, "bbbbbbbb-v1", "aaaaaaaa-video-0-1 track-v", "")));
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("conflict");
        bob.jingle(
                "source-add",
                bob.contents("", FakeClient.source(1597436994L, "bbbbbbbb-v1", "bbbbbbbb-video-1-1 t", "")));
        lab.settle();
        assertThat(bob.lastOutcome()).as("the bridge's own SSRC").isEqualTo("conflict");
        assertThat(bridge.conference().get("bbbbbbbb").ssrcs()).hasSize(3);
    }

    @Test
    void anotherOnesSourcesRemoved() {
        bob.jingle("source-remove", ann.contents(ann.audio(ann.firstSsrc()), ""));
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("bad-request");
        assertThat(bob.sees()).contains("aaaaaaaa-a0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x&#13;&#10;a=candidate:1 1 udp 1 10.0.0.1 1 typ host",
                "x&#10;y",
                "x y z",
                "x&#0x22;",
                "",
                " ",
                "\u202e evil",
                "x&quot;,&quot;s&quot;:1"
            })
    void linesSmuggledIntoAnMsid(String msid) {
        bob.jingle(
                "source-add",
                bob.contents(
                        "",
                        FakeClient.source(99, "bbbbbbbb-v1", msid.replace("&#0x22;", "&lt;"), " videoType='desktop'")));
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("bad-request");
        assertThat(ann.sees()).doesNotContain("bbbbbbbb-v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ufrag='b&#13;&#10;x' pwd='H1arX4wvn9pcQGrL2UMUnR0I'",
                "ufrag='b' pwd='H1arX4wvn9pcQGrL2UMUnR0I'",
                "ufrag='bbbbbbbb' pwd='short'",
                "ufrag='bbbbbbbb'",
                ""
            })
    void transportsThatAreNone(String attributes) {
        FakeClient cid = lab.newClient("cccccccc").accepts(false).join();
        lab.settle();
        cid.jingle(
                "session-accept",
                cid.contents("", "").replaceAll("ufrag='[^']*' pwd='[^']*'", attributes.replace("$", "")));
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo("bad-request");
        cid.accept();
        lab.settle();
        assertThat(cid.lastOutcome()).as("the offer still stands").isEqualTo("result");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setup='active' hash='sha-1'>79:80:F6:27:4C:69:7B:B8:BE:BF:91:36:27:C0:59:80:63:4C:D3:24",
                "setup='active' hash='md5'>79:80:F6:27:4C:69:7B:B8:BE:BF:91:36:27:C0:59:80",
                "setup='active' hash='sha-256'>79:80",
                "setup='active' hash='sha-256'>zz",
                "setup='passive' hash='sha-256'>" + "79:80:F6:27:4C:69:7B:B8:BE:BF:91:36:27:C0:59:80:"
                        + "63:4C:D3:24:AC:94:AD:3E:B5:73:33:78:6F:FB:4D:1C",
            })
    void fingerprintsThatProveNothing(String fingerprint) {
        FakeClient cid = lab.newClient("cccccccc").accepts(false).join();
        lab.settle();
        cid.jingle(
                "session-accept",
                cid.contents("", "").replaceAll("setup='active' hash='sha-256'>[0-9A-F:]*", fingerprint));
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo("bad-request");
    }

    @Test
    void candidatesAreNotPassedOn() {
        FakeClient cid = lab.newClient("cccccccc").accepts(false).join();
        lab.settle();
        cid.jingle(
                "session-accept",
                cid.contents("", "")
                        .replace(
                                "</transport>",
                                "<candidate ip='169.254.169.254' port='80' component='1' protocol='udp' type='host'/>"
                                        + "</transport>"));
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo("result");
        assertThat(bridge.requests().getLast().toString()).doesNotContain("169.254");
        cid.leave();
        lab.settle();
    }

    @Test
    void aStrangerAnswersForTheBridge() {
        bridge.fallSilent(true);
        FakeClient cid = lab.newClient("cccccccc").join();
        lab.settle();
        XmlElement asked = lab.shard().sentByFocus().stream()
                .filter(s -> s.toString().contains("id='cccccccc'"))
                .findFirst()
                .orElseThrow();
        String forged = "<conference-modified xmlns='jitsi:colibri2'><endpoint id='cccccccc'><transport>"
                + "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='evil' pwd='1aojqqra8hjo5127196kfok91i'>"
                + "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' setup='actpass' hash='sha-256'>"
                + "AA:".repeat(31) + "AA</fingerprint><candidate ip='203.0.113.66' port='1'/></transport></transport>"
                + "</endpoint></conference-modified>";
        for (String from : List.of(bob.jid(), FakeBridge.BREWERY + "/bridge-2", FakeBridge.BREWERY)) {
            lab.shard()
                    .inject("<iq type='result' id='" + asked.attribute("id") + "' from='" + from + "'>" + forged
                            + "</iq>");
        }
        lab.settle();
        assertThat(cid.offers()).isZero();
        assertThat(lab.metrics().value("focus.stanzas.dropped", "reason", "stray-answer"))
                .isEqualTo(3);
        bridge.fallSilent(false);
        cid.leave();
        lab.settle();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iq/>",
                "<iq type='set' id='1'/>",
                "<iq type='set' from='a@b/c'><jingle xmlns='urn:xmpp:jingle:1'/></iq>",
                "<iq type='set' id='1' from='@@@'><jingle xmlns='urn:xmpp:jingle:1'/></iq>",
                "<iq type='sing' id='1' from='a@b/c'/>",
                "<iq type='get' id='1' from='a@b/c'/>",
                "<iq type='set' id='1' from='a@b/c'><conference xmlns='http://jitsi.org/protocol/focus'/></iq>",
                "<iq type='set' id='1' from='a@b/c'><conference xmlns='http://jitsi.org/protocol/focus' room='///'/></iq>",
                "<iq type='set' id='1' from='a@b/c'><mute xmlns='http://jitsi.org/jitmeet/audio'/></iq>",
                "<presence from='x'/>",
                "<presence from='abc-defg-hij@conference.meet.video-window.local'/>",
                "<presence from='abc-defg-hij@conference.meet.video-window.local/aaaaaaaa' type='subscribe'/>",
                "<presence from='brewery@conference.meet.video-window.local/x'><stats xmlns='http://jitsi.org/protocol/"
                        + "colibri'><stat/><stat name='stress_level' value='NaN'/></stats></presence>",
                "<message from='a@b/c'><body>hello</body></message>",
                "<unheard-of/>"
            })
    void oddStanzas(String stanza) {
        lab.shard().inject(stanza);
        lab.settle();
    }

    @Test
    void aFloodOfRequestsIsBoundedAndAnswered() {
        lab.shard().sentByFocus().clear();
        for (int i = 0; i < 6_000; i++) {
            lab.focus()
                    .listener()
                    .stanza(
                            org.videowindow.focus.lab.Xml.stanza("<iq type='set' id='f" + i + "' from='" + bob.room()
                                    + "/bbbbbbbb'><jingle xmlns='urn:xmpp:jingle:1' action='session-info' sid='"
                                    + bob.sid() + "'/></iq>"),
                            true);
        }
        lab.settle();
        assertThat(lab.shard().sentByFocus()).hasSize(6_000);
        assertThat(lab.metrics().value("focus.stanzas.dropped", "reason", "queue-full"))
                .isEqualTo(1_000);
    }

    @Test
    void whoHasNoEndpointsNameIsNotInvited() {
        FakeClient watcher = lab.newClient("12345678");
        watcher.enterAs("recorder");
        lab.pass(Duration.ofSeconds(1));
        assertThat(watcher.offers()).isZero();
        watcher.vanish();
        lab.settle();
    }
}
