package org.videowindow.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All clients of a room are on one shard; which one, and when it becomes another. */
final class RoomsTest {
    private static final Duration SOON = Duration.ofSeconds(45);

    private final List<FakeShard> shards = new ArrayList<>();

    @TempDir
    private Path folder;

    private Haproxy haproxy;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        InetAddress address = Loopback.nextAddress();
        shards.add(new FakeShard(1, "here", address));
        shards.add(new FakeShard(2, "here", address));
        haproxy =
                Haproxy.start(new Setup(folder, "haproxy-1", Loopback.next()).shards(shards.toArray(FakeShard[]::new)));
        client = haproxy.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        haproxy.close();
        for (FakeShard shard : shards) {
            shard.close();
        }
    }

    @Test
    void everyClientOfARoomComesToOneShardAndRoomsAreSpread() throws IOException {
        Set<String> used = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String room = "room-" + i;
            String shard = client.shardOf(room);
            used.add(shard);
            assertThat(client.shardOf(room.toUpperCase(Locale.ROOT))).isEqualTo(shard);
            assertThat(client.get("/http-bind?room=" + room).from()).isEqualTo(shard);
            assertThat(haproxy.entry(room)).contains("server_key=" + shard);
        }
        assertThat(used).containsExactlyInAnyOrder("shard-1", "shard-2");
    }

    @Test
    void aDrainedShardKeepsItsRoomsAndGetsNoNewOnes() {
        String old = roomOn("shard-1");
        haproxy.command("set server new_rooms/shard-1 state drain");

        assertThat(client.shardOf(old)).isEqualTo("shard-1");
        assertThat(shardsOfNewRooms("drained")).containsExactly("shard-2");

        haproxy.command("set server new_rooms/shard-1 state ready");
        assertThat(shardsOfNewRooms("again")).contains("shard-1");
    }

    @Test
    void aShardWhoseFocusCannotStartACallKeepsItsRoomsAndGetsNoNewOnes() {
        String old = roomOn("shard-1");
        shards.getFirst().focus().says(503, "no usable bridge in the brewery room");
        Await.until("no new rooms", SOON, () -> !haproxy.isUp("new_rooms", "shard-1"));

        assertThat(client.shardOf(old)).isEqualTo("shard-1");
        assertThat(shardsOfNewRooms("no-bridge")).containsExactly("shard-2");
        assertThat(haproxy.isUp("living_shards", "shard-1")).isTrue();

        shards.getFirst().focus().says(200, "a call can be started");
        Await.until("new rooms", SOON, () -> haproxy.isUp("new_rooms", "shard-1"));
        assertThat(shardsOfNewRooms("with-bridge")).contains("shard-1");
    }

    @Test
    void whenNoShardCanStartACallNewRoomsAreRefusedAndOldOnesStay() {
        String old = roomOn("shard-2");
        shards.forEach(shard -> shard.focus().says(503, "not signed in to the shard"));
        Await.until(
                "no new rooms",
                SOON,
                () -> shards.stream().noneMatch(shard -> haproxy.isUp("new_rooms", shard.name())));

        assertThat(client.shardOf("brand-new")).isEqualTo("503");
        assertThat(haproxy.entry("brand-new")).isEmpty();
        assertThat(client.shardOf(old)).isEqualTo("shard-2");
    }

    @Test
    void theRoomsOfADeadShardStartAgainOnAnother() throws IOException {
        String room = roomOn("shard-1");
        String other = roomOn("shard-2");
        try (Client.Socket first = client.open("/xmpp-websocket?room=" + room);
                Client.Socket untouched = client.open("/xmpp-websocket?room=" + other)) {
            shards.getFirst().kill();
            Duration ended = Await.until("the WebSocket ends", SOON, first::hasEnded);
            Duration moved = Await.until(
                    "the room is on shard-2", SOON, () -> client.shardOf(room).equals("shard-2"));
            System.out.println("measured: shard killed: WebSocket ended after " + ended.toMillis()
                    + " ms, room on the other shard after " + ended.plus(moved).toMillis() + " ms");

            assertThat(ended.plus(moved)).isLessThan(SOON);
            assertThat(untouched.echoes("still here")).isTrue();
            assertThat(haproxy.entry(room)).contains("server_key=shard-2");
        }

        shards.getFirst().restart();
        Await.until("shard-1 is back", SOON, () -> haproxy.isUp("new_rooms", "shard-1"));
        assertThat(client.shardOf(room)).as("a room that has moved stays").isEqualTo("shard-2");
        assertThat(shardsOfNewRooms("back")).contains("shard-1");
    }

    @Test
    void theRoomsOfASilentShardStartAgainAndItsClientsAreLetGo() {
        String room = roomOn("shard-1");
        // The first comes through the choice, the second by the table: both have to go.
        String fresh = "fresh-" + room;
        try (Client.Socket byTable = client.open("/xmpp-websocket?room=" + room);
                Client.Socket byChoice = client.open("/xmpp-websocket?room=" + freshRoomOn("shard-1", fresh))) {
            shards.getFirst().freeze();
            Duration ended = Await.until("the WebSockets end", SOON, () -> byTable.hasEnded() && byChoice.hasEnded());
            Duration moved = Await.until(
                    "the room is on shard-2", SOON, () -> client.shardOf(room).equals("shard-2"));
            System.out.println("measured: shard silent: WebSockets ended after " + ended.toMillis()
                    + " ms, room on the other shard after " + ended.plus(moved).toMillis() + " ms");

            assertThat(ended.plus(moved)).isLessThan(SOON);
        }
    }

    @Test
    void aShardThatIsAwayForAMomentKeepsItsRooms() {
        String room = roomOn("shard-1");
        try (Client.Socket socket = client.open("/xmpp-websocket?room=" + room)) {
            shards.getFirst().freeze();
            Await.until(
                    "a failed check",
                    SOON,
                    () -> haproxy.command("show stat")
                            .lines()
                            .anyMatch(line -> line.startsWith("xmpp_servers,shard-1,") && line.contains("L7TOUT")));
            shards.getFirst().thaw();
            Await.until(
                    "a good check",
                    SOON,
                    () -> haproxy.command("show stat")
                            .lines()
                            .anyMatch(line -> line.startsWith("xmpp_servers,shard-1,") && line.contains("L7OK")));

            assertThat(socket.hasEnded()).isFalse();
            assertThat(socket.echoes("still here")).isTrue();
            assertThat(client.shardOf(room)).isEqualTo("shard-1");
        }
    }

    @Test
    void aFocusThatIsGoneFor30SecondsLosesTheShardIfAnotherCanStartCalls() {
        String room = roomOn("shard-1");
        try (Client.Socket socket = client.open("/xmpp-websocket?room=" + room)) {
            shards.getFirst().focus().says(503, "not signed in to the shard");
            Duration ended = Await.until("the WebSocket ends", Duration.ofMinutes(2), socket::hasEnded);
            Duration moved = Await.until(
                    "the room is on shard-2", SOON, () -> client.shardOf(room).equals("shard-2"));
            System.out.println("measured: focus gone: room on the other shard after "
                    + ended.plus(moved).toMillis() + " ms");

            assertThat(ended).isGreaterThan(Duration.ofSeconds(25));
        }
    }

    @Test
    void anEntryIsHeldWhileAWebSocketIsOpen() {
        for (int i = 0; i < 2; i++) {
            // First through the choice, then by the table.
            try (Client.Socket socket = client.open("/xmpp-websocket?room=held")) {
                assertThat(socket.echoes("hello")).isTrue();
                assertThat(haproxy.entry("held")).contains("use=1");
            }
            Await.until("nobody holds it", SOON, () -> haproxy.entry("held").contains("use=0"));
        }
    }

    /** A room that is on this shard, with nobody in it. */
    private String roomOn(String shard) {
        for (int i = 0; i < 100; i++) {
            if (client.shardOf("old-" + i).equals(shard)) {
                return "old-" + i;
            }
        }
        throw new AssertionError("no room comes to " + shard);
    }

    /** The name of a room that nobody has opened and that will come to this shard: names are hashed the same way. */
    private String freshRoomOn(String shard, String prefix) {
        for (int i = 0; i < 100; i++) {
            String room = prefix + i;
            if (client.shardOf(room).equals(shard)) {
                haproxy.command("clear table rooms key " + room);
                return room;
            }
        }
        throw new AssertionError("no room comes to " + shard);
    }

    private Set<String> shardsOfNewRooms(String prefix) {
        Set<String> used = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            used.add(client.shardOf(prefix + i));
        }
        return used;
    }
}
