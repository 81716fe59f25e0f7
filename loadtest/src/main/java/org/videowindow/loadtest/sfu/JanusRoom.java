package org.videowindow.loadtest.sfu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.media.Codec;

/**
 * A VideoRoom: senders publish, receivers subscribe to all of them over one connection each. What a receiver wants to see
 * becomes the substream it asks for; Janus does not tell senders what nobody watches.
 */
final class JanusRoom implements Room {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int HIGHEST_SUBSTREAM = 2;

    private final JanusServer server;
    private final Engine engine;
    private final long number;
    private final Codec codec;
    private final List<Long> handles = new ArrayList<>();
    private final List<Long> feeds = new ArrayList<>();

    JanusRoom(JanusServer server, Engine engine, long number, Codec codec) throws IOException {
        this.server = server;
        this.engine = engine;
        this.number = number;
        this.codec = codec;
        long handle = attach();
        ObjectNode create = request("create");
        create.put("publishers", 100)
                .put("audiocodec", "opus")
                .put("videocodec", codec.encodingName().toLowerCase(Locale.ROOT))
                .put("bitrate", 0)
                .put("transport_wide_cc_ext", true)
                .put("notify_joining", false);
        JsonNode ignored = server.ask(handle, create, null);
        assert ignored != null;
    }

    private long attach() throws IOException {
        long handle = server.attach();
        handles.add(handle);
        return handle;
    }

    private ObjectNode request(String name) {
        return NODES.objectNode().put("request", name).put("room", number);
    }

    @Override
    public void addSenders(List<Joining> senders, HeightLimits limits) throws IOException {
        List<CompletableFuture<Void>> connecting = new ArrayList<>();
        for (Joining sender : senders) {
            long handle = attach();
            ObjectNode join = request("join");
            join.put("ptype", "publisher").put("display", sender.participant().id());
            feeds.add(server.ask(handle, join, null).at("/plugindata/data/id").asLong());
            ObjectNode publish = NODES.objectNode().put("request", "publish");
            String offer = Sdp.offer(sender, codec, engine.fingerprint());
            JsonNode answer = server.ask(handle, publish, description("offer", offer));
            connecting.add(connect(sender.participant(), answer.at("/jsep/sdp").asText()));
        }
        Waiting.all(connecting);
    }

    @Override
    public void addReceivers(List<Participant> receivers, int maxHeight) throws IOException {
        List<CompletableFuture<Void>> connecting = new ArrayList<>();
        int substream = maxHeight >= 720 ? HIGHEST_SUBSTREAM : maxHeight >= 360 ? 1 : 0;
        for (Participant receiver : receivers) {
            long handle = attach();
            ObjectNode join = request("join");
            join.put("ptype", "subscriber");
            ArrayNode streams = join.putArray("streams");
            for (long feed : feeds) {
                streams.addObject().put("feed", feed);
            }
            JsonNode offered = server.ask(handle, join, null);
            String offer = offered.at("/jsep/sdp").asText();
            receiver.negotiated(Sdp.format(offer, codec));
            for (Sdp.Repeat repeat : Sdp.repeats(offer)) {
                engine.execute(() -> receiver.repeats(repeat.repeatSsrc(), repeat.ssrc()));
            }
            JsonNode started = server.ask(
                    handle,
                    NODES.objectNode().put("request", "start"),
                    description("answer", Sdp.answer(offer, receiver, engine.fingerprint())));
            assert started != null;
            connecting.add(connect(receiver, offer));
            ObjectNode configure = NODES.objectNode().put("request", "configure");
            ArrayNode wanted = configure.putArray("streams");
            for (JsonNode stream : offered.at("/plugindata/data/streams")) {
                if (stream.path("type").asText().equals("video")) {
                    wanted.addObject()
                            .put("mid", stream.path("mid").asText())
                            .put("send", true)
                            .put("substream", substream)
                            .put("temporal", 2);
                }
            }
            JsonNode configured = server.ask(handle, configure, null);
            assert configured != null;
        }
        Waiting.all(connecting);
    }

    private static CompletableFuture<Void> connect(Participant participant, String sdp) throws IOException {
        return participant.connect(Sdp.remote(sdp), Sdp.fingerprint(sdp));
    }

    private static ObjectNode description(String type, String sdp) {
        return NODES.objectNode().put("type", type).put("sdp", sdp);
    }

    @Override
    public void close() throws IOException {
        for (long handle : handles.reversed()) {
            server.detach(handle);
        }
    }
}
