package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;

/** The link to the shard breaks and comes back. */
class ReconnectTest {
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

    @Test
    void theCallGoesOnAsIfNothingHadHappened() {
        int endpointsMade = bridge.requests().size();
        lab.shard().disconnect();
        lab.pass(Duration.ofSeconds(30));
        lab.shard().reconnect();
        lab.settle();
        assertThat(ann.offers()).isOne();
        assertThat(ann.terminations()).isZero();
        assertThat(bridge.conference()).hasSize(2);
        assertThat(bridge.requests().stream().skip(endpointsMade).map(Object::toString))
                .allMatch(request -> !request.contains("create=") && !request.contains("expire="));
        ann.shareScreen();
        lab.settle();
        assertThat(bob.sees()).contains("aaaaaaaa-v1");
    }

    @Test
    void whoLeftMeanwhileIsGone() {
        FakeClient cid = lab.client("cccccccc");
        lab.shard().disconnect();
        lab.settle();
        bob.leave();
        lab.pass(Duration.ofSeconds(5));
        assertThat(bridge.conference()).hasSize(3);
        lab.shard().reconnect();
        lab.settle();
        assertThat(ann.sees()).containsExactly("cccccccc-a0", "cccccccc-v0");
        assertThat(cid.sees()).containsExactly("aaaaaaaa-a0", "aaaaaaaa-v0");
        assertThat(bridge.conference().keySet()).containsExactly("aaaaaaaa", "cccccccc");
    }

    @Test
    void whoCameMeanwhileIsInvited() {
        lab.shard().disconnect();
        lab.settle();
        FakeClient cid = lab.newClient("cccccccc");
        cid.enter();
        lab.settle();
        lab.shard().reconnect();
        lab.settle();
        assertThat(cid.sees()).hasSize(4);
        assertThat(ann.sees()).hasSize(4);
    }

    @Test
    void whenAllLeftMeanwhileTheBridgeIsFreed() {
        lab.shard().disconnect();
        ann.leave();
        bob.leave();
        lab.settle();
        assertThat(bridge.conferences()).hasSize(1);
        lab.shard().reconnect();
        lab.settle();
        assertThat(bridge.conferences()).isEmpty();
        assertThat(lab.focus().conferences()).isZero();
        assertThat(lab.shard().hasRoom(ann.room())).isFalse();
    }

    @Test
    void aSwapOfPersonsUnderOneNameIsNoticed() {
        lab.shard().disconnect();
        bob.leave();
        lab.settle();
        FakeClient other = new FakeClient(lab.shard(), FocusLab.ROOM, "bbbbbbbb", "9999");
        other.enter();
        lab.settle();
        lab.shard().reconnect();
        lab.settle();
        assertThat(other.offers()).isOne();
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(bridge.conference().get("bbbbbbbb").clientUfrag()).isEqualTo("bbbbbbbb");
    }

    @Test
    void theOldSessionThatTheShardHasNotNoticedYetIsTakenOver() {
        lab.shard().disconnectUnnoticed();
        lab.pass(Duration.ofSeconds(2));
        lab.shard().reconnect();
        lab.settle();
        ann.shareScreen();
        lab.settle();
        assertThat(bob.sees()).contains("aaaaaaaa-v1");
        assertThat(ann.offers()).isOne();
    }

    @Test
    void aBreakWhileSomebodyIsBeingInvited() {
        FakeClient cid = lab.newClient("cccccccc").join();
        // Far enough that the bridge was asked, not far enough that the offer arrived.
        lab.shard().disconnectAfter("conference-modify");
        lab.settle();
        lab.shard().reconnect();
        lab.settle();
        lab.pass(Duration.ofSeconds(5));
        assertThat(cid.sees()).hasSize(4);
        assertThat(ann.sees()).hasSize(4);
        assertThat(bridge.conference()).hasSize(3);
        assertThat(ann.offers()).isOne();
    }

    @Test
    void aBreakWhileTheConferenceIsBeingMade() {
        ann.leave();
        bob.leave();
        lab.settle();
        ann.forgetSession();
        bob.forgetSession();
        ann.join();
        lab.settle();
        bob.join();
        lab.shard().disconnectAfter("conference-modify");
        lab.settle();
        lab.shard().reconnect();
        lab.pass(Duration.ofSeconds(5));
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(bob.sees()).containsExactly("aaaaaaaa-a0", "aaaaaaaa-v0");
    }

    @Test
    void aSilentShardIsNoticed() {
        lab.shard().ignorePings(true);
        lab.pass(Duration.ofSeconds(40));
        assertThat(lab.focus().health().report().detail()).contains("not signed in");
        lab.shard().ignorePings(false);
        lab.shard().reconnect();
        lab.settle();
        assertThat(lab.focus().health().report().healthy()).isTrue();
    }
}
