package org.videowindow.loadtest.sfu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.ice.IceAgent;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.sfu.Source.Encoding;

/** A conference by COLIBRI2: endpoints in batches, then a bridge channel for each. */
final class ColibriRoom implements Room {
    private static final int BATCH = 40;

    private final ColibriServer server;
    private final Engine engine;
    private final String name;
    private final String meetingId = UUID.randomUUID().toString();
    private final Codec codec;
    private final List<Joining> senders = new ArrayList<>();
    private final Map<String, BridgeChannel> channels = new HashMap<>();
    private boolean created;

    ColibriRoom(ColibriServer server, Engine engine, String name, Codec codec) {
        this.server = server;
        this.engine = engine;
        this.name = name;
        this.codec = codec;
    }

    @Override
    public void addSenders(List<Joining> joining, HeightLimits limits) throws IOException {
        senders.addAll(joining);
        // Senders of a load only send: what they would receive of each other is a load of its own.
        add(joining, 0, 0, limits);
    }

    @Override
    public void addReceivers(List<Participant> receivers, int maxHeight) throws IOException {
        for (Participant receiver : receivers) {
            for (Joining sender : senders) {
                for (Encoding encoding : sender.source().video()) {
                    engine.execute(() -> receiver.repeats(
                            encoding.repeatSsrc(),
                            sender.source().video().getFirst().ssrc()));
                }
            }
        }
        add(
                receivers.stream()
                        .map(receiver -> new Joining(receiver, Source.NONE))
                        .toList(),
                -1,
                maxHeight,
                (participant, height) -> {});
    }

    @Override
    public void removeReceivers(List<Participant> receivers) throws IOException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        for (Participant receiver : receivers) {
            request.withArray("/endpoints").addObject().put("id", receiver.id()).put("expire", true);
            BridgeChannel channel = channels.remove(receiver.id());
            if (channel != null) {
                channel.close();
            }
        }
        JsonNode ignored = change(request);
        assert ignored != null;
    }

    private void add(List<Joining> joining, int lastN, int maxHeight, HeightLimits limits) throws IOException {
        for (int from = 0; from < joining.size(); from += BATCH) {
            List<Joining> batch = joining.subList(from, Math.min(joining.size(), from + BATCH));
            Map<String, JsonNode> answers = request(batch);
            List<CompletableFuture<Void>> connecting = new ArrayList<>();
            for (Joining one : batch) {
                JsonNode transport = answers.get(one.participant().id()).at("/transport/transport");
                connecting.add(one.participant()
                        .connect(
                                remote(transport),
                                transport.at("/fingerprints/0/fingerprint").asText()));
            }
            Waiting.all(connecting);
            for (Joining one : batch) {
                String id = one.participant().id();
                String address =
                        answers.get(id).at("/transport/transport/web-sockets/0").asText();
                if (!address.isEmpty()) {
                    BridgeChannel channel =
                            BridgeChannel.open(server.http, address, height -> limits.limit(id, height));
                    channel.wish(lastN, maxHeight);
                    channels.put(id, channel);
                }
            }
        }
    }

    private Map<String, JsonNode> request(List<Joining> batch) throws IOException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("meeting-id", meetingId).put("name", name + "@conference.loadtest");
        if (!created) {
            request.put("create", true);
        }
        for (Joining one : batch) {
            request.withArray("/endpoints").add(ColibriJson.endpoint(one, codec, engine.fingerprint()));
        }
        JsonNode answer = created ? change(request) : server.request("POST", "", request);
        created = true;
        Map<String, JsonNode> answers = new HashMap<>();
        answer.path("endpoints")
                .forEach(endpoint -> answers.put(endpoint.path("id").asText(), endpoint));
        for (Joining one : batch) {
            if (!answers.containsKey(one.participant().id())) {
                throw new IOException("The bridge did not answer for endpoint "
                        + one.participant().id() + ".");
            }
        }
        return answers;
    }

    private JsonNode change(ObjectNode request) throws IOException {
        return server.request("PATCH", "/" + meetingId, request);
    }

    private static IceAgent.Remote remote(JsonNode transport) throws IOException {
        List<IceAgent.Candidate> candidates = new ArrayList<>();
        for (JsonNode candidate : transport.path("candidates")) {
            InetAddress address = InetAddress.getByName(candidate.path("ip").asText());
            if (address.getAddress().length == 4
                    && candidate.path("protocol").asText().equalsIgnoreCase("udp")) {
                candidates.add(new IceAgent.Candidate(
                        ByteBuffer.wrap(address.getAddress()).getInt(),
                        candidate.path("port").asInt()));
            }
        }
        if (candidates.isEmpty()) {
            throw new IOException("The bridge has no IPv4 candidate for UDP.");
        }
        return new IceAgent.Remote(
                transport.path("ufrag").asText(), transport.path("pwd").asText(), candidates);
    }

    @Override
    public void close() throws IOException {
        channels.values().forEach(BridgeChannel::close);
        if (created) {
            change(JsonNodeFactory.instance.objectNode().put("expire", true));
        }
    }
}
