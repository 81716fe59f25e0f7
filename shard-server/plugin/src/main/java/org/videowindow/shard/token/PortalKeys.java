package org.videowindow.shard.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.shard.config.ShardSettings.KeyFetching;

/**
 * The portal's public keys, kept in memory. {@link #tick} is called by the plugin's clock thread and fetches when due;
 * {@link #find} is called by the threads that sign clients in and fetches for an unknown key id, within the limits of
 * {@link KeySchedule}. One fetch at a time; a failed one leaves the keys as they are.
 */
public final class PortalKeys implements Keys {
    private static final Logger log = LoggerFactory.getLogger(PortalKeys.class);
    private static final int MAX_KEYS = 64;

    /** Gets the text of the JWK set. */
    @FunctionalInterface
    public interface Source {
        String fetch() throws IOException, InterruptedException;
    }

    private final Source source;
    private final InstantSource clock;
    private final KeySchedule schedule;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Map<String, JWK> keys = Map.of();
    private volatile boolean loaded;
    private volatile boolean failing;
    private volatile State state = new State(0, Optional.empty(), Optional.empty());

    /**
     * What an operator is told.
     *
     * @param count usable keys
     * @param fetchedAt when they were last fetched
     * @param lastError why the last fetch failed; empty when it did not
     */
    public record State(int count, Optional<Instant> fetchedAt, Optional<String> lastError) {}

    public PortalKeys(KeyFetching settings, Source source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        this.schedule = new KeySchedule(settings);
    }

    @Override
    public Optional<JWK> find(String keyId) {
        JWK known = keys.get(keyId);
        if (known == null) {
            fetchIf(true);
            known = keys.get(keyId);
        }
        return Optional.ofNullable(known);
    }

    /** Fetches when a fetch is due. */
    public void tick() {
        fetchIf(false);
    }

    /** Whether keys have ever been fetched. */
    public boolean loaded() {
        return loaded;
    }

    /** Whether the last fetch failed. */
    public boolean failing() {
        return failing;
    }

    /** How the keys are. */
    public State state() {
        return state;
    }

    private void fetchIf(boolean unknownKey) {
        fetching.lock();
        try {
            Instant now = clock.instant();
            if (unknownKey ? schedule.dueForUnknownKey(now) : schedule.due(now)) {
                fetch();
            }
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        try {
            Map<String, JWK> fetched = usable(JWKSet.parse(source.fetch()));
            if (fetched.isEmpty()) {
                throw new IOException("no usable key in the set");
            }
            keys = fetched;
            schedule.succeeded(clock.instant());
            state = new State(fetched.size(), Optional.of(clock.instant()), Optional.empty());
            if (!loaded || failing) {
                log.info("the portal's keys are loaded: {}", fetched.size());
            }
            loaded = true;
            failing = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ParseException | RuntimeException e) {
            schedule.failed(clock.instant());
            state = new State(state.count(), state.fetchedAt(), Optional.of(e.toString()));
            if (!failing) {
                log.warn("the portal's keys cannot be fetched, trying again: {}", e.toString());
            }
            failing = true;
        }
    }

    /** Public keys for signatures, with an id. A symmetric key published by mistake is never used. */
    private static Map<String, JWK> usable(JWKSet set) {
        Map<String, JWK> usable = new HashMap<>();
        for (JWK key : set.toPublicJWKSet().getKeys()) {
            if (key.getKeyID() != null && usable.size() < MAX_KEYS) {
                usable.put(key.getKeyID(), key);
            }
        }
        return Map.copyOf(usable);
    }
}
