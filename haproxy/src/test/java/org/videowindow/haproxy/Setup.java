package org.videowindow.haproxy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The values that the template is rendered with: an installation that the test describes. */
final class Setup {
    private static final Path TEMPLATE = Path.of("haproxy.cfg.j2");

    private static final AtomicInteger OTHERS = new AtomicInteger(20_000);

    private final Map<String, Object> values = new HashMap<>();
    private final Path folder;
    private final String name;
    private final String https;
    private final String http;
    private final String peer;
    private final List<FakeShard> shards = new ArrayList<>();
    private final List<Map<String, Object>> portals = new ArrayList<>();
    private final List<Map<String, Object>> bridges = new ArrayList<>();
    private final List<Map<String, Object>> peers = new ArrayList<>();

    /**
     * One HAProxy with nothing behind it.
     *
     * @param folder where its files go
     * @param name its name among its peers
     * @param address where it listens
     */
    Setup(Path folder, String name, String address) throws IOException {
        this.folder = folder;
        this.name = name;
        https = address + ":" + freePort(address);
        http = address + ":" + freePort(address);
        peer = address + ":" + freePort(address);
        Path regions = folder.resolve("regions.map");
        if (!Files.exists(regions)) {
            Files.createFile(regions);
        }
        values.put("name", name);
        values.put("public_url", "https://meet.example.org");
        values.put("https", List.of(https));
        values.put("http", List.of(http));
        values.put("certificate_file", Certificates.serverPem());
        values.put("stats_socket", folder.resolve(name + ".sock"));
        values.put("state_file", folder.resolve(name + ".state"));
        values.put("run_user", "");
        values.put("max_connections", 1000);
        values.put("client_connections", 500);
        values.put("client_connection_rate", 5000);
        values.put("client_request_rate", 50000);
        values.put("client_opening_rate", 5000);
        values.put("turn_name", "turn.example.org");
        values.put("turn_address", "");
        values.put("regions_file", regions);
        values.put("default_region", "here");
        peers.add(Map.of("name", name, "address", peer));
    }

    /** Two HAProxies that know each other. */
    void peerOf(Setup other) {
        peers.add(Map.of("name", other.name, "address", other.peer));
        other.peers.add(Map.of("name", name, "address", peer));
    }

    Setup with(String key, Object value) {
        if (values.put(key, value) == null) {
            throw new IllegalArgumentException(key);
        }
        return this;
    }

    Setup shards(FakeShard... more) {
        shards.addAll(List.of(more));
        return this;
    }

    Setup bridge(String bridge, Upstream channel) {
        bridges.add(Map.of("name", bridge, "address", channel.address()));
        return this;
    }

    Setup portal(String portal, Upstream pages, Upstream management) {
        portals.add(Map.of("name", portal, "address", pages.address(), "management", management.address()));
        return this;
    }

    Path folder() {
        return folder;
    }

    String name() {
        return name;
    }

    String https() {
        return https;
    }

    String http() {
        return http;
    }

    /** The configuration. */
    String render() throws IOException {
        Set<String> names = new LinkedHashSet<>(List.of("here"));
        shards.forEach(shard -> names.add(shard.region()));
        List<Map<String, Object>> regions = new ArrayList<>();
        for (String region : names) {
            regions.add(Map.of(
                    "name", region,
                    "own", shards(shard -> shard.region().equals(region)),
                    "other", shards(shard -> !shard.region().equals(region))));
        }
        Map<String, Object> all = new HashMap<>(values);
        all.put("regions", regions);
        all.put("shards", shards(shard -> true));
        all.put("portals", portals);
        all.put("bridges", bridges);
        all.put("peers", peers);
        return Template.render(Files.readString(TEMPLATE), Map.of("haproxy", all));
    }

    private List<Map<String, Object>> shards(Predicate<FakeShard> which) {
        return shards.stream().filter(which).map(FakeShard::values).toList();
    }

    /**
     * Below the range that the kernel takes ports from for connections: one of those could have it a moment later. An address of
     * another network namespace cannot be asked about: everything is free there.
     */
    private static int freePort(String address) throws IOException {
        for (int tries = 0; tries < 20; tries++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            if (isFree(address, port)) {
                return port;
            }
        }
        return OTHERS.incrementAndGet();
    }

    private static boolean isFree(String address, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (BindException taken) {
            return false;
        }
    }
}
