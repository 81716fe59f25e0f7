package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.videowindow.focus.config.Settings;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;
import org.videowindow.focus.lab.RealShard;

/** The focus program with the packaged shard server: tokens, TLS, rooms and relaying are the real ones. */
class RealShardIT {
    @Test
    void aCallOverTheRealShardServer() throws Exception {
        try (RealShard shard = new RealShard();
                Focus focus = new Focus(Settings.of(ConfigFactory.parseString(shard.focusConfiguration())))) {
            FakeBridge bridge = new FakeBridge(shard, "bridge-1").join();
            shard.await("the focus finds itself well", () -> health(focus).statusCode() == 200);

            FakeClient ann = new FakeClient(shard, FocusLab.ROOM, "0aaaaaaa").join();
            FakeClient bob = new FakeClient(shard, FocusLab.ROOM, "bbbbbbbb").join();
            shard.await("ann sees bob", () -> ann.sees().equals(Set.of("bbbbbbbb-a0", "bbbbbbbb-v0")));
            shard.await("bob sees ann", () -> bob.sees().equals(Set.of("0aaaaaaa-a0", "0aaaaaaa-v0")));
            shard.await(
                    "the bridge knows both", () -> bridge.conference().keySet().equals(Set.of("0aaaaaaa", "bbbbbbbb")));

            shard.run(ann::shareScreen);
            shard.await("bob sees the screen", () -> bob.sees().contains("0aaaaaaa-v1"));
            FakeClient cid = new FakeClient(shard, FocusLab.ROOM, "cccccccc").join();
            shard.await("a late comer sees all", () -> cid.sees().size() == 5);

            shard.run(() -> bob.request(
                    "set",
                    ann.room() + "/focus",
                    "<mute xmlns='http://jitsi.org/jitmeet/audio' jid='" + ann.room() + "/cccccccc'>true</mute>"));
            shard.await(
                    "who is no moderator mutes nobody", () -> bob.lastOutcome().equals("forbidden"));
            shard.run(() -> ann.request(
                    "set",
                    ann.room() + "/focus",
                    "<mute xmlns='http://jitsi.org/jitmeet/audio' jid='" + ann.room() + "/cccccccc'>true</mute>"));
            shard.await(
                    "the moderator's wish arrives",
                    () -> cid.received().stream()
                            .anyMatch(s ->
                                    s.children().stream().anyMatch(c -> c.name().equals("mute"))));

            shard.run(() -> {
                bob.restart();
                bob.forgetSession();
            });
            shard.await(
                    "bob is invited again",
                    () -> bob.offers() == 2 && bob.sees().size() == 5);

            shard.run(cid::leave);
            shard.await(
                    "cid is gone",
                    () -> ann.sees().size() == 2 && bridge.conference().size() == 2);
            shard.run(bob::leave);
            shard.run(ann::leave);
            shard.await(
                    "the conference is over",
                    () -> bridge.conferences().isEmpty() && focus.service().conferences() == 0);
        }
    }

    @Test
    void theFocusComesBackWithItsShard() throws Exception {
        try (RealShard shard = new RealShard();
                Focus focus = new Focus(Settings.of(ConfigFactory.parseString(shard.focusConfiguration())))) {
            shard.await("signed in", () -> health(focus).body().contains("no usable bridge"));
            shard.kill();
            shard.await("the loss is seen", () -> health(focus).body().contains("not signed in"));
            shard.start();
            shard.await("signed in again", () -> health(focus).body().contains("no usable bridge"));
            assertThat(health(focus).statusCode()).isEqualTo(503);
        }
    }

    private static HttpResponse<String> health(Focus focus) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + focus.httpPort() + "/about/health"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
