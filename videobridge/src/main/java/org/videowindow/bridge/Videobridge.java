package org.videowindow.bridge;

import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jitsi.xmpp.extensions.colibri.ColibriStatsExtension;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.StanzaError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.capture.Captures;
import org.videowindow.bridge.channel.ChannelCounters;
import org.videowindow.bridge.channel.ChannelServer;
import org.videowindow.bridge.channel.Channels;
import org.videowindow.bridge.colibri.Admission;
import org.videowindow.bridge.colibri.Admission.State;
import org.videowindow.bridge.colibri.ChannelAddress;
import org.videowindow.bridge.colibri.Colibri2Handler;
import org.videowindow.bridge.colibri.ColibriCounters;
import org.videowindow.bridge.colibri.rest.AboutResource;
import org.videowindow.bridge.colibri.rest.CapturesResource;
import org.videowindow.bridge.colibri.rest.ConferencesResource;
import org.videowindow.bridge.colibri.rest.DrainResource;
import org.videowindow.bridge.colibri.rest.PrivateHttpServer;
import org.videowindow.bridge.colibri.xmpp.BridgeControl;
import org.videowindow.bridge.colibri.xmpp.ShardLink;
import org.videowindow.bridge.colibri.xmpp.SmackLibrary;
import org.videowindow.bridge.conference.Bridge;
import org.videowindow.bridge.conference.TransportCandidate.Protocol;
import org.videowindow.bridge.config.Configuration;
import org.videowindow.bridge.config.ConfigurationException;
import org.videowindow.bridge.config.ShardSettings;
import org.videowindow.bridge.config.VideobridgeSettings;
import org.videowindow.bridge.stats.BridgeStatistics;
import org.videowindow.bridge.stats.Health;
import org.videowindow.bridge.stats.Metrics;

/**
 * The program: reads the configuration, starts the parts in the order of their dependence and stops them in the
 * reverse. Also the answer to what shards ask of the bridge as a whole.
 */
public final class Videobridge implements AutoCloseable, BridgeControl {
    private static final Logger log = LoggerFactory.getLogger(Videobridge.class);
    /** How long a stop waits for conferences to be moved: they need about one second. */
    private static final Duration MOVING = Duration.ofSeconds(2);

    private final VideobridgeSettings settings;
    private final String version = Version.text();
    private final Channels channels;
    private final Bridge bridge;
    private final ChannelServer channelServer;
    private final PrivateHttpServer http;
    private final BridgeStatistics statistics;
    private final Metrics metrics;
    private final Health health;
    private final Captures captures;
    private final List<ShardLink> links = new ArrayList<>();

    private final Admission admission = new Admission();
    private final Ending ending = new Ending();
    /** What the presence said last of {@link Health#canCarryMedia}; of the measuring thread. */
    private boolean wasHealthy = true;

    private Videobridge(VideobridgeSettings settings) throws IOException {
        this.settings = settings;
        SmackLibrary.prepare(version);
        ChannelCounters channelCounters = new ChannelCounters();
        ColibriCounters colibriCounters = new ColibriCounters();
        channels = new Channels(settings.channel(), channelCounters, version);
        Bridge.rehearse(settings.media());
        bridge = Bridge.start(settings.media(), channels, new SecureRandom(), System::nanoTime);
        channelServer = new ChannelServer(
                settings.channel(),
                settings.id(),
                bridge.conferences(),
                channels,
                channelCounters,
                2 * settings.media().limits().endpoints() + 100);
        Colibri2Handler handler = new Colibri2Handler(
                bridge.conferences(),
                new ChannelAddress(settings.channel().publicUrl(), settings.id()),
                admission,
                colibriCounters);
        for (ShardSettings shard : settings.xmpp().shards()) {
            links.add(new ShardLink(shard, settings.xmpp(), settings.id(), handler, this, colibriCounters));
        }
        List<BooleanSupplier> joined =
                links.stream().<BooleanSupplier>map(link -> link::isJoined).toList();
        health = new Health(bridge, joined, admission);
        statistics = new BridgeStatistics(bridge, settings.load(), this::watchHealth);
        metrics = new Metrics(bridge, statistics.load(), version);
        register(channelCounters, colibriCounters);
        captures = new Captures(settings.capture());
        http = new PrivateHttpServer(
                settings.http(),
                new ConferencesResource(bridge.conferences(), handler),
                new DrainResource(admission, bridge.conferences(), ending),
                new CapturesResource(bridge.conferences(), captures),
                new AboutResource(health, metrics, version));
        admission.onChange(this::tellNow);
    }

    /**
     * Runs a bridge until the process is told to stop.
     *
     * @param arguments {@code --config <file>}, or nothing for the defaults
     */
    public static void main(String[] arguments) {
        try {
            Videobridge bridge = start(Configuration.load(configFile(arguments)));
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(bridge::close));
        } catch (ConfigurationException | IOException | IllegalArgumentException e) {
            System.err.println("The bridge cannot start: " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts a bridge.
     *
     * @throws IOException in one sentence, when a port cannot be had
     */
    public static Videobridge start(VideobridgeSettings settings) throws IOException {
        Videobridge bridge = new Videobridge(settings);
        try {
            bridge.start();
            return bridge;
        } catch (IOException | RuntimeException e) {
            bridge.close();
            throw e;
        }
    }

    private void start() throws IOException {
        channels.start();
        channelServer.start();
        statistics.start();
        http.start();
        links.forEach(ShardLink::start);
        log.info(
                "Clients are told to send media to {}",
                bridge.candidates().stream()
                        .filter(candidate -> candidate.protocol() != Protocol.SSLTCP)
                        .map(candidate -> candidate.address() + " port " + candidate.port()
                                + (candidate.protocol() == Protocol.TCP ? " (TCP)" : ""))
                        .collect(Collectors.joining(", ")));
        log.info("Packets are moved and protected by: {}", bridge.dataPath());
        log.info(
                "Bridge {} {} runs: channels on {} as {}, private HTTP on {}, {} shard(s)",
                settings.id(),
                version,
                channelServer.address(),
                settings.channel().publicUrl(),
                http.address(),
                links.size());
    }

    /** Where the private HTTP server listens. */
    public InetSocketAddress httpAddress() {
        return http.address();
    }

    /** Where the bridge channel server listens. */
    public InetSocketAddress channelAddress() {
        return channelServer.address();
    }

    @Override
    public void close() {
        admission.stop();
        letConferencesMove();
        // Leaving may wait for a server each: side by side.
        List<Thread> leaving = links.stream()
                .map(link -> Thread.ofVirtual().start(link::close))
                .toList();
        for (Thread thread : leaving) {
            try {
                thread.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        channels.stop();
        channelServer.close();
        http.close();
        statistics.close();
        captures.close();
        bridge.close();
        metrics.close();
        log.info("Bridge {} has stopped", settings.id());
    }

    /** The focus is told; conferences that move to another bridge before this one is silent do not lose a picture. */
    private void letConferencesMove() {
        if (links.stream().noneMatch(ShardLink::isJoined)) {
            return;
        }
        CountDownLatch empty = new CountDownLatch(1);
        bridge.conferences().whenEmpty(empty::countDown);
        try {
            if (!empty.await(MOVING.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("Conferences are still here; their participants will have to come back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellNow() {
        links.forEach(ShardLink::tellNow);
    }

    private void watchHealth() {
        boolean healthy = health.canCarryMedia();
        if (healthy != wasHealthy) {
            wasHealthy = healthy;
            tellNow();
        }
    }

    @Override
    public ExtensionElement statistics() {
        ColibriStatsExtension stats = new ColibriStatsExtension();
        for (Map.Entry<String, Object> value : statistics.values().entrySet()) {
            stats.addStat(value.getKey(), value.getValue());
        }
        stats.addStat("healthy", health.canCarryMedia());
        stats.addStat("version", version);
        if (!settings.region().isEmpty()) {
            stats.addStat("region", settings.region());
        }
        State state = admission.state();
        stats.addStat("graceful_shutdown", state == State.ENDING);
        stats.addStat("shutting_down", state == State.STOPPING);
        stats.addStat("drain", state != State.OPEN);
        long joined = links.stream().filter(ShardLink::isJoined).count();
        stats.addStat("muc_clients_configured", links.size());
        stats.addStat("muc_clients_connected", joined);
        stats.addStat("mucs_configured", links.size());
        stats.addStat("mucs_joined", joined);
        return stats;
    }

    @Override
    public boolean isHealthy() {
        return health.canCarryMedia();
    }

    @Override
    public void stopGracefully() {
        if (admission.endAfterTheLast()) {
            log.info("The focus asked for a graceful stop: no new conferences, end after the last one");
            bridge.conferences().whenEmpty(() -> exit("graceful-stop"));
        }
    }

    private void stopWithin(Duration limit) {
        if (admission.endAfterTheLast()) {
            bridge.conferences().whenEmpty(() -> exit("drained"));
        }
        Thread.ofVirtual().name("drain-limit").start(() -> {
            try {
                Thread.sleep(limit);
                log.info("The time for draining is over: the conferences that are still here are moved");
                exit("drain-limit");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void stopNow() {
        log.info("The focus asked for an immediate stop");
        exit("forced-stop");
    }

    /** On a thread of its own: the exit waits for the threads that may have asked for it. */
    private static void exit(String why) {
        Thread.ofPlatform().name(why).daemon(true).start(() -> System.exit(0));
    }

    /** The end that an administrator has asked for. Any thread. */
    private final class Ending implements DrainResource.Stop {
        private Instant at;

        @Override
        public synchronized void whenEmptyOrAfter(Duration limit) {
            Instant wanted = Instant.now().plus(limit);
            if (at == null || wanted.isBefore(at)) {
                at = wanted;
                stopWithin(limit);
            }
        }

        @Override
        public synchronized Duration left() {
            return at == null ? null : Duration.between(Instant.now(), at);
        }
    }

    private void register(ChannelCounters channelCounters, ColibriCounters colibriCounters) {
        for (ChannelCounters.Event event : ChannelCounters.Event.values()) {
            metrics.counter(
                    "channel.events",
                    Tags.of("event", event.name().toLowerCase(Locale.ROOT)),
                    "What happened on bridge channels.",
                    channelCounters,
                    counters -> counters.get(event));
        }
        metrics.gauge(
                "draining", "1 while no new conferences are taken.", admission, of -> of.acceptsConferences() ? 0 : 1);
        metrics.gauge("channels", "Open bridge channels.", channels, Channels::open);
        counter("colibri.requests", "COLIBRI2 requests.", colibriCounters.requests);
        counter("colibri.strangers", "Requests of others that only the focus may make.", colibriCounters.strangers);
        counter("xmpp.unreadable", "Stanzas that could not be read.", colibriCounters.unreadableStanzas);
        counter("xmpp.failures", "Connections to shards lost or not had.", colibriCounters.connectionFailures);
        metrics.gauge(
                "xmpp.joined",
                "Breweries the bridge is in.",
                links,
                all -> all.stream().filter(ShardLink::isJoined).count());
        for (Map.Entry<StanzaError.Condition, LongAdder> refused :
                colibriCounters.refused().entrySet()) {
            metrics.counter(
                    "colibri.refused",
                    Tags.of("condition", refused.getKey().toString()),
                    "COLIBRI2 requests answered with an error.",
                    refused.getValue(),
                    LongAdder::sum);
        }
    }

    private void counter(String name, String description, LongAdder value) {
        metrics.counter(name, Tags.empty(), description, value, LongAdder::sum);
    }

    private static Path configFile(String[] arguments) throws ConfigurationException {
        if (arguments.length == 0) {
            return null;
        }
        if (arguments.length == 2 && arguments[0].equals("--config")) {
            return Path.of(arguments[1]);
        }
        throw new ConfigurationException("The only argument is --config <file>.");
    }
}
