package org.videowindow.portal.shard;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Shows the shards in the portal's health. They never make the portal itself unhealthy: people can still sign in and
 * look after their meetings, and a restart of the portal would help nobody.
 */
@Component
final class ShardHealthIndicator implements HealthIndicator {
    private final ShardRegistry registry;

    ShardHealthIndicator(ShardRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        registry.states().forEach((id, state) -> health.withDetail(id, state));
        return health.build();
    }
}
