package org.videowindow.bridge.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.channel.ChannelCounters.Event;
import org.videowindow.bridge.conference.ChannelEvents;
import org.videowindow.bridge.conference.Conference;
import org.videowindow.bridge.conference.MappedSource;
import org.videowindow.bridge.conference.MediaKind;
import org.videowindow.bridge.conference.SpeakerOrder;
import org.videowindow.bridge.config.ChannelSettings;

/**
 * All bridge channels, by conference and endpoint. What workers report is handed to a thread of its own through a
 * bounded queue, so that they never wait for a socket; what does not fit is dropped and counted, and the sweep that
 * comes with every ping repairs what a dropped report should have removed.
 */
public final class Channels implements ChannelEvents {
    private static final Logger log = LoggerFactory.getLogger(Channels.class);
    private static final int WAITING_EVENTS = 16_384;

    private final ChannelSettings settings;
    private final ChannelCounters counters;
    private final String version;
    private final ClientMessageReader reader;
    private final Map<Conference, Map<String, EndpointChannel>> channels = new ConcurrentHashMap<>();
    private final BlockingQueue<Runnable> events = new ArrayBlockingQueue<>(WAITING_EVENTS);
    private final Thread teller =
            Thread.ofPlatform().name("channel-events").daemon(true).unstarted(this::tell);

    /** @param version told in {@code ServerHello} */
    public Channels(ChannelSettings settings, ChannelCounters counters, String version) {
        this.settings = settings;
        this.counters = counters;
        this.version = version;
        this.reader = new ClientMessageReader(settings.maxMessage());
    }

    /** Starts the thread that tells clients what workers report. */
    public void start() {
        teller.start();
    }

    /** Closes all channels and stops. */
    public void stop() {
        teller.interrupt();
        forEach(channel -> channel.close("the bridge stops"));
    }

    /** Number of open channels. */
    public int open() {
        int[] open = new int[1];
        forEach(channel -> open[0] += channel.isOpen() ? 1 : 0);
        return open[0];
    }

    @Override
    public void dominantSpeakerChanged(Conference conference, SpeakerOrder order) {
        later(() -> {
            if (order.dominant() != null) {
                toAll(conference, null, BridgeMessages.dominantSpeaker(order));
            }
        });
    }

    @Override
    public void forwardedSourcesChanged(Conference conference, String endpointId, List<String> sources) {
        later(() -> toOne(conference, endpointId, BridgeMessages.forwardedSources(sources)));
    }

    @Override
    public void senderConstraintChanged(Conference conference, String endpointId, String sourceName, int maxHeight) {
        later(() -> toOne(conference, endpointId, BridgeMessages.senderConstraint(sourceName, maxHeight)));
    }

    @Override
    public void sourcesMapped(Conference conference, String endpointId, MediaKind kind, List<MappedSource> sources) {
        later(() -> toOne(conference, endpointId, BridgeMessages.sourcesMap(kind, sources)));
    }

    @Override
    public void connectivityChanged(Conference conference, String endpointId, boolean active) {
        later(() -> toAll(conference, endpointId, BridgeMessages.connectivity(endpointId, active)));
    }

    @Override
    public void endpointExpired(Conference conference, String endpointId) {
        later(() -> {
            Map<String, EndpointChannel> ofConference = channels.get(conference);
            EndpointChannel channel = ofConference == null ? null : ofConference.remove(endpointId);
            if (channel != null) {
                channel.close("endpoint expired");
            }
        });
    }

    @Override
    public void conferenceExpired(Conference conference) {
        later(() -> remove(conference));
    }

    /** A socket for an endpoint whose password was right. */
    ChannelSocket socket(Conference conference, String endpointId) {
        EndpointChannel channel = channels.computeIfAbsent(conference, key -> new ConcurrentHashMap<>())
                .computeIfAbsent(endpointId, id -> new EndpointChannel(conference, id));
        return new ChannelSocket(channel, this, settings, counters);
    }

    void opened(EndpointChannel channel, ChannelSocket socket) {
        counters.count(Event.OPENED);
        if (channel.attach(socket)) {
            counters.count(Event.REPLACED);
        }
        socket.send(BridgeMessages.serverHello(version));
        later(() -> {
            Conference conference = channel.conference();
            SpeakerOrder speakers = conference.speakers();
            if (speakers.dominant() != null) {
                socket.send(BridgeMessages.dominantSpeaker(speakers));
            }
            socket.send(BridgeMessages.forwardedSources(conference.forwardedSources(channel.endpointId())));
            sendMap(channel, socket, MediaKind.AUDIO);
            sendMap(channel, socket, MediaKind.VIDEO);
            conference
                    .senderConstraints(channel.endpointId())
                    .forEach((source, maxHeight) -> socket.send(BridgeMessages.senderConstraint(source, maxHeight)));
        });
    }

    private static void sendMap(EndpointChannel channel, ChannelSocket socket, MediaKind kind) {
        List<MappedSource> mapped = channel.conference().mappedSources(channel.endpointId(), kind);
        if (!mapped.isEmpty()) {
            socket.send(BridgeMessages.sourcesMap(kind, mapped));
        }
    }

    void closed(EndpointChannel channel, ChannelSocket socket) {
        channel.detach(socket);
    }

    void received(EndpointChannel channel, ChannelSocket socket, String text) {
        Conference conference = channel.conference();
        switch (reader.read(text)) {
            case ClientMessage.ClientHello hello -> socket.send(BridgeMessages.serverHello(version));
            case ClientMessage.ReceiverVideoConstraints change ->
                conference.setReceiverConstraints(channel.endpointId(), channel.change(change));
            case ClientMessage.EndpointMessage message -> endpointMessage(channel, message);
            case ClientMessage.EndpointStats stats ->
                toAll(conference, channel.endpointId(), BridgeMessages.endpointStats(channel.endpointId(), stats));
            case ClientMessage.SourceVideoType type ->
                conference.setVideoType(channel.endpointId(), type.sourceName(), type.videoType());
            case ClientMessage.Unknown unknown -> counters.count(Event.UNKNOWN_CLASS);
            case ClientMessage.Malformed malformed ->
                counters.count(
                        switch (malformed.fault()) {
                            case JSON -> Event.DROPPED_JSON;
                            case CLASS -> Event.DROPPED_CLASS;
                            case MEMBER -> Event.DROPPED_MEMBER;
                        });
        }
    }

    /** Pings every channel and removes those whose endpoint is gone. */
    void sweep(long nowNanos) {
        channels.forEach((conference, ofConference) -> {
            if (conference.isExpired()) {
                remove(conference);
            } else {
                ofConference.keySet().retainAll(conference.endpointIds());
            }
        });
        forEach(channel -> {
            ChannelSocket socket = channel.socket();
            if (socket != null) {
                socket.ping(nowNanos);
            }
        });
    }

    private void endpointMessage(EndpointChannel from, ClientMessage.EndpointMessage message) {
        String written = BridgeMessages.endpointMessage(from.endpointId(), message);
        if (message.to().isEmpty()) {
            toAll(from.conference(), from.endpointId(), written);
            return;
        }
        EndpointChannel to = of(from.conference()).get(message.to());
        if (to == null || to == from || !to.send(written)) {
            counters.count(Event.DROPPED_RECIPIENT);
        }
    }

    private void toOne(Conference conference, String endpointId, String message) {
        EndpointChannel channel = of(conference).get(endpointId);
        if (channel != null) {
            channel.send(message);
        }
    }

    private void toAll(Conference conference, String except, String message) {
        for (EndpointChannel channel : of(conference).values()) {
            if (!channel.endpointId().equals(except)) {
                channel.send(message);
            }
        }
    }

    private Map<String, EndpointChannel> of(Conference conference) {
        return channels.getOrDefault(conference, Map.of());
    }

    private void remove(Conference conference) {
        Map<String, EndpointChannel> removed = channels.remove(conference);
        if (removed != null) {
            removed.values().forEach(channel -> channel.close("conference expired"));
        }
    }

    private void forEach(Consumer<EndpointChannel> action) {
        channels.values().forEach(ofConference -> ofConference.values().forEach(action));
    }

    private void later(Runnable event) {
        if (!events.offer(event)) {
            counters.count(Event.DROPPED_EVENTS);
        }
    }

    private void tell() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                events.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                counters.count(Event.FAULT);
                log.error("An event could not be told to the bridge channels", e);
            }
        }
    }
}
