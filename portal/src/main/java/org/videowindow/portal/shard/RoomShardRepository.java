package org.videowindow.portal.shard;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Rooms and their shards in the database. */
interface RoomShardRepository extends Repository<RoomShard, String> {
    RoomShard save(RoomShard assignment);

    Optional<RoomShard> findById(String room);
}
