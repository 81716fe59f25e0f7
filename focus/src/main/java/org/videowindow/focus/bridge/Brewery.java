package org.videowindow.focus.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.agent.Cancellable;
import org.videowindow.focus.muc.OccupantPresence;
import org.videowindow.focus.muc.Room;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;
import org.videowindow.focus.xmpp.Requests;
import org.videowindow.focus.xmpp.ShardLink;

/**
 * The bridges of this shard: those in the brewery room that report statistics. Watches their presence, asks each
 * regularly whether it is well, and knows which may be used now.
 *
 * <p>Has its own agent. {@link #choose}, {@link #usable} and {@link #isReady} may be called from any thread: they look at
 * a published snapshot.
 */
public final class Brewery implements Room.Events {
    private static final Logger log = LoggerFactory.getLogger(Brewery.class);
    private static final int BRIDGE_LIMIT = 1_000;
    private static final Duration ENTRY_RETRY = Duration.ofSeconds(2);
    /** Of a healthy bridge one answer may be late, for example during a garbage collection. */
    private static final int CHECKS_MISSED = 2;

    private static final XmlElement PING =
            XmlElement.element("ping", Namespaces.PING).build();
    private static final XmlElement HEALTHCHECK =
            XmlElement.element("healthcheck", Namespaces.HEALTHCHECK).build();

    private final Agent agent;
    private final Requests requests;
    private final Settings settings;
    private final Watcher watcher;
    private final Room room;
    private final Map<Jid, Bridge> bridges = new LinkedHashMap<>();
    private volatile List<Bridge> snapshot = List.of();
    private volatile boolean ready;

    /**
     * How bridges are watched.
     *
     * @param room the brewery room
     * @param checkInterval time between health checks of a bridge
     * @param checkTimeout how long an answer may take
     * @param coolDown how long a bridge that failed is not used
     * @param drainAfter how long conferences stay on a bridge that drains; empty: until they end
     * @param localRegion the region of participants that name none
     * @param shard asked for a sign of life where a bridge gives none
     */
    public record Settings(
            EntityBareJid room,
            Duration checkInterval,
            Duration checkTimeout,
            Duration coolDown,
            Optional<Duration> drainAfter,
            Optional<String> localRegion,
            Jid shard) {}

    /**
     * A bridge, for people.
     *
     * @param id its name
     * @param state what it says about itself
     * @param healthy whether it says that it works and is found to work
     */
    public record Summary(String id, BridgeState state, boolean healthy) {}

    /** Hears about bridges, on the brewery's agent. */
    public interface Watcher {
        /**
         * The bridge is gone or does not work: conferences on it have to move.
         *
         * @param gone whether it is gone for good; if not, it is still better than none
         */
        void bridgeLost(Jid bridge, String reason, boolean gone);

        /** A bridge became usable. */
        void bridgeUsable();
    }

    /** A bridge; {@code assigned} is the one part that other threads change. */
    private static final class Bridge {
        private volatile BridgeState state;
        private final AtomicInteger assigned = new AtomicInteger();
        private int missed;
        private Cancellable drain = Cancellable.NONE;
        private volatile boolean failed;
        private volatile boolean cooling;

        private Bridge(BridgeState state) {
            this.state = state;
        }

        boolean usable() {
            return healthy() && !state.draining();
        }

        boolean healthy() {
            return state.healthy() && !failed && !cooling;
        }
    }

    /** Watches nothing until {@link #linkUp}. */
    public Brewery(
            Settings settings,
            Agent agent,
            ShardLink link,
            Requests requests,
            List<XmlElement> presence,
            Watcher watcher) {
        this.settings = settings;
        this.agent = agent;
        this.requests = requests;
        this.watcher = watcher;
        this.room = new Room(settings.room(), false, BRIDGE_LIMIT, agent, link, requests, () -> presence, this);
    }

    /** The address of the brewery room. */
    public EntityBareJid roomJid() {
        return settings.room();
    }

    /** Starts the regular checks. */
    public void start() {
        agent.after(settings.checkInterval(), this::checkAll);
    }

    /** The link is up: enters the room. Any thread. */
    public void linkUp() {
        agent.post(room::enter);
    }

    /** The link is gone; what is known about bridges stays until the room is entered again. Any thread. */
    public void linkDown() {
        ready = false;
        agent.post(room::linkLost);
    }

    /** Takes a presence of the brewery room. Any thread. */
    public boolean presence(OccupantPresence presence) {
        return agent.offer(() -> room.presence(presence));
    }

    /** Whether the focus is in the brewery room. */
    public boolean isReady() {
        return ready;
    }

    /** How many bridges could take a conference now. */
    public int usable() {
        return (int) snapshot.stream().filter(Bridge::usable).count();
    }

    /** How many bridges are in the brewery room. */
    public int known() {
        return snapshot.size();
    }

    /** The bridge for a conference whose participants are in that region. */
    public Optional<BridgeState> choose(Optional<String> region) {
        List<BridgeSelection.Candidate> candidates = new ArrayList<>();
        for (Bridge bridge : snapshot) {
            if (bridge.usable()) {
                candidates.add(new BridgeSelection.Candidate(bridge.state, bridge.assigned.get()));
            }
        }
        return BridgeSelection.choose(candidates, region.or(settings::localRegion));
    }

    /** Whether the bridge is there and works, whether or not it takes new conferences. */
    public boolean isHealthy(Jid address) {
        return snapshot.stream().anyMatch(bridge -> bridge.state.address().equals(address) && bridge.healthy());
    }

    /** All bridges. */
    public List<Summary> all() {
        return snapshot.stream()
                .map(bridge -> new Summary(name(bridge.state.address()), bridge.state, bridge.healthy()))
                .toList();
    }

    /** An endpoint was placed on the bridge. */
    public void assigned(Jid address) {
        for (Bridge bridge : snapshot) {
            if (bridge.state.address().equals(address)) {
                bridge.assigned.incrementAndGet();
            }
        }
    }

    /** A conference found that the bridge does not answer: from now on it is not used for a while. Any thread. */
    public void reportFailure(Jid address) {
        for (Bridge bridge : snapshot) {
            if (bridge.state.address().equals(address) && !bridge.cooling) {
                log.warn("bridge {} does not answer; not used for {}", name(address), settings.coolDown());
                // At once: whoever reports it looks for another bridge next.
                bridge.cooling = true;
                agent.after(settings.coolDown(), () -> {
                    bridge.cooling = false;
                    tellIfUsable(bridge);
                });
            }
        }
    }

    @Override
    public void entered() {
        ready = true;
        log.info("in the brewery room with {} bridge(s)", bridges.size());
    }

    @Override
    public void entryFailed(String reason) {
        log.warn("cannot enter the brewery room: {}", reason);
        agent.after(ENTRY_RETRY, () -> {
            if (room.state() == Room.State.OUT) {
                room.enter();
            }
        });
    }

    @Override
    public void expelled(String reason) {
        ready = false;
        entryFailed(reason);
    }

    @Override
    public void changed(OccupantPresence occupant) {
        Jid address = occupant.occupant();
        Optional<BridgeState> state = BridgeState.of(address, occupant.stanza());
        if (state.isEmpty()) {
            return;
        }
        Bridge known = bridges.get(address);
        if (known == null) {
            Bridge bridge = new Bridge(state.get());
            bridges.put(address, bridge);
            publish();
            log.info(
                    "bridge {} is here: version {}, region {}, stress {}",
                    name(address),
                    state.get().version(),
                    state.get().region().orElse("unset"),
                    state.get().stress());
            tellIfUsable(bridge);
            drain(bridge, false);
            return;
        }
        boolean usable = known.usable();
        BridgeState before = known.state;
        known.state = state.get();
        known.assigned.set(0);
        if (before.healthy() && !known.state.healthy()) {
            lost(address, "the bridge says that it is unhealthy");
        } else if (!before.stopping() && known.state.stopping()) {
            lost(address, "the bridge goes down");
        }
        drain(known, before.draining());
        if (!usable) {
            tellIfUsable(known);
        }
    }

    @Override
    public void left(String nick) {
        bridges.keySet().stream()
                .filter(address -> name(address).equals(nick))
                .findFirst()
                .ifPresent(address -> {
                    bridges.remove(address).drain.cancel();
                    publish();
                    lost(address, "the bridge left", true);
                });
    }

    /** Starts or stops the clock after which those on a draining bridge have to go. */
    private void drain(Bridge bridge, boolean before) {
        if (!bridge.state.draining()) {
            bridge.drain.cancel();
        } else if (!before) {
            log.info("bridge {} drains: it gets no new conferences", name(bridge.state.address()));
            settings.drainAfter()
                    .ifPresent(after -> bridge.drain = agent.after(after, () -> {
                        if (bridges.get(bridge.state.address()) == bridge && bridge.state.draining()) {
                            lost(bridge.state.address(), "the bridge drains");
                        }
                    }));
        }
    }

    private void checkAll() {
        if (room.state() == Room.State.IN) {
            Collection<Bridge> all = List.copyOf(bridges.values());
            all.forEach(this::check);
        }
        agent.after(settings.checkInterval(), this::checkAll);
    }

    private void check(Bridge bridge) {
        Jid address = bridge.state.address();
        boolean[] shardAnswers = new boolean[1];
        if (bridge.missed > 0) {
            requests.ask("get", settings.shard(), PING, settings.checkTimeout(), agent, answer -> {
                shardAnswers[0] = !(answer instanceof Requests.Answer.TimedOut);
            });
        }
        requests.ask("get", address, HEALTHCHECK, settings.checkTimeout(), agent, answer -> {
            if (bridges.get(address) != bridge) {
                return;
            }
            switch (answer) {
                case Requests.Answer.Result result -> well(bridge);
                case Requests.Answer.Refused refused -> {
                    if (refused.error().condition().equals("feature-not-implemented")) {
                        well(bridge);
                    } else {
                        missed(bridge, refused.error().toString());
                    }
                }
                case Requests.Answer.TimedOut timedOut -> {
                    // When the shard is as silent, the silence says nothing about the bridge.
                    if (bridge.missed == 0 || shardAnswers[0]) {
                        missed(bridge, "no answer");
                    }
                }
                case Requests.Answer.Unsent unsent -> {
                    // Says nothing about the bridge.
                }
            }
        });
    }

    private void well(Bridge bridge) {
        bridge.missed = 0;
        if (bridge.failed) {
            bridge.failed = false;
            log.info("bridge {} is well again", name(bridge.state.address()));
            tellIfUsable(bridge);
        }
    }

    private void missed(Bridge bridge, String how) {
        bridge.missed++;
        if (bridge.missed < CHECKS_MISSED) {
            check(bridge);
        } else if (!bridge.failed) {
            bridge.failed = true;
            lost(bridge.state.address(), "health check: " + how);
        }
    }

    private void lost(Jid address, String reason) {
        lost(address, reason, false);
    }

    private void lost(Jid address, String reason, boolean gone) {
        log.warn("bridge {} is lost: {}", name(address), reason);
        watcher.bridgeLost(address, reason, gone);
    }

    private void tellIfUsable(Bridge bridge) {
        if (bridge.usable()) {
            watcher.bridgeUsable();
        }
    }

    private void publish() {
        snapshot = List.copyOf(bridges.values());
    }

    private static String name(Jid address) {
        return String.valueOf(address.getResourceOrNull());
    }
}
