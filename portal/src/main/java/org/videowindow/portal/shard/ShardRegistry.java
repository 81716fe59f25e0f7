package org.videowindow.portal.shard;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;

/**
 * The shards of the configuration and which of them could start a call now. Each shard with a health address has one
 * virtual thread that asks it; requests read what the threads found. When nothing healthy is known a request asks at
 * once, so that the first ticket after a start does not wait for the next round.
 */
@Component
public class ShardRegistry implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ShardRegistry.class);

    /** Requests that find nothing healthy share one question to each shard within this time. */
    private static final long ENOUGH_NANOS = 500_000_000;

    private final Map<String, Watched> shards = new LinkedHashMap<>();
    private final ShardProbe probe = new ShardProbe();
    private final List<Thread> watchers = new ArrayList<>();
    private volatile boolean running;

    ShardRegistry(PortalProperties properties) {
        for (ShardProperties shard : properties.shards()) {
            shards.put(
                    shard.id(),
                    new Watched(
                            new Shard(
                                    shard.id(),
                                    shard.region(),
                                    properties.conference().oneAddress()
                                            ? properties.conference().webSocketUrl()
                                            : shard.webSocketUrl().toString(),
                                    shard.domain()),
                            shard.focusHealthUrl()));
        }
    }

    /** The shards that could start a call now. */
    Collection<Shard> healthy() {
        List<Shard> known = knownHealthy();
        if (known.isEmpty()) {
            askAll();
            known = knownHealthy();
        }
        return known;
    }

    /** All shards of the configuration. */
    Collection<Shard> all() {
        return shards.values().stream().map(watched -> watched.shard).toList();
    }

    /** Each shard's id with what is known of its health. */
    Map<String, ShardHealth.State> states() {
        Map<String, ShardHealth.State> states = new LinkedHashMap<>();
        shards.forEach((id, watched) -> states.put(id, watched.state()));
        return states;
    }

    @Override
    public void start() {
        running = true;
        if (shards.isEmpty()) {
            log.warn("portal.shards is empty: nobody can join a meeting");
        }
        for (Watched watched : shards.values()) {
            if (watched.healthUrl != null) {
                watchers.add(Thread.ofVirtual()
                        .name("shard-health-" + watched.shard.id())
                        .start(() -> watch(watched)));
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        watchers.forEach(Thread::interrupt);
        watchers.clear();
        probe.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void watch(Watched watched) {
        while (running) {
            watched.ask(0);
            LockSupport.parkNanos(watched.untilDue());
        }
    }

    private void askAll() {
        List<Thread> questions = shards.values().stream()
                .map(watched -> Thread.startVirtualThread(() -> watched.ask(ENOUGH_NANOS)))
                .toList();
        try {
            for (Thread question : questions) {
                question.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Shard> knownHealthy() {
        return shards.values().stream()
                .filter(watched -> watched.state() == ShardHealth.State.HEALTHY)
                .map(watched -> watched.shard)
                .toList();
    }

    /** One shard with its health; its monitor also keeps two threads from asking at the same time. */
    private final class Watched {
        private final Shard shard;
        private final @Nullable URI healthUrl;
        private final ShardHealth health = new ShardHealth(System.nanoTime());
        private long answeredAt = System.nanoTime() - ENOUGH_NANOS;
        private volatile ShardHealth.State state;

        private Watched(Shard shard, @Nullable URI healthUrl) {
            this.shard = shard;
            this.healthUrl = healthUrl;
            this.state = healthUrl == null ? ShardHealth.State.HEALTHY : ShardHealth.State.UNKNOWN;
        }

        private ShardHealth.State state() {
            return state;
        }

        private synchronized long untilDue() {
            return Math.max(1, health.untilDue(System.nanoTime()));
        }

        /** Asks, unless an answer younger than the given time is there. */
        private synchronized void ask(long enoughNanos) {
            if (healthUrl == null || !running || System.nanoTime() - answeredAt < enoughNanos) {
                return;
            }
            boolean answer = probe.isHealthy(healthUrl);
            if (!running) {
                return;
            }
            answeredAt = System.nanoTime();
            if (health.answered(answer, answeredAt)) {
                log.info("Shard {} is {}", shard.id(), answer ? "healthy" : "not ready for calls");
            }
            state = health.state();
        }
    }
}
