package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/** New ICE credentials within a session. */
class IceRestartTest {
    private static final String FIRST = "ice-generation='1'";

    private final FocusLab lab = new FocusLab();
    private FakeBridge bridge;
    private FakeClient ann;
    private FakeClient bob;

    @BeforeEach
    void aCall() {
        bridge = lab.bridge("bridge-1");
        ann = lab.client("aaaaaaaa");
        bob = lab.client("bbbbbbbb");
    }

    private FakeBridge.Endpoint bobOnTheBridge() {
        return bridge.conference().get("bbbbbbbb");
    }

    @Test
    void theBridgesNewTransportGoesToTheClientAndTheClientsToTheBridge() {
        String before = bob.bridgeUfrag();
        assertThat(bob.properties()).containsEntry("support-ice-restart", "true");
        bob.restartIce();
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("result");
        assertThat(bob.transports()).hasSize(1);
        XmlElement transport = bob.transports().getFirst();
        assertThat(transport.attribute("ice-generation")).isEqualTo("1");
        assertThat(transport.attribute("ufrag")).isNotEqualTo(before);
        assertThat(transport.children("candidate", Namespaces.ICE_UDP)).isNotEmpty();
        bob.answerIceRestart(FIRST, "newbob", "");
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("result");
        assertThat(bobOnTheBridge().clientUfrag()).isEqualTo("newbob");
        assertThat(bobOnTheBridge().clientGeneration()).isOne();
        assertThat(bob.offers()).as("the session goes on").isOne();
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(bridge.conference().get("aaaaaaaa").clientGeneration()).isZero();
    }

    @Test
    void whatIsSaidLaterOfSourcesKeepsTheGeneration() {
        bob.restartIce();
        lab.settle();
        bob.shareScreen();
        lab.settle();
        assertThat(bobOnTheBridge().clientGeneration())
                .as("not answered yet: still the old credentials")
                .isZero();
        bob.answerIceRestart(FIRST, "newbob", "");
        bob.stopSharing();
        lab.settle();
        assertThat(bobOnTheBridge().clientUfrag()).isEqualTo("newbob");
        assertThat(bobOnTheBridge().clientGeneration()).isOne();
    }

    @Test
    void anAnswerWithoutANumberBelongsToTheRestartUnderWay() {
        bob.restartIce();
        lab.settle();
        bob.answerIceRestart("", "newbob", "");
        bob.answerIceRestart("", "newbob", "");
        lab.settle();
        assertThat(bob.lastOutcome()).as("a repetition").isEqualTo("result");
        assertThat(bobOnTheBridge().clientGeneration()).isOne();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ice-generation='2' | newbob | '' | unexpected-request",
                "ice-generation='0' | newbob | '' | bad-request",
                "ice-generation='-1' | newbob | '' | bad-request",
                "ice-generation='99999999999' | newbob | '' | bad-request",
                "ice-generation='1' | x | '' | bad-request",
                "ice-generation='1' | newbob | <fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256'>"
                        + "00:80:F6:27:4C:69:7B:B8:BE:BF:91:36:27:C0:59:80:63:4C:D3:24:AC:94:AD:3E:B5:73:33:78:6F:FB:4D:1C"
                        + "</fingerprint> | bad-request",
            })
    void anAnswerThatIsNoneChangesNothing(String generation, String ufrag, String more, String outcome) {
        bob.restartIce();
        lab.settle();
        String before = bobOnTheBridge().clientUfrag();
        bob.answerIceRestart(generation, ufrag, more);
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo(outcome);
        assertThat(bobOnTheBridge().clientUfrag()).isEqualTo(before);
    }

    @Test
    void credentialsWithoutARestartAreRefused() {
        bob.answerIceRestart("", "newbob", "");
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("unexpected-request");
    }

    @Test
    void restartsHaveTheirOwnBudget() {
        int granted = 0;
        for (int i = 0; i < 30; i++) {
            bob.restartIce();
            lab.settle();
            granted += bob.lastOutcome().equals("result") ? 1 : 0;
            lab.pass(Duration.ofSeconds(1));
        }
        assertThat(granted).as("five seconds apart and five a minute").isEqualTo(5);
        assertThat(bob.transports()).hasSize(5);
        bob.restartIce();
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("resource-constraint");
        bob.restart();
        bob.forgetSession();
        lab.settle();
        assertThat(bob.offers()).isEqualTo(2);
    }

    @Test
    void anotherBridgeSessionIsNotRestarted() {
        bob.jingle(
                "session-info", "<bridge-session xmlns='http://jitsi.org/protocol/focus' id='x' ice-restart='true'/>");
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("item-not-found");
        assertThat(bob.transports()).isEmpty();
    }

    @Test
    void whereTheBridgeHasNothingToRestartTheClientHearsNothing() {
        bridge.disconnect();
        bob.restartIce();
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("result");
        assertThat(bob.transports()).isEmpty();
    }

    @Test
    void candidatesOfClientsGoNowhere() {
        StringBuilder candidates = new StringBuilder();
        for (String ip : new String[] {"127.0.0.1", "169.254.169.254", "224.0.0.1", "::1", "10.0.0.1", "a1b2.local"}) {
            candidates
                    .append("<candidate component='1' foundation='1' generation='0' id='c' ip='")
                    .append(ip)
                    .append("' network='0' port='9' priority='1' protocol='udp' type='host'/>");
        }
        String many = candidates.toString().repeat(100);
        bob.jingle(
                "transport-info",
                "<content creator='initiator' name='audio'><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1'>"
                        + candidates + "</transport></content>");
        bob.restartIce();
        lab.settle();
        bob.answerIceRestart(FIRST, "newbob", many);
        lab.settle();
        assertThat(bridge.requests()).extracting(XmlElement::toString).noneMatch(text -> text.contains("candidate"));
        bob.answerIceRestart(FIRST, "newbob", "");
        lab.settle();
        assertThat(bobOnTheBridge().clientUfrag()).isEqualTo("newbob");
    }

    @Test
    void aSessionThatIsNotAcceptedHasNothingToRestart() {
        FakeClient cid = lab.newClient("cccccccc").accepts(false).join();
        lab.settle();
        cid.restartIce();
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo("unexpected-request");
    }
}
