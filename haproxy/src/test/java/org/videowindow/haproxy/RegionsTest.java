package org.videowindow.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of two networks, made as network namespaces, come to the shards of their regions. Making them needs root: as
 * another user these tests cannot run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegionsTest {
    private static final Duration SOON = Duration.ofSeconds(45);
    private static final String HERE = "198.18.74.1";
    private static final String PROXY = "198.18.74.2";

    private final String prefix = "vw" + ProcessHandle.current().pid() % 100_000;
    private final String proxyNamespace = prefix + "p";
    private final List<FakeShard> shards = new ArrayList<>();
    private Haproxy haproxy;
    private int rooms;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        assertThat(Commands.run("id", "-u").strip())
                .as("network namespaces can be made by root only: run this test as root")
                .isEqualTo("0");
        ip("netns", "add", proxyNamespace);
        ip("link", "add", prefix + "r", "type", "veth", "peer", "name", "outside", "netns", proxyNamespace);
        ip("addr", "add", HERE + "/30", "dev", prefix + "r");
        ip("link", "set", prefix + "r", "up");
        inside(proxyNamespace, "ip", "addr", "add", PROXY + "/30", "dev", "outside");
        inside(proxyNamespace, "ip", "link", "set", "outside", "up");
        inside(proxyNamespace, "ip", "link", "set", "lo", "up");
        network("a", "198.18.74.5", "198.18.74.6");
        network("b", "198.18.74.9", "198.18.74.10");
        network("c", "198.18.74.13", "198.18.74.14");

        InetAddress address = InetAddress.getByName(HERE);
        shards.add(new FakeShard(1, "region-1", address));
        shards.add(new FakeShard(2, "region-2", address));
        shards.add(new FakeShard(3, "region-3", address));
        Path map = folder.resolve("networks.map");
        Files.writeString(
                map, "# networks\n198.18.74.4/30 region-1\n198.18.74.8/30 region-2\n10.0.0.0/8 no-such-region\n");
        haproxy = Haproxy.start(
                new Setup(folder, "haproxy-1", PROXY)
                        .shards(shards.toArray(FakeShard[]::new))
                        .with("regions_file", map)
                        .with("default_region", "region-3"),
                List.of("ip", "netns", "exec", proxyNamespace));
    }

    @AfterAll
    void stop() throws IOException {
        if (haproxy != null) {
            haproxy.close();
        }
        for (FakeShard shard : shards) {
            shard.close();
        }
        for (String namespace : List.of("a", "b", "c", "p")) {
            Commands.attempt("ip", "netns", "del", prefix + namespace);
        }
        Commands.attempt("ip", "link", "del", prefix + "r");
    }

    @Test
    void newRoomsComeToTheRegionOfTheClientsNetwork() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(shardFor("a", newRoom())).isEqualTo("shard-1");
            assertThat(shardFor("b", newRoom())).isEqualTo("shard-2");
            assertThat(shardFor("c", newRoom()))
                    .as("a network that the map does not know")
                    .isEqualTo("shard-3");
        }
    }

    @Test
    void whoComesLaterComesToTheRoomWhateverItsRegion() throws IOException {
        String room = newRoom();

        assertThat(shardFor("a", room)).isEqualTo("shard-1");
        assertThat(shardFor("b", room)).isEqualTo("shard-1");
        assertThat(shardFor("b", room + "&region=region-2")).isEqualTo("shard-1");
    }

    @Test
    void aRegionThatExistsCanBeAskedForByHeaderOrQuery() throws IOException {
        assertThat(shardFor("a", newRoom(), "-H", "X-Video-Window-Region: region-2"))
                .isEqualTo("shard-2");
        assertThat(shardFor("a", newRoom() + "&region=region-2")).isEqualTo("shard-2");
        assertThat(shardFor("a", newRoom() + "&region=region-3", "-H", "X-Video-Window-Region: region-2"))
                .isEqualTo("shard-3");
    }

    @Test
    void aRegionThatDoesNotExistChangesNothing() throws IOException {
        for (String region : List.of("nowhere", "", "REGION-2", "region-2%0aregion-3", "no-such-region")) {
            assertThat(shardFor("a", newRoom() + "&region=" + region)).isEqualTo("shard-1");
            assertThat(shardFor("a", newRoom(), "-H", "X-Video-Window-Region: " + region))
                    .isEqualTo("shard-1");
        }
        assertThat(shardFor("a", newRoom(), "-H", "X-Forwarded-For: 198.18.74.10"))
                .isEqualTo("shard-1");
    }

    @Test
    void aRegionWithoutAUsableShardGoesToAnyOther() throws IOException {
        shards.getFirst().focus().says(503, "no usable bridge in the brewery room");
        Await.until("no new rooms", SOON, () -> !haproxy.isUp("new_rooms", "shard-1"));

        assertThat(shardFor("a", newRoom())).isIn("shard-2", "shard-3");
        assertThat(shardFor("b", newRoom())).isEqualTo("shard-2");

        shards.getFirst().focus().says(200, "a call can be started");
        Await.until("new rooms", SOON, () -> haproxy.isUp("new_rooms", "shard-1"));
        assertThat(shardFor("a", newRoom())).isEqualTo("shard-1");
    }

    private String newRoom() {
        return "room-" + rooms++;
    }

    private String shardFor(String network, String room, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                prefix + network,
                "curl",
                "-sk",
                "-m",
                "20",
                "https://" + haproxy.setup().https() + "/http-bind?room=" + room));
        command.addAll(List.of(options));
        return Commands.run(command.toArray(String[]::new)).lines().findFirst().orElse("");
    }

    /** A network of one client, behind the HAProxy's namespace. */
    private void network(String name, String gateway, String client) throws IOException {
        String namespace = prefix + name;
        String device = "to-" + name;
        ip("netns", "add", namespace);
        inside(
                proxyNamespace,
                "ip",
                "link",
                "add",
                device,
                "type",
                "veth",
                "peer",
                "name",
                "outside",
                "netns",
                namespace);
        inside(proxyNamespace, "ip", "addr", "add", gateway + "/30", "dev", device);
        inside(proxyNamespace, "ip", "link", "set", device, "up");
        inside(namespace, "ip", "addr", "add", client + "/30", "dev", "outside");
        inside(namespace, "ip", "link", "set", "outside", "up");
        inside(namespace, "ip", "route", "add", "default", "via", gateway);
    }

    private static void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Commands.run(command.toArray(String[]::new));
    }

    private static void inside(String namespace, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of("netns", "exec", namespace));
        all.addAll(List.of(command));
        ip(all.toArray(String[]::new));
    }
}
