package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;
import org.videowindow.focus.lab.Program;
import org.videowindow.focus.lab.RealShard;

/**
 * The packaged shard server, focus and bridges, each in its own process, and what becomes of the signalling of a call
 * when one of them is killed. The times are printed; they are bounds on what users notice, less the second or so in which
 * a browser connects to the bridge.
 */
class PartsFailIT {
    /** Three times what users may notice on machines of their own: here everything shares one. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private RealShard shard;
    private Program focus;
    private Program first;
    private Program second;
    private FakeClient ann;
    private FakeClient bob;

    PartsFailIT() throws IOException {
        port = RealShard.freePort();
    }

    @BeforeEach
    void aCall() throws Exception {
        shard = new RealShard();
        focus = shard.focus(port);
        first = shard.bridge("bridge-1");
        second = shard.bridge("bridge-2");
        shard.await("two bridges are here", () -> get("/bridges").split("\"healthy\":true", -1).length == 3);
        ann = new FakeClient(shard, FocusLab.ROOM, "aaaaaaaa").join();
        bob = new FakeClient(shard, FocusLab.ROOM, "bbbbbbbb").join();
        shard.await("the call", () -> ann.sees().size() == 2 && bob.sees().size() == 2);
    }

    @AfterEach
    void end() throws Exception {
        focus.close();
        first.close();
        second.close();
        shard.close();
        http.close();
    }

    private String get(String path) throws InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }

    private Program bridgeOfTheCall() {
        return ann.bridge().equals("bridge-1") ? first : second;
    }

    private static void assertInTime(String what, long since) {
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        System.out.printf("measured: %s after %d ms%n", what, took.toMillis());
        assertThat(took).as(what).isLessThan(BOUND);
    }

    /** Asks until the focus is there, as clients do. */
    private FakeClient joined(String endpoint) throws Exception {
        FakeClient late = new FakeClient(shard, FocusLab.ROOM, endpoint);
        shard.run(late::join);
        shard.await("the next one is in", () -> {
            if (!late.answers().isEmpty() && !late.isReady()) {
                late.answers().clear();
                late.join();
            }
            return late.sees().size() == 4;
        });
        return late;
    }

    @Test
    void theFocusIsKilledAndStartedAgain() throws Exception {
        String bridge = ann.bridge();
        long killed = System.nanoTime();
        focus.kill();
        focus.start();
        FakeClient cid = joined("cccccccc");
        assertInTime("the next joiner is in after kill -9 of the focus", killed);
        shard.await(
                "the others see the new one",
                () -> ann.sees().size() == 4 && bob.sees().size() == 4);
        for (FakeClient client : new FakeClient[] {ann, bob, cid}) {
            assertThat(client.offers()).isOne();
            assertThat(client.terminations()).isZero();
            assertThat(client.bridge()).isEqualTo(bridge);
        }
        assertThat(get("/conferences")).contains("\"participants\":3").contains("[\"" + bridge + "\"]");

        focus.stop();
        focus.start();
        shard.await("the focus is back", () -> get("/conferences").contains("\"participants\":3"));
        shard.run(bob::leave);
        shard.await("bob is gone", () -> get("/conferences").contains("\"participants\":2"));
        assertThat(ann.terminations()).isZero();
    }

    @Test
    void theBridgeIsKilled() throws Exception {
        String bridge = ann.bridge();
        Program dying = bridgeOfTheCall();
        long killed = System.nanoTime();
        dying.kill();
        shard.await(
                "both are on the other bridge",
                () -> ann.offers() == 2
                        && bob.offers() == 2
                        && ann.sees().size() == 2
                        && bob.sees().size() == 2);
        assertInTime("new sessions after kill -9 of the bridge", killed);
        assertThat(ann.bridge()).isNotEqualTo(bridge).isEqualTo(bob.bridge());
        assertThat(ann.terminations()).isOne();
    }

    @Test
    void theBridgeStandsStill() throws Exception {
        String bridge = ann.bridge();
        Program frozen = bridgeOfTheCall();
        long stopped = System.nanoTime();
        frozen.freeze(true);
        shard.await(
                "both are on the other bridge",
                () -> ann.offers() == 2
                        && bob.offers() == 2
                        && ann.sees().size() == 2
                        && bob.sees().size() == 2);
        assertInTime("new sessions after kill -STOP of the bridge", stopped);
        frozen.freeze(false);
        assertThat(ann.bridge()).isNotEqualTo(bridge);
        shard.await("it is well again", () -> get("/bridges").split("\"healthy\":true", -1).length == 3);
        assertThat(ann.offers()).as("nobody moves back").isEqualTo(2);
    }

    @Test
    void aSecondFocusEndsTheFirst() throws Exception {
        int otherPort = RealShard.freePort();
        try (Program other = shard.focus("other.conf", otherPort)) {
            assertThat(focus.awaitEnd()).isEqualTo(1);
            assertThat(focus.log()).contains("Another focus has signed in under the same address; this one ends.");
            assertThat(other.log()).doesNotContain("this one ends");
        }
    }
}
