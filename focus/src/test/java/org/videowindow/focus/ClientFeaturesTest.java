package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;
import org.videowindow.focus.saved.SavedFiles;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/** What clients can do decides what they are offered. */
class ClientFeaturesTest {
    private static final String MAPPING = "http://jitsi.org/ssrc-rewriting-1";
    private static final String RED = "http://jitsi.org/opus-red";

    @TempDir
    Path folder;

    private FocusLab lab;
    private FakeBridge bridge;

    @BeforeEach
    void start() {
        lab = new FocusLab("", () -> {
            try {
                return SavedFiles.in(folder);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        bridge = lab.bridge("bridge-1");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private FakeClient client(String endpoint, String... features) {
        FakeClient client = lab.newClient(endpoint).can(features).join();
        lab.settle();
        return client;
    }

    private boolean mapsAtTheBridge(String endpoint) {
        return bridge.requests().stream()
                .flatMap(request -> request.children("endpoint", Namespaces.COLIBRI2))
                .filter(element ->
                        endpoint.equals(element.attribute("id")) && "true".equals(element.attribute("create")))
                .flatMap(element -> element.children("capability", Namespaces.COLIBRI2))
                .map(XmlElement::toString)
                .anyMatch(capability -> capability.contains("'ssrc-rewriting'"));
    }

    private static boolean wasOffered(FakeClient client, String text) {
        return client.received().stream()
                .map(XmlElement::toString)
                .anyMatch(stanza -> stanza.contains("session-initiate") && stanza.contains(text));
    }

    @Test
    void whoMapsSourcesHearsNothingOfOthersByJingle() {
        FakeClient ann = client("aaaaaaaa", MAPPING);
        FakeClient bob = client("bbbbbbbb");
        bob.shareScreen();
        lab.settle();
        FakeClient cid = client("cccccccc", MAPPING);
        assertThat(mapsAtTheBridge("aaaaaaaa")).isTrue();
        assertThat(mapsAtTheBridge("bbbbbbbb")).isFalse();
        assertThat(mapsAtTheBridge("cccccccc")).isTrue();
        assertThat(ann.sees()).isEmpty();
        assertThat(cid.sees()).isEmpty();
        assertThat(bob.sees())
                .as("a client that does not map is told as ever")
                .containsExactly("aaaaaaaa-a0", "aaaaaaaa-v0", "cccccccc-a0", "cccccccc-v0");
        assertThat(wasOffered(cid, "jvb-v0")).as("the bridge's own sources").isTrue();
    }

    @Test
    void redIsOfferedToWhoCan() {
        assertThat(wasOffered(client("aaaaaaaa", RED), "x")).as("alone").isFalse();
        FakeClient bob = client("bbbbbbbb", "urn:xmpp:ping");
        assertThat(wasOffered(bob, "'red'")).isFalse();
        assertThat(wasOffered(client("cccccccc", RED), "'red'")).isTrue();
    }

    @Test
    void oneOfAKindIsAsked() {
        FakeClient ann = client("aaaaaaaa", RED);
        FakeClient bob = client("bbbbbbbb", RED);
        assertThat(ann.questions()).isOne();
        assertThat(bob.questions()).isZero();
        assertThat(wasOffered(bob, "'red'")).isTrue();
    }

    @Test
    void nobodySpeaksForAnotherKindOfClient() {
        lab.newClient("aaaaaaaa").can(MAPPING).claims("urn:xmpp:ping").join();
        lab.settle();
        FakeClient honest = client("bbbbbbbb", "urn:xmpp:ping");
        assertThat(honest.questions()).isOne();
        assertThat(mapsAtTheBridge("bbbbbbbb")).isFalse();
        assertThat(mapsAtTheBridge("aaaaaaaa")).isTrue();
    }

    @Test
    void whoDoesNotAnswerIsInvitedAllTheSame() {
        client("aaaaaaaa");
        FakeClient mute =
                lab.newClient("bbbbbbbb").claims(RED).acknowledges(false).join();
        lab.settle();
        assertThat(bridge.conference()).doesNotContainKey("bbbbbbbb");
        lab.pass(Duration.ofSeconds(3));
        assertThat(bridge.conference()).containsKey("bbbbbbbb");
        assertThat(mute.sees()).isEmpty();
    }

    @Test
    void anotherProcessOfTheFocusKnowsWhoMaps() {
        FakeClient ann = client("aaaaaaaa", MAPPING);
        FakeClient bob = client("bbbbbbbb");
        lab.kill();
        lab.pass(Duration.ofSeconds(4));
        lab.start();
        lab.settle();
        bob.shareScreen();
        lab.settle();
        assertThat(ann.sees()).isEmpty();
        assertThat(ann.offers()).isOne();
    }
}
