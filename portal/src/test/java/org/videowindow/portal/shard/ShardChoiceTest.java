package org.videowindow.portal.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardChoiceTest {
    private final List<Shard> shards =
            IntStream.range(0, 4).mapToObj(i -> shard("shard-" + i)).toList();

    @Test
    void noHealthyShardIsNoChoice() {
        assertThat(ShardChoice.choose("room", null, List.of())).isEmpty();
        assertThat(ShardChoice.choose("room", "shard-1", List.of())).isEmpty();
    }

    @Test
    void aRoomStaysWhereItIs() {
        for (Shard shard : shards) {
            assertThat(ShardChoice.choose("room", shard.id(), shards)).contains(shard);
        }
    }

    @Test
    void theChoiceDoesNotDependOnTheOrderOfTheShards() {
        List<Shard> shuffled = new ArrayList<>(shards);
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(ShardChoice.choose("room-" + seed, null, shuffled))
                    .isEqualTo(ShardChoice.choose("room-" + seed, null, shards));
        }
    }

    @Test
    void aLostShardMovesItsRoomsOnly() {
        List<Shard> left = shards.subList(1, 4);
        for (int i = 0; i < 200; i++) {
            Shard before = ShardChoice.choose("room-" + i, null, shards).orElseThrow();
            Shard after = ShardChoice.choose("room-" + i, null, left).orElseThrow();
            assertThat(after.equals(before) || before.equals(shards.getFirst())).isTrue();
        }
    }

    @Test
    void roomsSpreadEvenly() {
        Map<String, Integer> rooms = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            rooms.merge(
                    ShardChoice.choose("room-" + i, null, shards).orElseThrow().id(), 1, Integer::sum);
        }
        assertThat(rooms.values())
                .hasSize(4)
                .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    }

    private static Shard shard(String id) {
        return new Shard(id, "eu", "wss://" + id, id + ".example.org");
    }
}
