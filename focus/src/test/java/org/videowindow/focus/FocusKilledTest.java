package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;
import org.videowindow.focus.saved.SavedConferences;
import org.videowindow.focus.saved.SavedFiles;

/** The focus is killed and another process takes its notes. Media never stop: nobody's session ends. */
class FocusKilledTest {
    @TempDir
    Path folder;

    private FocusLab lab;
    private FakeBridge bridge;
    private FakeClient ann;
    private FakeClient bob;

    @BeforeEach
    void aCall() {
        lab = lab(folder);
        bridge = lab.bridge("bridge-1");
        ann = lab.client("aaaaaaaa");
        bob = lab.client("bbbbbbbb");
    }

    @AfterEach
    void end() {
        lab.close();
    }

    private static FocusLab lab(Path notes) {
        return new FocusLab("", () -> open(notes));
    }

    private static SavedConferences open(Path notes) {
        try {
            return SavedFiles.in(notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restart() {
        lab.kill();
        lab.pass(Duration.ofSeconds(4));
        lab.start();
        lab.settle();
    }

    private static void assertNothingHappenedTo(FakeClient... clients) {
        for (FakeClient client : clients) {
            assertThat(client.offers()).as(client.endpoint()).isOne();
            assertThat(client.terminations()).as(client.endpoint()).isZero();
        }
    }

    @Test
    void theCallGoesOnAndTheNextOneGetsIn() {
        String created = ann.properties().get("created-ms");
        int asked = bridge.requests().size();
        restart();
        assertNothingHappenedTo(ann, bob);
        assertThat(bridge.requests().stream().skip(asked).map(Object::toString))
                .as("nothing is made or ended at the bridge")
                .allMatch(request -> !request.contains("create=") && !request.contains("expire="));
        FakeClient cid = lab.client("cccccccc");
        assertThat(cid.sees()).containsExactly("aaaaaaaa-a0", "aaaaaaaa-v0", "bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0", "cccccccc-a0", "cccccccc-v0");
        assertThat(bob.sees()).containsExactly("aaaaaaaa-a0", "aaaaaaaa-v0", "cccccccc-a0", "cccccccc-v0");
        assertThat(bridge.conference()).hasSize(3);
        assertThat(ann.properties()).containsEntry("created-ms", created).containsEntry("bridge-count", "1");
        assertNothingHappenedTo(ann, bob, cid);
        assertThat(lab.focus().conferences()).isOne();
    }

    @Test
    void signallingGoesOnWhereItWas() {
        ann.shareScreen();
        lab.settle();
        restart();
        bob.shareScreen();
        ann.stopSharing();
        lab.settle();
        assertThat(ann.sees()).contains("bbbbbbbb-v1");
        assertThat(bob.sees()).doesNotContain("aaaaaaaa-v1");
        bob.restart();
        bob.forgetSession();
        lab.settle();
        assertThat(bob.offers()).isEqualTo(2);
        assertThat(bridge.conference()).hasSize(2);
        assertThat(ann.sees()).contains("bbbbbbbb-a0");
    }

    @Test
    void whoLeftMeanwhileIsGone() {
        FakeClient cid = lab.client("cccccccc");
        lab.kill();
        bob.leave();
        lab.pass(Duration.ofSeconds(3));
        assertThat(bridge.conference()).hasSize(3);
        lab.start();
        lab.settle();
        assertThat(bridge.conference().keySet()).containsExactly("aaaaaaaa", "cccccccc");
        assertThat(ann.sees()).containsExactly("cccccccc-a0", "cccccccc-v0");
        assertNothingHappenedTo(ann, cid);
    }

    @Test
    void whoLeftAndCameBackMeanwhileIsInvitedAgain() {
        lab.kill();
        bob.leave();
        lab.settle();
        FakeClient other = new FakeClient(lab.shard(), FocusLab.ROOM, "bbbbbbbb", "9999");
        other.enter();
        lab.settle();
        lab.start();
        lab.settle();
        assertThat(other.offers()).isOne();
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(bridge.conference().get("bbbbbbbb").clientUfrag()).isEqualTo("bbbbbbbb");
        assertNothingHappenedTo(ann);
    }

    @Test
    void whenAllLeftMeanwhileTheBridgeIsFreedAndTheNoteGone() {
        lab.kill();
        ann.leave();
        bob.leave();
        lab.settle();
        assertThat(lab.shard().hasRoom(ann.room())).isFalse();
        assertThat(bridge.conferences()).hasSize(1);
        lab.start();
        lab.settle();
        assertThat(bridge.conferences()).isEmpty();
        assertThat(lab.focus().conferences()).isZero();
        assertThat(lab.shard().hasRoom(ann.room())).isFalse();
        restart();
        assertThat(lab.focus().conferences())
                .as("nothing is left to go on with")
                .isZero();
    }

    @Test
    void aBridgeThatIsGoneMeanwhileIsLeft() {
        FakeBridge second = lab.bridge("bridge-2");
        lab.kill();
        bridge.crash();
        lab.settle();
        lab.start();
        lab.pass(Duration.ofSeconds(1));
        assertThat(second.conference()).hasSize(2);
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(ann.terminations()).isOne();
        assertThat(ann.offers()).isEqualTo(2);
    }

    @Test
    void aBridgeThatForgotTheConferenceGetsItAgain() {
        lab.kill();
        bridge.forget();
        lab.start();
        lab.pass(Duration.ofSeconds(1));
        assertThat(bridge.conference()).hasSize(2);
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0");
        assertThat(ann.offers()).isEqualTo(2);
    }

    @Test
    void killedAgainAndAgain() {
        for (int i = 0; i < 5; i++) {
            restart();
        }
        FakeClient cid = lab.client("cccccccc");
        assertThat(cid.sees()).hasSize(4);
        assertNothingHappenedTo(ann, bob, cid);
    }

    @Test
    void aSecondFocusTakesOverAndTheFirstForgets() {
        lab.focus().replaced();
        restart();
        assertThat(lab.focus().conferences()).isZero();
    }

    @Test
    void withoutANoteThoseInTheRoomStartAgain() {
        ann.asksAgain();
        bob.asksAgain();
        lab.focus().replaced();
        restart();
        FakeClient cid = lab.client("cccccccc");
        lab.pass(Duration.ofSeconds(2));
        assertThat(cid.sees()).hasSize(4);
        assertThat(ann.sees()).containsExactly("bbbbbbbb-a0", "bbbbbbbb-v0", "cccccccc-a0", "cccccccc-v0");
        assertThat(ann.offers()).isEqualTo(2);
        assertThat(bob.offers()).isEqualTo(2);
    }

    @Test
    void whenTheShardRestartsThoseWhoComeBackFindAFreshConference() {
        lab.shard().restart();
        lab.pass(Duration.ofSeconds(3));
        lab.shard().reconnect();
        bridge.join();
        FakeClient again = new FakeClient(lab.shard(), FocusLab.ROOM, "dddddddd").join();
        FakeClient another = new FakeClient(lab.shard(), FocusLab.ROOM, "eeeeeeee").join();
        lab.pass(Duration.ofSeconds(1));
        assertThat(again.sees()).containsExactly("eeeeeeee-a0", "eeeeeeee-v0");
        assertThat(another.sees()).containsExactly("dddddddd-a0", "dddddddd-v0");
        assertThat(bridge.conference().keySet()).containsExactlyInAnyOrder("dddddddd", "eeeeeeee");
        assertThat(again.answers().stream().filter(a -> a.toString().contains("not-allowed")))
                .as("nobody is sent away after being told that the room is ready")
                .isEmpty();
    }

    /** What happens while the focus dies: at each step of it a process ends and another one begins. */
    @TestFactory
    List<DynamicTest> atEachStep(@TempDir Path notes) {
        record Story(String name, Consumer<FocusKilledTest> does, int present) {}
        List<Story> stories = List.of(
                new Story("somebody joins", t -> t.lab.newClient("cccccccc").join(), 3),
                new Story("somebody leaves", t -> t.bob.leave(), 1),
                new Story("somebody shares the screen", t -> t.ann.shareScreen(), 2),
                new Story(
                        "somebody asks for a new session",
                        t -> {
                            t.bob.restart();
                            t.bob.forgetSession();
                        },
                        2));
        return stories.stream()
                .map(story -> DynamicTest.dynamicTest(story.name(), () -> {
                    int steps = 0;
                    for (boolean more = true; more; steps++) {
                        Path own = notes.resolve(story.name() + steps);
                        more = killedAfter(steps, own, story.does(), story.present());
                    }
                    assertThat(steps).as("steps tried").isGreaterThan(10);
                }))
                .toList();
    }

    /** Whether the story went on after that step. */
    private static boolean killedAfter(int steps, Path notes, Consumer<FocusKilledTest> story, int present) {
        FocusKilledTest test = new FocusKilledTest();
        test.folder = notes;
        test.aCall();
        try {
            return test.killedAfter(steps, story, present);
        } finally {
            test.end();
        }
    }

    private boolean killedAfter(int steps, Consumer<FocusKilledTest> story, int present) {
        FakeClient dan = lab.client("dddddddd");
        story.accept(this);
        boolean more = true;
        for (int i = 0; i < steps && more; i++) {
            more = lab.step();
        }
        lab.kill();
        lab.pass(Duration.ofSeconds(3));
        lab.start();
        // Who asked the dead focus asks the new one.
        FakeClient late = new FakeClient(lab.shard(), FocusLab.ROOM, "cccccccc");
        if (present == 3 && lab.shard().presence(dan.room(), "cccccccc") == null) {
            late.join();
        }
        // An offer or an accept that went down with the process is made again after a while.
        lab.pass(Duration.ofSeconds(40));
        int all = present + 1;
        assertThat(bridge.conference()).as("after step " + steps).hasSize(all);
        assertThat(dan.sees().stream().map(name -> name.substring(0, 8)).distinct())
                .as("after step " + steps)
                .hasSize(all - 1);
        assertThat(dan.offers()).as("after step " + steps).isOne();
        assertThat(lab.focus().conferences()).isOne();
        assertThat(lab.focus().openRequests()).as("after step " + steps).isLessThanOrEqualTo(2);
        return more;
    }
}
