package org.videowindow.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jitsi.xmpp.extensions.colibri.WebSocketPacketExtension;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifiedIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smackx.iqversion.packet.Version;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.videowindow.bridge.config.Configuration;

/** The whole program with a real shard server: what focus and strangers in the brewery can do with it. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VideobridgeIT {
    private static final String HEALTH = "<healthcheck xmlns='http://jitsi.org/protocol/healthcheck'/>";
    private static final String CREATE =
            "<conference-modify xmlns='jitsi:colibri2' create='true' meeting-id='%s' name='room@conference.test'>"
                    + "<endpoint id='aaaaaaaa' create='true'><transport ice-controlling='true'/><sources/></endpoint>"
                    + "</conference-modify>";
    private static final String STATS = "http://jitsi.org/protocol/colibri";

    private final HttpClient http = HttpClient.newHttpClient();

    private ShardProcess shard;
    private BreweryMember focus;
    private Videobridge bridge;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        shard = new ShardProcess(folder);
        shard.start();
        int channelPort = ShardProcess.freePort();
        bridge = Videobridge.start(Configuration.parse("""
                videobridge {
                  region = "here"
                  media { port = 0, workers = 1 }
                  channel { port = %d, public-url = "ws://127.0.0.1:%d" }
                  http.port = 0
                  xmpp {
                    presence-interval = 10s
                    reconnect-first = 50ms
                    reconnect-longest = 500ms
                    shards = [{
                      host = "127.0.0.1", port = %d, domain = "%s", username = "bridge"
                      password-file = "%s", certificate-file = "%s"
                      brewery = "brewery@conference.%s", focus-jid = "focus@%s"
                    }]
                  }
                }
                """.formatted(
                        channelPort,
                        channelPort,
                        shard.clientPort(),
                        ShardProcess.DOMAIN,
                        shard.passwordFile("bridge"),
                        shard.certificate(),
                        ShardProcess.DOMAIN,
                        ShardProcess.DOMAIN)));
        assertThat(get("/about/health")).contains("none of its shards");
        focus = BreweryMember.focus(shard);
        awaitBridge();
    }

    @AfterAll
    void stop() {
        Stream.of(focus, bridge, shard).forEach(part -> {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        http.shutdownNow();
    }

    @AfterEach
    void theBridgeIsStillThere() throws Exception {
        assertThat(focus.ask("bridge-1", "get", HEALTH).getType()).isEqualTo(IQ.Type.result);
        assertThat(get("/about/health")).contains("\"healthy\"");
    }

    @Test
    void presenceTellsTheFocusHowTheBridgeIs() throws Exception {
        Map<String, String> stats = awaitBridge();

        assertThat(stats)
                .containsEntry("healthy", "true")
                .containsEntry("region", "here")
                .containsEntry("graceful_shutdown", "false")
                .containsEntry("drain", "false")
                .containsKeys("version", "conferences", "endpoints");
        assertThat(Double.parseDouble(stats.get("stress_level"))).isNotNegative();
    }

    @Test
    void theVersionIsTold() throws Exception {
        Version version = (Version) focus.ask("bridge-1", "get", "<query xmlns='jabber:iq:version'/>");

        assertThat(version.getName()).isEqualTo("Video Window videobridge");
    }

    @Test
    void theFocusAllocatesAndTheClientReachesItsChannel() throws Exception {
        String meeting = "meeting-of-the-focus";
        IQ answer = focus.ask("bridge-1", "get", CREATE.formatted(meeting));

        assertThat(answer).as(answer.toXML().toString()).isInstanceOf(ConferenceModifiedIQ.class);
        ConferenceModifiedIQ modified = (ConferenceModifiedIQ) answer;
        var ice = modified.getEndpoints().getFirst().getTransport().getIceUdpTransport();
        assertThat(ice.getCandidateList()).isNotEmpty();
        assertThat(modified.getSources().getMediaSources()).hasSize(2);
        assertThat(firstChannelMessage(
                        ice.getFirstChildOfType(WebSocketPacketExtension.class).getUrl()))
                .contains("ServerHello");

        String expire = "<conference-modify xmlns='jitsi:colibri2' meeting-id='" + meeting + "' expire='true'/>";
        assertThat(focus.ask("bridge-1", "set", expire).getType()).isEqualTo(IQ.Type.result);
    }

    @Test
    void aDrainIsToldAtOnceAndNewConferencesAreRefused() throws Exception {
        focus.ask("bridge-1", "get", CREATE.formatted("before-the-drain"));
        try {
            drain("POST");
            long asked = System.nanoTime();
            focus.presence(presence -> "true".equals(stat(presence, "drain")));
            // Before the next regular presence, which may be ten seconds away.
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(8));
            IQ refused = focus.ask("bridge-1", "get", CREATE.formatted("after-the-drain"));
            assertThat(refused.toXML().toString()).contains("graceful_shutdown");
            IQ existing = focus.ask(
                    "bridge-1",
                    "get",
                    "<conference-modify xmlns='jitsi:colibri2' meeting-id='before-the-drain' expire='true'/>");
            assertThat(existing.getType()).isEqualTo(IQ.Type.result);
        } finally {
            drain("DELETE");
        }
        focus.presence(presence -> "false".equals(stat(presence, "drain")));
    }

    private void drain(String method) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + bridge.httpAddress().getPort() + "/colibri/drain");
        http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
    }

    private static String stat(Presence presence, String name) {
        if (!(presence.getExtensionElement("stats", STATS) instanceof StandardExtensionElement stats)) {
            return "";
        }
        return stats.getElements("stat").stream()
                .filter(stat -> name.equals(stat.getAttributeValue("name")))
                .map(stat -> stat.getAttributeValue("value"))
                .findFirst()
                .orElse("");
    }

    @Test
    void whoeverIsNotTheFocusIsRefused() throws Exception {
        try (BreweryMember stranger = BreweryMember.bridge(shard, "bridge-2")) {
            for (String request : new String[] {
                CREATE.formatted("meeting-of-a-stranger"),
                "<conference-modify xmlns='jitsi:colibri2' meeting-id='x' expire='true'/>",
            }) {
                for (String type : new String[] {"get", "set"}) {
                    IQ answer = stranger.ask("bridge-1", type, request);
                    assertThat(answer.getError().getCondition().toString()).isEqualTo("not-authorized");
                }
            }
            for (String command : new String[] {"force-shutdown", "graceful-shutdown"}) {
                IQ answer = stranger.ask("bridge-1", "set", "<" + command + " xmlns='" + STATS + "'/>");
                assertThat(answer.getError().getCondition().toString()).isEqualTo("not-authorized");
            }
        }
        assertThat(get("/colibri/v2/conferences")).isEqualTo("[]");
        assertThat(get("/metrics")).contains("videobridge_colibri_strangers_total 6.0");
    }

    @Test
    void noSingleStanzaEndsTheConnection() throws Exception {
        String failures = metric("videobridge_xmpp_failures_total");
        for (String payload : strangeRequests().toList()) {
            IQ answer = focus.ask("bridge-1", "get", payload);
            assertThat(answer.getType()).as(payload).isEqualTo(IQ.Type.error);
        }
        String to = "brewery@conference." + ShardProcess.DOMAIN;
        focus.sendText("<message to='" + to + "' type='groupchat'><body/>"
                + "<delay xmlns='urn:xmpp:delay' stamp='yesterday'/></message>");
        focus.sendText("<presence to='" + to + "/focus'>"
                + "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='king' role='none'/></x>"
                + "<c xmlns='http://jabber.org/protocol/caps'/></presence>");

        assertThat(focus.ask("bridge-1", "get", HEALTH).getType()).isEqualTo(IQ.Type.result);
        assertThat(metric("videobridge_xmpp_failures_total")).isEqualTo(failures);
    }

    private static Stream<String> strangeRequests() {
        String modify = "<conference-modify xmlns='jitsi:colibri2' meeting-id='m' create='true'>";
        return Stream.of(
                "<conference-modify xmlns='jitsi:colibri2'/>",
                "<conference-modify xmlns='jitsi:colibri2' meeting-id='m' create='perhaps'><endpoint/></conference-modify>",
                modify + "<endpoint id='a' create='true'><media type='smell'/></endpoint></conference-modify>",
                modify + "<endpoint id='a' create='true'><transport/><media type='audio'>"
                        + "<payload-type xmlns='urn:xmpp:jingle:apps:rtp:1' id='lots' name='x'/></media></endpoint>"
                        + "</conference-modify>",
                modify + "<endpoint id='a' create='true'><transport/><media type='audio'>"
                        + "<rtp-hdrext xmlns='urn:xmpp:jingle:apps:rtp:rtp-hdrext:0' id='1' uri='::bad uri::'/></media>"
                        + "</endpoint></conference-modify>",
                modify + "<endpoint id='a' create='true'><transport><transport"
                        + " xmlns='urn:xmpp:jingle:transports:ice-udp:1'><candidate port='x'/></transport></transport>"
                        + "</endpoint></conference-modify>",
                modify + "<relay id='r' create='true'/></conference-modify>",
                modify + "<endpoint id='" + "a".repeat(5_000) + "' create='true'><transport/></endpoint>"
                        + "</conference-modify>",
                "<" + "n".repeat(3_000) + " xmlns='urn:unknown'/>",
                "<query xmlns='urn:unknown' " + attributes(1_000) + "/>",
                "<query xmlns='urn:unknown'>" + "<q>".repeat(100) + "</q>".repeat(100) + "</query>",
                "<query xmlns='urn:unknown'>" + "&amp;&lt;".repeat(20_000) + "</query>",
                "<jingle xmlns='urn:xmpp:jingle:1' action='dance'/>");
    }

    private static String attributes(int count) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            attributes.append("a").append(i).append("='' ");
        }
        return attributes.toString();
    }

    @Test
    void theBridgeComesBackWhenTheShardDoes() throws Exception {
        focus.close();
        shard.kill();
        shard.start();
        focus = BreweryMember.focus(shard);

        assertThat(awaitBridge()).containsEntry("healthy", "true");
    }

    /** The statistics in the next presence of the bridge. */
    private Map<String, String> awaitBridge() throws InterruptedException {
        Presence presence = focus.presence(p ->
                p.isAvailable() && p.getFrom().getResourceOrEmpty().toString().equals("bridge-1"));
        StandardExtensionElement stats = (StandardExtensionElement) presence.getExtensionElement("stats", STATS);
        return stats.getElements("stat").stream()
                .collect(Collectors.toMap(
                        stat -> stat.getAttributeValue("name"), stat -> stat.getAttributeValue("value")));
    }

    private String firstChannelMessage(String url) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(url), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        first.complete(data.toString());
                        return null;
                    }
                })
                .join();
        String message = first.get(20, TimeUnit.SECONDS);
        socket.abort();
        return message;
    }

    private String metric(String name) throws Exception {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private String get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + bridge.httpAddress().getPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
