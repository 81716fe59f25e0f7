package org.videowindow.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two HAProxies before the same shards agree on where each room is. */
final class PeersTest {
    private static final Duration SOON = Duration.ofSeconds(45);

    @TempDir
    private Path folder;

    private FakeShard shard1;
    private FakeShard shard2;
    private Haproxy first;
    private Haproxy second;
    private Client one;
    private Client other;

    @BeforeEach
    void start() throws IOException {
        InetAddress address = Loopback.nextAddress();
        shard1 = new FakeShard(1, "here", address);
        shard2 = new FakeShard(2, "here", address);
        Setup setup = new Setup(folder, "haproxy-1", Loopback.next()).shards(shard1, shard2);
        Setup peer = new Setup(folder, "haproxy-2", Loopback.next()).shards(shard1, shard2);
        setup.peerOf(peer);
        first = Haproxy.start(setup);
        second = Haproxy.start(peer);
        one = first.client();
        other = second.client();
    }

    @AfterEach
    void stop() throws IOException {
        one.close();
        other.close();
        first.close();
        second.close();
        shard1.close();
        shard2.close();
    }

    @Test
    void aRoomOpenedAtOneIsKnownToTheOther() {
        String room = "shared";
        String shard = one.shardOf(room);

        Duration known =
                Await.until("the entry arrives", SOON, () -> second.entry(room).contains("=" + shard));
        System.out.println("measured: entry at the peer after " + known.toMillis() + " ms");
        assertThat(other.shardOf(room)).isEqualTo(shard);
    }

    @Test
    void twoClientsWhoOpenARoomAtTheSameMomentMeetWhateverHaproxyTheyCameThrough() {
        for (int i = 0; i < 30; i++) {
            String room = "race-" + i;
            CompletableFuture<String> left = CompletableFuture.supplyAsync(() -> one.shardOf(room));
            CompletableFuture<String> right = CompletableFuture.supplyAsync(() -> other.shardOf(room));

            assertThat(left.join()).as(room).startsWith("shard-").isEqualTo(right.join());
        }
    }

    /** Rooms that are not where the hash would put them, so that only the table can know. */
    @Test
    void roomsStayWhereTheyAreWhenOneHaproxyIsRestarted() throws IOException {
        first.command("set server new_rooms/shard-1 state drain");
        for (int i = 0; i < 20; i++) {
            assertThat(one.shardOf("kept-" + i)).isEqualTo("shard-2");
        }
        first.command("set server new_rooms/shard-1 state ready");
        Await.until("the entries arrive", SOON, () -> keeps(second));

        first.restart();
        Duration learnt = Await.until("the table is back", SOON, () -> keeps(first));
        System.out.println("measured: table back after a restart, after it answers: " + learnt.toMillis() + " ms");

        try (Client again = first.client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(again.shardOf("kept-" + i)).isEqualTo("shard-2");
                assertThat(other.shardOf("kept-" + i)).isEqualTo("shard-2");
            }
        }
    }

    /** Whether it has all of them: the peers do not promise an order. */
    private static boolean keeps(Haproxy haproxy) {
        return IntStream.range(0, 20).allMatch(i -> haproxy.entry("kept-" + i).contains("=shard-2"));
    }

    @Test
    void whenAShardDiesBothHaproxiesPutARoomOnTheSameShard() throws IOException {
        first.command("set server new_rooms/shard-2 state drain");
        assertThat(one.shardOf("moved")).isEqualTo("shard-1");
        first.command("set server new_rooms/shard-2 state ready");
        Await.until("the entry arrives", SOON, () -> second.entry("moved").contains("=shard-1"));

        shard1.kill();
        Duration moved = Await.until(
                "both on shard-2",
                SOON,
                () -> one.shardOf("moved").equals("shard-2")
                        && other.shardOf("moved").equals("shard-2"));
        System.out.println(
                "measured: shard killed: room on the other shard through both after " + moved.toMillis() + " ms");

        shard1.restart();
        Await.until(
                "shard-1 is back",
                SOON,
                () -> first.isUp("living_shards", "shard-1") && second.isUp("living_shards", "shard-1"));
        assertThat(one.shardOf("moved")).isEqualTo("shard-2");
        assertThat(other.shardOf("moved")).isEqualTo("shard-2");
    }

    /** One of them cannot reach a shard that the other reaches: what the one decides, the other follows. */
    @Test
    void theTableWinsWhenTheTwoDoNotSeeTheSameShards() {
        first.command("set server new_rooms/shard-1 state drain");
        String room = "seen-differently";
        String shard = one.shardOf(room);
        Await.until("the entry arrives", SOON, () -> second.entry(room).contains("=" + shard));

        assertThat(shard).isEqualTo("shard-2");
        assertThat(other.shardOf(room)).isEqualTo("shard-2");
    }
}
