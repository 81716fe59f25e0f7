package org.videowindow.portal.shard;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/** Sends each room to a healthy shard and remembers where. */
@Service
public class Shards {
    private static final Logger log = LoggerFactory.getLogger(Shards.class);

    private final ShardRegistry registry;
    private final RoomShardRepository assignments;
    private final Clock clock;

    Shards(ShardRegistry registry, RoomShardRepository assignments, Clock clock) {
        this.registry = registry;
        this.assignments = assignments;
        this.clock = clock;
    }

    /** The shard for a room, or refuses with {@code no-shard}. */
    public Shard forRoom(String room) {
        String current = assignments.findById(room).map(RoomShard::shardId).orElse(null);
        Optional<Shard> chosen = ShardChoice.choose(room, current, registry.healthy());
        if (chosen.isEmpty()) {
            throw new ProblemException(ProblemCode.NO_SHARD);
        }
        Shard shard = chosen.get();
        if (!shard.id().equals(current)) {
            remember(room, shard);
        }
        return shard;
    }

    /** A shard that a browser could reach: preferably one that could start a call now. */
    public Shard any() {
        return Stream.concat(registry.healthy().stream(), registry.all().stream())
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemCode.NO_SHARD));
    }

    private void remember(String room, Shard shard) {
        try {
            assignments.save(new RoomShard(room, shard.id(), clock.instant().truncatedTo(ChronoUnit.MICROS)));
        } catch (DataIntegrityViolationException e) {
            // Another ticket for the room came at the same moment, and its choice was the same; or the meeting has
            // gone.
            log.debug("The shard of a room was noted by somebody else", e);
        }
    }
}
