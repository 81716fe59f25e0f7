package org.videowindow.portal.key;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When keys are made, sign and go. Pure; keys come in the order of their generations.
 *
 * <pre>
 * made and published --ahead--> signs --key life--> the next one signs --token life, margin--> deleted
 * </pre>
 *
 * @param keyLife how long a key signs
 * @param tokenLife how long the tokens live that it signs
 */
record KeySchedule(Duration keyLife, Duration tokenLife) {
    /**
     * How long a key is published before it signs when its turn comes by age: longer than shards and caches keep a key
     * set, so that all have it.
     */
    static final Duration AHEAD = Duration.ofMinutes(15);

    /**
     * The same when somebody asks for a new key: enough for every instance of the portal to have read it. A shard that
     * does not have it yet meets an unknown key id and asks at once.
     */
    static final Duration AHEAD_ON_DEMAND = Duration.ofMinutes(1);

    /** Clocks differ, and instances read keys at different moments. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    /** The key that signs: the newest whose time has come; the oldest should a clock have gone back behind all. */
    SigningKey signing(List<SigningKey> keys, Instant now) {
        return keys.reversed().stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .findFirst()
                .orElseGet(keys::getFirst);
    }

    /** Whether the next key should be made now because of the newest one's age. */
    boolean nextIsDue(List<SigningKey> keys, Instant now) {
        return !now.plus(AHEAD).isBefore(keys.getLast().signsFrom().plus(keyLife));
    }

    /** The keys whose tokens have all expired. */
    List<SigningKey> spent(List<SigningKey> keys, Instant now) {
        return keys.stream()
                .limit(Math.max(0, keys.size() - 1))
                .filter(key -> successor(keys, key)
                        .signsFrom()
                        .plus(tokenLife)
                        .plus(MARGIN)
                        .isBefore(now))
                .toList();
    }

    private static SigningKey successor(List<SigningKey> keys, SigningKey key) {
        return keys.get(keys.indexOf(key) + 1);
    }
}
