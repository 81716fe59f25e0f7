package org.videowindow.portal.shard;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** The shard that a room's last ticket named. */
@Entity
public class RoomShard {
    @Id
    private String room;

    private String shardId;
    private Instant assignedAt;

    protected RoomShard() {}

    RoomShard(String room, String shardId, Instant assignedAt) {
        this.room = room;
        this.shardId = shardId;
        this.assignedAt = assignedAt;
    }

    String room() {
        return room;
    }

    String shardId() {
        return shardId;
    }

    Instant assignedAt() {
        return assignedAt;
    }
}
