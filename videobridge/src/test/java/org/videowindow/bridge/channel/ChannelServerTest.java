package org.videowindow.bridge.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.channel.ChannelCounters.Event;
import org.videowindow.bridge.colibri.MemoryConferences;
import org.videowindow.bridge.conference.EndpointSettings;
import org.videowindow.bridge.conference.MappedSource;
import org.videowindow.bridge.conference.MediaKind;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.SpeakerOrder;
import org.videowindow.bridge.conference.VideoConstraint;
import org.videowindow.bridge.conference.VideoType;
import org.videowindow.bridge.config.ChannelSettings;

@Timeout(60)
class ChannelServerTest {
    private static final String HELLO = "{\"colibriClass\":\"ServerHello\",\"version\":\"1.2\"}";
    private static final String FORWARDED =
            "{\"colibriClass\":\"ForwardedSources\",\"forwardedSources\":[\"other-v0\"]}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final MemoryConferences conferences = new MemoryConferences();
    private final ChannelCounters counters = new ChannelCounters();
    private final List<ChannelClient> clients = new ArrayList<>();
    private MemoryConferences.MemoryConference conference;
    private Channels channels;
    private ChannelServer server;

    @BeforeEach
    void conference() throws Exception {
        conferences.create("meeting", "room");
        conference = conferences.of("meeting");
        for (String id : List.of("aaaa", "bbbb", "cccc")) {
            conference.addEndpoint(id, new EndpointSettings(List.of(), List.of()));
        }
        start(settings(List.of("*"), 50, 200, 256, 1 << 20, Duration.ofSeconds(20)));
    }

    @AfterEach
    void stop() {
        clients.forEach(ChannelClient::close);
        channels.stop();
        server.close();
        http.shutdownNow();
    }

    @Test
    void aNewChannelIsGreetedAndToldWhoSpeaksAndWhatItGets() throws Exception {
        conference.speakers = new SpeakerOrder("bbbb", List.of("cccc"), false);

        ChannelClient client = open("aaaa");
        assertThat(client.next()).isEqualTo(HELLO);
        assertThat(client.next())
                .isEqualTo(
                        "{\"colibriClass\":\"DominantSpeakerEndpointChangeEvent\",\"dominantSpeakerEndpoint\":\"bbbb\","
                                + "\"previousSpeakers\":[\"cccc\"],\"silence\":false}");
        assertThat(client.next()).isEqualTo(FORWARDED);
        assertThat(client.nextAfterHello()).isEqualTo(HELLO);
    }

    @Test
    void aNewChannelIsToldTheMapAndWhatIsWantedOfIt() throws Exception {
        conference.mappedSources.put(
                MediaKind.VIDEO,
                List.of(new MappedSource("bbbb-v1", "bbbb", 4_294_967_295L, 7, VideoType.DESKTOP_HIGH_FPS)));
        conference.mappedSources.put(
                MediaKind.AUDIO, List.of(new MappedSource("bbbb-a0", "bbbb", 5, -1, VideoType.NONE)));
        conference.senderConstraints = Map.of("aaaa-v0", 0);
        ChannelClient client = opened("aaaa");
        assertThat(client.next())
                .isEqualTo("{\"colibriClass\":\"AudioSourcesMap\",\"mappedSources\":["
                        + "{\"source\":\"bbbb-a0\",\"owner\":\"bbbb\",\"ssrc\":5}]}");
        assertThat(client.next())
                .isEqualTo("{\"colibriClass\":\"VideoSourcesMap\",\"mappedSources\":["
                        + "{\"source\":\"bbbb-v1\",\"owner\":\"bbbb\",\"ssrc\":4294967295,\"rtx\":7,"
                        + "\"videoType\":\"DESKTOP_HIGH_FPS\"}]}");
        assertThat(client.next())
                .isEqualTo("{\"colibriClass\":\"SenderSourceConstraints\",\"sourceName\":\"aaaa-v0\",\"maxHeight\":0}");
        assertThat(client.nextAfterHello()).isEqualTo(HELLO);
    }

    @Test
    void whatChangesIsToldToTheOneItIsFor() throws Exception {
        ChannelClient a = opened("aaaa");
        ChannelClient b = opened("bbbb");
        channels.senderConstraintChanged(conference, "aaaa", "aaaa-v0", 360);
        channels.senderConstraintChanged(conference, "aaaa", "aaaa-v1", Integer.MAX_VALUE);
        channels.sourcesMapped(
                conference,
                "aaaa",
                MediaKind.VIDEO,
                List.of(new MappedSource("bbbb-v0", "bbbb", 1, 2, VideoType.CAMERA)));
        assertThat(json(a.next()).get("maxHeight").asInt()).isEqualTo(360);
        assertThat(json(a.next()).get("maxHeight").asInt()).isEqualTo(-1);
        assertThat(json(a.next()).get("mappedSources").get(0).get("videoType").asText())
                .isEqualTo("CAMERA");
        assertThat(b.nextAfterHello()).isEqualTo(HELLO);
    }

    @Test
    void whatASourceShowsReachesTheConference() throws Exception {
        opened("aaaa")
                .send(
                        "{\"colibriClass\":\"SourceVideoTypeMessage\",\"sourceName\":\"aaaa-v0\",\"videoType\":\"none\"}");
        await(() -> conference.videoTypes.get("aaaa aaaa-v0") == VideoType.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "/colibri-ws/bridge-1/CONF/aaaa?pwd=wrong, 403",
        "/colibri-ws/bridge-1/CONF/aaaa?pwd=secret-bbbb, 403",
        "/colibri-ws/bridge-1/CONF/aaaa?pwd=, 403",
        "/colibri-ws/bridge-1/CONF/aaaa, 403",
        "/colibri-ws/bridge-1/CONF/aaaa?pwd=%zz, 403",
        "/colibri-ws/bridge-1/CONF/dddd?pwd=secret-dddd, 403",
        "/colibri-ws/bridge-1/ffffffffffffffff/aaaa?pwd=secret-aaaa, 403",
        "/colibri-ws/bridge-2/CONF/aaaa?pwd=secret-aaaa, 404",
        "/colibri-ws/bridge-1/CONF/aaaa/x?pwd=secret-aaaa, 404",
        "/colibri-ws/bridge-1/CONF?pwd=secret-aaaa, 404",
        "/?pwd=secret-aaaa, 404",
    })
    void onlyTheRightAddressWithTheRightPasswordOpensAChannel(String path, int status) throws Exception {
        assertThat(statusOf(path.replace("CONF", conference.id()))).isEqualTo(status);
        assertThat(channels.open()).isZero();
    }

    @Test
    void onlyListedOriginsOpenAChannelAndAppsWithoutOriginDo() throws Exception {
        restart(settings(List.of("https://meet.example.org"), 50, 200, 256, 1 << 20, Duration.ofSeconds(20)));

        assertThatThrownBy(() -> open("aaaa", "https://evil.example.org", true)).has(status(403));
        assertThatThrownBy(() -> open("aaaa", "https://meet.example.org.evil.org", true))
                .has(status(403));
        assertThat(open("aaaa", "https://meet.example.org", true).next()).isEqualTo(HELLO);
        assertThat(open("bbbb", null, true).next()).isEqualTo(HELLO);
        assertThat(counters.get(Event.REFUSED_ORIGIN)).isEqualTo(2);
    }

    @Test
    void compressionIsNotOffered() {
        assertThat(open("aaaa").socket().getSubprotocol()).isEmpty();
        // The client of the JDK fails on extensions it has not asked for; that the server ignores those asked for is
        // seen with a plain socket.
        assertThat(handshake("Sec-WebSocket-Extensions: permessage-deflate\r\n"))
                .startsWith("HTTP/1.1 101")
                .doesNotContainIgnoringCase("permessage-deflate");
    }

    @Test
    void messagesToAllReachAllOthersWithTheTrueSenderAndNeverComeBack() throws Exception {
        ChannelClient a = opened("aaaa");
        ChannelClient b = opened("bbbb");
        ChannelClient c = opened("cccc");

        a.send("{\"colibriClass\":\"EndpointMessage\",\"to\":\"\",\"from\":\"cccc\",\"msgPayload\":{\"x\":1}}");
        String expected =
                "{\"colibriClass\":\"EndpointMessage\",\"from\":\"aaaa\",\"to\":\"\",\"msgPayload\":{\"x\":1}}";
        assertThat(b.next()).isEqualTo(expected);
        assertThat(c.next()).isEqualTo(expected);
        assertThat(a.nextAfterHello()).isEqualTo(HELLO);
    }

    @Test
    void aMessageToOneReachesOnlyThatOne() throws Exception {
        ChannelClient a = opened("aaaa");
        ChannelClient b = opened("bbbb");
        ChannelClient c = opened("cccc");

        a.send("{\"colibriClass\":\"EndpointMessage\",\"to\":\"bbbb\",\"msgPayload\":{}}");
        a.send("{\"colibriClass\":\"EndpointMessage\",\"to\":\"nobody\",\"msgPayload\":{}}");
        a.send("{\"colibriClass\":\"EndpointMessage\",\"to\":\"aaaa\",\"msgPayload\":{}}");
        assertThat(json(b.next()).get("from").asText()).isEqualTo("aaaa");
        assertThat(c.nextAfterHello()).isEqualTo(HELLO);
        assertThat(a.nextAfterHello()).isEqualTo(HELLO);
        assertThat(counters.get(Event.DROPPED_RECIPIENT)).isEqualTo(2);
    }

    @Test
    void messagesStayWithinTheirConference() throws Exception {
        conferences.create("elsewhere", "other");
        conferences.of("elsewhere").addEndpoint("bbbb", new EndpointSettings(List.of(), List.of()));
        ChannelClient a = opened("aaaa");
        ChannelClient stranger =
                ChannelClient.open(http, url(conferences.of("elsewhere").id(), "bbbb"), null);
        clients.add(stranger);
        assertThat(stranger.next()).isEqualTo(HELLO);
        assertThat(stranger.next()).isEqualTo(FORWARDED);

        a.send("{\"colibriClass\":\"EndpointMessage\",\"to\":\"\",\"msgPayload\":{}}");
        a.send("{\"colibriClass\":\"EndpointMessage\",\"to\":\"bbbb\",\"msgPayload\":{}}");
        assertThat(a.nextAfterHello()).isEqualTo(HELLO);
        assertThat(stranger.nextAfterHello()).isEqualTo(HELLO);
    }

    @Test
    void statisticsGoToTheOthersWithTheTrueSender() throws Exception {
        ChannelClient a = opened("aaaa");
        ChannelClient b = opened("bbbb");

        a.send("{\"colibriClass\":\"EndpointStats\",\"from\":\"cccc\",\"connectionQuality\":98.5}");
        JsonNode stats = json(b.next());
        assertThat(stats.get("from").asText()).isEqualTo("aaaa");
        assertThat(stats.get("connectionQuality").asDouble()).isEqualTo(98.5);
    }

    @Test
    void whatAClientWantsReachesTheConferenceAndOutlivesItsSocket() throws Exception {
        opened("aaaa").send("{\"colibriClass\":\"ReceiverVideoConstraints\",\"lastN\":2}");
        await(() -> conference.constraints.containsKey("aaaa"));
        ChannelClient again = opened("aaaa");
        again.send("{\"colibriClass\":\"ReceiverVideoConstraints\",\"constraints\":{\"bbbb-v0\":{\"maxHeight\":0}}}");

        await(() -> new ReceiverConstraints(
                        2,
                        List.of(),
                        List.of(),
                        VideoConstraint.UNLIMITED,
                        Map.of("bbbb-v0", VideoConstraint.height(0)))
                .equals(conference.constraints.get("aaaa")));
    }

    @Test
    void eventsOfTheWorkersReachTheRightClients() throws Exception {
        ChannelClient a = opened("aaaa");
        ChannelClient b = opened("bbbb");

        channels.dominantSpeakerChanged(conference, new SpeakerOrder("bbbb", List.of(), true));
        assertThat(json(a.next()).get("dominantSpeakerEndpoint").asText()).isEqualTo("bbbb");
        assertThat(json(b.next()).get("silence").asBoolean()).isTrue();

        channels.forwardedSourcesChanged(conference, "aaaa", List.of("bbbb-v0", "bbbb-v1"));
        assertThat(a.next())
                .isEqualTo("{\"colibriClass\":\"ForwardedSources\",\"forwardedSources\":[\"bbbb-v0\",\"bbbb-v1\"]}");

        channels.connectivityChanged(conference, "aaaa", false);
        assertThat(b.next())
                .isEqualTo(
                        "{\"colibriClass\":\"EndpointConnectivityStatusChangeEvent\",\"endpoint\":\"aaaa\",\"active\":\"false\"}");
        assertThat(a.nextAfterHello()).isEqualTo(HELLO);
    }

    @Test
    void aSecondSocketReplacesTheFirst() throws Exception {
        ChannelClient first = opened("aaaa");
        ChannelClient second = opened("aaaa");

        assertThat(first.closeCode()).isEqualTo(1001);
        channels.forwardedSourcesChanged(conference, "aaaa", List.of("x"));
        assertThat(second.next()).contains("\"x\"");
        assertThat(channels.open()).isEqualTo(1);
        assertThat(counters.get(Event.REPLACED)).isEqualTo(1);
    }

    @Test
    void anEndpointThatExpiresLosesItsChannel() throws Exception {
        ChannelClient a = opened("aaaa");
        ChannelClient b = opened("bbbb");
        conference.expireEndpoint("aaaa");
        channels.endpointExpired(conference, "aaaa");

        assertThat(a.closeCode()).isEqualTo(1001);
        conference.expire();
        channels.conferenceExpired(conference);
        assertThat(b.closeCode()).isEqualTo(1001);
        await(() -> channels.open() == 0);
    }

    @Test
    void endpointsWithoutChannelExpireWithoutFault() throws Exception {
        channels.endpointExpired(conference, "aaaa");
        channels.connectivityChanged(conference, "bbbb", true);
        channels.forwardedSourcesChanged(conference, "bbbb", List.of());
        channels.conferenceExpired(conference);

        // Told in order: once the new channel is greeted, the events above have been dealt with.
        opened("cccc");
        assertThat(counters.get(Event.FAULT)).isZero();
    }

    @Test
    void theSweepRemovesChannelsWhoseEndReportWasLost() throws Exception {
        ChannelClient a = opened("aaaa");
        conference.expire();

        channels.sweep(System.nanoTime());
        assertThat(a.closeCode()).isEqualTo(1001);
    }

    @Test
    void aMessageThatIsTooLargeClosesTheChannel() throws Exception {
        ChannelClient a = opened("aaaa");
        a.send("{\"colibriClass\":\"ClientHello\",\"x\":\"" + "y".repeat(64 * 1024) + "\"}");

        assertThat(a.closeCode()).isIn(1009, 1006);
        await(() -> channels.open() == 0);
    }

    @Test
    void binaryMessagesCloseTheChannel() throws Exception {
        ChannelClient a = opened("aaaa");
        a.socket().sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();

        assertThat(a.closeCode()).isEqualTo(1003);
    }

    @Test
    void hostileMessagesAreCountedAndTheChannelStays() throws Exception {
        ChannelClient a = opened("aaaa");
        a.send("{\"colibriClass\":\"ClientHello\",\"colibriClass\":\"ClientHello\"}");
        a.send("[]");
        a.send("{\"a\":".repeat(5_000));
        a.send("{}");
        a.send("{\"colibriClass\":\"ReceiverVideoConstraints\",\"lastN\":\"all\"}");
        a.send("{\"colibriClass\":\"Tomorrow\"}");

        assertThat(a.nextAfterHello()).isEqualTo(HELLO);
        assertThat(counters.get(Event.DROPPED_JSON)).isEqualTo(3);
        assertThat(counters.get(Event.DROPPED_CLASS)).isEqualTo(1);
        assertThat(counters.get(Event.DROPPED_MEMBER)).isEqualTo(1);
        assertThat(counters.get(Event.UNKNOWN_CLASS)).isEqualTo(1);
        assertThat(conference.constraints).isEmpty();
    }

    @Test
    void aFloodIsDroppedAndThenCutOff() throws Exception {
        restart(settings(List.of("*"), 1, 10, 256, 1 << 20, Duration.ofSeconds(20)));
        ChannelClient a = opened("aaaa");
        ChannelClient b = opened("bbbb");
        try {
            for (int i = 0; i < 2_000; i++) {
                a.send("{\"colibriClass\":\"EndpointMessage\",\"to\":\"\",\"msgPayload\":{}}");
            }
        } catch (CompletionException e) {
            // Cut off while sending.
        }
        await(() -> counters.get(Event.CLOSED_FLOOD) == 1);
        for (int i = 0; i < 10; i++) {
            assertThat(json(b.next()).get("from").asText()).isEqualTo("aaaa");
        }
    }

    @Test
    void aClientThatDoesNotReadIsCutOffAndTheOthersAreServed() throws Exception {
        restart(settings(List.of("*"), 1_000_000, 1_000_000, 64, 1 << 20, Duration.ofSeconds(20)));
        ChannelClient sender = opened("aaaa");
        open("bbbb", null, false);
        await(() -> channels.open() == 2);
        ChannelClient reader = opened("cccc");

        String message = "{\"colibriClass\":\"EndpointMessage\",\"to\":\"\",\"msgPayload\":{\"x\":\""
                + "y".repeat(30_000) + "\"}}";
        int sent = 0;
        while (counters.get(Event.CLOSED_SLOW) == 0 && sent < 5_000) {
            sender.send(message);
            sent++;
            assertThat(json(reader.next()).get("from").asText()).isEqualTo("aaaa");
        }
        assertThat(counters.get(Event.CLOSED_SLOW)).isEqualTo(1);
        assertThat(channels.open()).isEqualTo(2);
    }

    @Test
    void aClientThatFallsSilentIsClosed() throws Exception {
        restart(settings(List.of("*"), 50, 200, 256, 1 << 20, Duration.ofSeconds(2)));
        opened("aaaa");
        String url = url(conference.id(), "bbbb");
        try (Socket silent = new PlainHandshake(server.address()).hold(url.substring(url.indexOf("/colibri-ws")))) {
            assertThat(silent.isConnected()).isTrue();
            // The first answers pings, the second does not.
            await(() -> counters.get(Event.CLOSED_ERROR) == 1);
            assertThat(channels.open()).isEqualTo(1);
        }
    }

    private void start(ChannelSettings settings) throws Exception {
        channels = new Channels(settings, counters, "1.2");
        channels.start();
        server = new ChannelServer(settings, "bridge-1", conferences, channels, counters, 100);
        server.start();
    }

    private void restart(ChannelSettings settings) throws Exception {
        channels.stop();
        server.close();
        start(settings);
    }

    private static ChannelSettings settings(
            List<String> origins, int perSecond, int burst, int queue, int queueSize, Duration ping) {
        return new ChannelSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "ws://127.0.0.1",
                origins,
                64 * 1024,
                perSecond,
                burst,
                queue,
                queueSize,
                ping);
    }

    private ChannelClient open(String endpoint) {
        return open(endpoint, null, true);
    }

    private ChannelClient open(String endpoint, String origin, boolean reads) {
        ChannelClient client = ChannelClient.open(http, url(conference.id(), endpoint), origin, reads);
        clients.add(client);
        return client;
    }

    /** Opens a channel and takes what comes at its beginning. */
    private ChannelClient opened(String endpoint) throws InterruptedException {
        ChannelClient client = open(endpoint);
        assertThat(client.next()).isEqualTo(HELLO);
        assertThat(client.next()).isEqualTo(FORWARDED);
        return client;
    }

    private String url(String conferenceId, String endpoint) {
        return "ws://127.0.0.1:" + server.address().getPort() + "/colibri-ws/bridge-1/" + conferenceId + "/" + endpoint
                + "?pwd=secret-" + endpoint;
    }

    private int statusOf(String path) throws Exception {
        return Integer.parseInt(
                new PlainHandshake(server.address()).request(path, "").split(" ", 3)[1]);
    }

    private String handshake(String header) {
        String url = url(conference.id(), "aaaa");
        return new PlainHandshake(server.address()).request(url.substring(url.indexOf("/colibri-ws")), header);
    }

    private static Condition<Throwable> status(int status) {
        return new Condition<>(
                e -> e.getCause() instanceof WebSocketHandshakeException refused
                        && refused.getResponse().statusCode() == status,
                "refused with %d",
                status);
    }

    private static JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        Object nobody = new Object();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("awaited in time").isLessThan(deadline);
            synchronized (nobody) {
                nobody.wait(10);
            }
        }
    }
}
