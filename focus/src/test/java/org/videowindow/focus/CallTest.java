package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;

/** An ordinary call, from the first request to the last departure. */
class CallTest {
    private FocusLab lab;
    private FakeBridge bridge;

    @BeforeEach
    void start() {
        lab = new FocusLab();
        bridge = lab.bridge("bridge-1");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void twoSeeEachOther() {
        FakeClient ann = lab.client("aaaaaaaa");
        assertThat(ann.isReady()).isTrue();
        assertThat(ann.offers()).isZero();
        FakeClient bob = lab.client("bbbbbbbb");

        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(bob.sees()).containsExactly("aaaaaaaa-a0", "aaaaaaaa-v0");
        assertThat(bridge.conference().keySet()).containsExactly("aaaaaaaa", "bbbbbbbb");
        assertThat(bridge.conference().get("aaaaaaaa").clientUfrag()).isEqualTo("aaaaaaaa");
        assertThat(bridge.conference().get("aaaaaaaa").ssrcs()).hasSize(3);
        assertThat(ann.properties())
                .containsEntry("bridge-count", "1")
                .containsEntry("support-terminate-restart", "true")
                .containsKey("created-ms")
                .doesNotContainKey("bridgeNotAvailable");
    }

    @Test
    void aLateComerIsOfferedTheOthersSources() {
        lab.client("aaaaaaaa");
        lab.client("bbbbbbbb");
        FakeClient late = lab.newClient("cccccccc").accepts(false).join();
        lab.settle();
        assertThat(late.sees()).containsExactly("aaaaaaaa-a0", "aaaaaaaa-v0", "bbbbbbbb-a0", "bbbbbbbb-v0");
    }

    @Test
    void whatChangesBeforeTheAcceptIsToldAfterIt() {
        FakeClient ann = lab.client("aaaaaaaa");
        FakeClient bob = lab.client("bbbbbbbb");
        FakeClient slow = lab.newClient("cccccccc").accepts(false).join();
        lab.settle();
        ann.shareScreen();
        bob.leave();
        lab.settle();
        assertThat(slow.sees()).contains("bbbbbbbb-v0").doesNotContain("aaaaaaaa-v1");
        slow.accept();
        lab.settle();
        assertThat(slow.sees()).containsExactly("aaaaaaaa-a0", "aaaaaaaa-v0", "aaaaaaaa-v1");
    }

    @Test
    void aScreenComesAndGoes() {
        FakeClient ann = lab.client("aaaaaaaa");
        FakeClient bob = lab.client("bbbbbbbb");
        ann.shareScreen();
        lab.settle();
        assertThat(bob.sees()).contains("aaaaaaaa-v1");
        assertThat(bridge.conference().get("aaaaaaaa").ssrcs()).hasSize(5);
        ann.stopSharing();
        lab.settle();
        assertThat(bob.sees()).doesNotContain("aaaaaaaa-v1");
        assertThat(bridge.conference().get("aaaaaaaa").ssrcs()).hasSize(3);
    }

    @Test
    void whoLeavesIsGoneEverywhere() {
        FakeClient ann = lab.client("aaaaaaaa");
        FakeClient bob = lab.client("bbbbbbbb");
        FakeClient cid = lab.client("cccccccc");
        bob.leave();
        lab.settle();
        cid.vanish();
        lab.settle();
        assertThat(ann.sees()).isEmpty();
        assertThat(bridge.conference().keySet()).containsExactly("aaaaaaaa");
    }

    @Test
    void whoIsAloneKeepsTheSessionForAWhile() {
        FakeClient ann = lab.client("aaaaaaaa");
        FakeClient bob = lab.client("bbbbbbbb");
        bob.leave();
        lab.pass(Duration.ofSeconds(19));
        assertThat(ann.terminations()).isZero();
        lab.pass(Duration.ofSeconds(2));
        assertThat(ann.terminations()).isOne();
        assertThat(bridge.conferences()).isEmpty();

        FakeClient again = lab.client("cccccccc");
        assertThat(again.sees()).contains("aaaaaaaa-a0");
        assertThat(ann.offers()).isEqualTo(2);
    }

    @Test
    void somebodyWhoComesBackInTimeFindsTheSessionInPlace() {
        FakeClient ann = lab.client("aaaaaaaa");
        FakeClient bob = lab.client("bbbbbbbb");
        bob.leave();
        lab.pass(Duration.ofSeconds(15));
        FakeClient cid = lab.client("cccccccc");
        lab.pass(Duration.ofSeconds(30));
        assertThat(ann.terminations()).isZero();
        assertThat(ann.sees()).contains("cccccccc-v0");
        assertThat(cid.sees()).contains("aaaaaaaa-v0");
    }

    @Test
    void theLastOneClosesTheRoom() {
        FakeClient ann = lab.client("aaaaaaaa");
        FakeClient bob = lab.client("bbbbbbbb");
        bob.leave();
        ann.leave();
        lab.settle();
        assertThat(bridge.conferences()).isEmpty();
        assertThat(lab.shard().hasRoom(ann.room())).isFalse();
        assertThat(lab.focus().conferences()).isZero();
        assertThat(lab.focus().openRequests()).isZero();
    }

    @Test
    void theBridgeOfTheFirstParticipantsRegionIsChosen() {
        FakeBridge near = new FakeBridge(lab.shard(), "bridge-9").region("ap").join();
        near.report(0.8, true, false);
        lab.settle();
        lab.newClient("aaaaaaaa").in("ap").join();
        lab.newClient("bbbbbbbb").in("eu").join();
        lab.settle();
        assertThat(near.conference()).hasSize(2);
        assertThat(bridge.conferences()).isEmpty();
    }
}
