package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;

/** Sessions that end and begin again. */
class RestartTest {
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

    private void restart() {
        bob.restart();
        bob.forgetSession();
        lab.settle();
    }

    @Test
    void whoAsksIsInvitedAgainWithANewEndpoint() {
        String before = bob.bridgeUfrag();
        restart();
        assertThat(bob.offers()).isEqualTo(2);
        assertThat(bob.bridgeUfrag()).isNotEqualTo(before);
        assertThat(bob.sees()).containsExactly("aaaaaaaa-a0", "aaaaaaaa-v0");
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(ann.offers()).isOne();
        assertThat(bridge.conference()).hasSize(2);
    }

    @Test
    void restartsAreFiveSecondsApartAndFiveAMinute() {
        restart();
        bob.restart();
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("resource-constraint");
        assertThat(bob.offers()).isEqualTo(2);
        for (int i = 0; i < 4; i++) {
            lab.pass(Duration.ofSeconds(6));
            restart();
        }
        assertThat(bob.offers()).isEqualTo(6);
        lab.pass(Duration.ofSeconds(6));
        bob.restart();
        lab.settle();
        assertThat(bob.offers()).as("the sixth within a minute").isEqualTo(6);
        lab.pass(Duration.ofSeconds(60));
        restart();
        assertThat(bob.offers()).isEqualTo(7);
    }

    @Test
    void whoEndsWithoutARestartIsLeftAlone() {
        bob.jingle("session-terminate", "<reason><success/></reason>");
        lab.pass(Duration.ofMinutes(2));
        assertThat(bob.offers()).isOne();
        assertThat(ann.sees()).isEmpty();
        assertThat(bridge.conference().keySet()).containsExactly("aaaaaaaa");
    }

    @Test
    void noticesAreTakenAndUnknownActionsRefused() {
        bob.jingle("session-info", "<bridge-session xmlns='http://jitsi.org/protocol/focus' id='x' state='failed'/>");
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("result");
        bob.jingle("transport-info", "");
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("result");
        bob.jingle("content-modify", "");
        lab.settle();
        assertThat(bob.lastOutcome()).isEqualTo("feature-not-implemented");
    }

    @Test
    void anOfferThatIsNotAcceptedIsMadeAgainAFewTimes() {
        FakeClient cid = lab.newClient("cccccccc").accepts(false).join();
        lab.settle();
        assertThat(cid.offers()).isOne();
        lab.pass(Duration.ofMinutes(10));
        assertThat(cid.offers()).isEqualTo(4);
        assertThat(cid.terminations()).isEqualTo(4);
        assertThat(bridge.conference().keySet()).containsExactly("aaaaaaaa", "bbbbbbbb");
    }

    @Test
    void anOfferThatIsNotEvenAcknowledged() {
        FakeClient cid = lab.newClient("cccccccc").acknowledges(false).join();
        lab.pass(Duration.ofMinutes(10));
        assertThat(bridge.conference().keySet()).containsExactly("aaaaaaaa", "bbbbbbbb");
        cid.acknowledges(true);
        lab.pass(Duration.ofMinutes(1));
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0");
    }

    @Test
    void aClientThatForgotItsSessionIsInvitedAgain() {
        bob.forgetSession();
        ann.shareScreen();
        lab.pass(Duration.ofSeconds(5));
        assertThat(bob.offers()).isEqualTo(2);
        assertThat(bob.sees()).contains("aaaaaaaa-v1");
    }
}
