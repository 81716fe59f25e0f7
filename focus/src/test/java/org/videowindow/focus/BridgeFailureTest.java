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
    void aBridgeThatHangsIsFoundWithinSixSeconds() {
        // Just after a check.
        lab.pass(Duration.ofMillis(2_001));
        first.fallSilent(true);
        lab.pass(Duration.ofSeconds(6));
        assertCallOn(second);
        assertThat(ann.terminations()).isOne();
    }

    @Test
    void aHitchOfTwoSecondsIsForgiven() {
        for (int i = 0; i < 10; i++) {
            first.fallSilent(true);
            lab.pass(Duration.ofSeconds(2));
            first.fallSilent(false);
            lab.pass(Duration.ofMillis(2_300));
        }
        assertCallOn(first);
        assertThat(ann.terminations()).isZero();
    }

    @Test
    void whenTheShardIsAsSilentTheBridgeIsNotToBlame() {
        first.fallSilent(true);
        lab.shard().ignorePings(true);
        lab.pass(Duration.ofSeconds(9));
        lab.shard().ignorePings(false);
        first.fallSilent(false);
        lab.pass(Duration.ofSeconds(5));
        assertCallOn(first);
        assertThat(ann.terminations()).isZero();
    }

    @Test
    void theOnlyBridgeIsKeptWhileItStandsStill() {
        second.crash();
        first.fallSilent(true);
        lab.pass(Duration.ofSeconds(30));
        assertThat(lab.focus().health().report().code()).isEqualTo("no-bridge");
        first.fallSilent(false);
        lab.pass(Duration.ofSeconds(30));
        assertCallOn(first);
        assertThat(ann.terminations()).isZero();
        first.fallSilent(true);
        lab.pass(Duration.ofSeconds(30));
        second.join();
        lab.pass(Duration.ofSeconds(1));
        assertCallOn(second);
    }

    @Test
    void aBridgeThatGoesDownIsLeftWhileItStillWorks() {
        first.shutDown();
        lab.settle();
        assertCallOn(second);
        assertThat(first.conferences()).isEmpty();
    }

    @Test
    void aDrainingBridgeIsLeftAfterTheTimeThatIsConfigured() {
        try (FocusLab own = new FocusLab("bridge.drain-after = 1 m")) {
            FakeBridge one = own.bridge("bridge-1");
            FakeClient cid = own.client("cccccccc");
            own.client("dddddddd");
            FakeBridge two = own.bridge("bridge-2");
            one.report(0, true, true);
            own.pass(Duration.ofSeconds(59));
            one.report(0, true, true);
            assertThat(cid.offers()).isOne();
            own.pass(Duration.ofSeconds(2));
            assertThat(two.conference()).hasSize(2);
            assertThat(one.conferences()).isEmpty();
            assertThat(cid.offers()).isEqualTo(2);
        }
    }

    @Test
    void manyConferencesSpreadOverTheBridgesThatAreLeft() {
        try (FocusLab own = new FocusLab()) {
            FakeBridge dying = own.bridge("bridge-1");
            for (int i = 0; i < 60; i++) {
                new FakeClient(own.shard(), "room-" + i, Integer.toHexString(0xa000_0000 + i)).join();
                new FakeClient(own.shard(), "room-" + i, Integer.toHexString(0xb000_0000 + i)).join();
            }
            own.settle();
            assertThat(dying.conferences()).hasSize(60);
            FakeBridge one = own.bridge("bridge-2");
            FakeBridge two = own.bridge("bridge-3");
            dying.crash();
            own.settle();
            assertThat(one.conferences().size() + two.conferences().size())
                    .as("not all at once")
                    .isEqualTo(25);
            own.pass(Duration.ofSeconds(1));
            assertThat(one.conferences()).hasSizeBetween(28, 32);
            assertThat(two.conferences()).hasSizeBetween(28, 32);
        }
    }

    @Test
    void whoNamesNoRegionGetsABridgeOfTheFocusOwn() {
        try (FocusLab own = new FocusLab("bridge.local-region = eu")) {
            FakeBridge far =
                    new FakeBridge(own.shard(), "bridge-1").region("us").join();
            FakeBridge near =
                    new FakeBridge(own.shard(), "bridge-2").region("eu").join();
            own.settle();
            own.client("cccccccc");
            own.client("dddddddd");
            assertThat(far.conferences()).isEmpty();
            assertThat(near.conference()).hasSize(2);
        }
    }

    @Test
    void whatRunsIsTold() {
        assertThat(lab.focus().view().conferences().get().stream()
                        .map(c -> c.room() + " " + c.participants() + " " + c.bridge() + " " + c.meetingId()))
                .containsExactly("abc-defg-hij 2 Optional[bridge-1] "
                        + first.conferences().keySet().stream().findFirst());
        assertThat(lab.focus().view().bridges().get().stream()
                        .map(b -> b.id() + " " + b.healthy() + " " + b.state().region()))
                .containsExactly("bridge-1 true Optional[eu]", "bridge-2 true Optional[eu]");
        first.fallSilent(true);
        lab.pass(Duration.ofSeconds(10));
        assertThat(lab.focus().view().bridges().get().stream().map(b -> b.id() + " " + b.healthy()))
                .containsExactly("bridge-1 false", "bridge-2 true");
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
