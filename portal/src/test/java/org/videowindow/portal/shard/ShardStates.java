package org.videowindow.portal.shard;

/** What tests outside of this package may know of the registry. */
public final class ShardStates {
    private ShardStates() {}

    /** How many shards are known to be healthy. */
    public static long healthy(ShardRegistry registry) {
        return registry.states().values().stream()
                .filter(state -> state == ShardHealth.State.HEALTHY)
                .count();
    }
}
