package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;

/** Bridges that crash, hang, forget, drain or refuse, and what becomes of the call. */
class BridgeFailureTest {
    private final FocusLab lab = new FocusLab();
    private FakeBridge first;
    private FakeBridge second;
    private FakeClient ann;
    private FakeClient bob;

    @BeforeEach
    void aCallOnTheFirstOfTwo() {
        first = lab.bridge("bridge-1");
        second = new FakeBridge(lab.shard(), "bridge-2").join();
        second.report(0.9, true, false);
        lab.settle();
        ann = lab.client("aaaaaaaa");
        bob = lab.client("bbbbbbbb");
        assertThat(first.conference()).hasSize(2);
    }

    private void assertCallOn(FakeBridge bridge) {
        assertThat(bridge.conference().keySet()).containsExactlyInAnyOrder("aaaaaaaa", "bbbbbbbb");
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(bob.sees()).containsExactly("aaaaaaaa-a0", "aaaaaaaa-v0");
        assertThat(ann.bridgeUfrag()).startsWith(bridge == first ? "bridge1" : "bridge2");
        assertThat(ann.properties()).doesNotContainKey("bridgeNotAvailable").containsEntry("bridge-count", "1");
    }

    @Test
    void aCrashMovesTheCallAtOnce() {
        first.crash();
        lab.settle();
        assertCallOn(second);
        assertThat(ann.terminations()).isOne();
    }

    @Test
    void withoutAnotherBridgeTheCallWaitsForOne() {
        second.crash();
        first.crash();
        lab.settle();
        assertThat(ann.properties()).containsEntry("bridgeNotAvailable", "true").containsEntry("bridge-count", "0");
        assertThat(lab.focus().health().report().healthy()).isFalse();
        lab.pass(Duration.ofMinutes(1));
        first.join();
        lab.settle();
        assertCallOn(first);
        assertThat(lab.focus().health().report().healthy()).isTrue();
    }

    @Test
    void aBridgeThatSaysItIsUnhealthyIsLeft() {
        first.report(0, false, false);
        lab.settle();
        assertCallOn(second);
        assertThat(first.conferences())
                .as("a bridge that still listens is told")
                .isEmpty();
    }

    @Test
    void aBridgeThatFailsItsHealthChecksIsLeft() {
        first.failHealthChecks(true);
        lab.pass(Duration.ofSeconds(11));
        assertCallOn(second);
    }

    @Test
    void aBridgeThatHangsIsLeft() {
        first.fallSilent(true);
        lab.pass(Duration.ofSeconds(25));
        assertCallOn(second);
    }

    @Test
    void aBridgeThatHangsWhileSomebodyJoinsIsLeft() {
        first.fallSilent(true);
        FakeClient cid = lab.client("cccccccc");
        lab.pass(Duration.ofSeconds(11));
        assertThat(second.conference()).hasSize(3);
        assertThat(cid.sees()).hasSize(4);
        assertThat(ann.sees()).hasSize(4);
    }

    @Test
    void aBridgeThatForgotTheConferenceGetsItAgain() {
        first.forget();
        ann.shareScreen();
        lab.settle();
        assertCallOn(first);
    }

    @Test
    void aBridgeThatForgotOneEndpoint() {
        first.conference().remove("aaaaaaaa");
        ann.shareScreen();
        lab.pass(Duration.ofSeconds(5));
        assertCallOn(first);
        assertThat(ann.offers()).isEqualTo(2);
        assertThat(bob.offers()).isOne();
    }

    @Test
    void aDrainingBridgeKeepsWhatItHasAndGetsNothingNew() {
        first.report(0, true, true);
        lab.pass(Duration.ofSeconds(30));
        assertCallOn(first);
        FakeClient eve = new FakeClient(lab.shard(), "other-room", "eeeeeeee").join();
        FakeClient fay = new FakeClient(lab.shard(), "other-room", "ffffffff").join();
        lab.settle();
        assertThat(second.conference()).hasSize(2);
        assertThat(eve.sees()).isNotEmpty();
        assertThat(fay.sees()).isNotEmpty();
    }

    @Test
    void aBridgeThatRefusesToTakeMoreIsLeft() {
        first.refuse("graceful_shutdown");
        first.forget();
        ann.shareScreen();
        lab.settle();
        // It refuses each new conference and, as far as it says, is fine: the attempts are bounded.
        lab.pass(Duration.ofSeconds(4));
        assertThat(first.requests().size()).isLessThan(60);
        first.report(0, true, true);
        lab.pass(Duration.ofSeconds(30));
        assertCallOn(second);
    }

    @Test
    void aRefusalOfOneParticipantDoesNotTouchTheOthers() {
        FakeClient cid = lab.newClient("cccccccc");
        first.conference().put("cccccccc", first.conference().get("aaaaaaaa"));
        cid.join();
        lab.settle();
        assertThat(cid.offers()).isZero();
        lab.pass(Duration.ofSeconds(10));
        assertThat(cid.sees()).as("expired at the bridge and made again").hasSize(4);
        assertThat(ann.offers()).isOne();
    }
}
