package org.videowindow.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.videowindow.launcher.template.Template;

/** The configurations of HAProxy and coturn, from the templates that production uses too. */
final class Rendered {
    private static final int TURN_USER_QUOTA = 24;
    private static final int TURN_TOTAL_QUOTA = 200;
    private static final int TURN_BYTES_PER_SECOND = 2_500_000;
    private static final int TURN_NONCE_SECONDS = 600;
    private static final int MAXIMUM_CONNECTIONS = 4000;
    private static final int WEIGHT = 100;
    private static final int SOCKET_PATH = 80;
    // Everybody is one client on one machine: far above what a person does.
    private static final int CLIENT_CONNECTIONS = 2000;
    private static final int CLIENT_CONNECTION_RATE = 4000;
    private static final int CLIENT_REQUEST_RATE = 20_000;
    private static final int CLIENT_OPENING_RATE = 2000;

    private final Installation installation;
    private final SetUp setUp;
    private final Ports ports;

    Rendered(Installation installation) {
        this.installation = installation;
        this.setUp = installation.setUp();
        this.ports = installation.ports();
    }

    /** The name under which TURN over TLS is reached on HAProxy's port. */
    static String turnName(Installation installation) {
        return "turn." + installation.publicHost();
    }

    /** HAProxy's private socket, for statistics and orders; its health is beside it. */
    static String proxySocket(Installation installation, Instance proxy) {
        return installation.run().resolve(proxy.name() + ".sock").toString();
    }

    void haproxy(Instance proxy, Path file) throws IOException {
        if (!Files.exists(installation.regions())) {
            Files.writeString(
                    installation.regions(), "# client network and its region, for example: 10.1.0.0/16 region-2\n");
        }
        write("haproxy/haproxy.cfg.j2", "haproxy", haproxyValues(proxy), file);
    }

    void coturn(Instance coturn, Path file) throws IOException {
        write("coturn/turnserver.conf.j2", "coturn", coturnValues(coturn), file);
    }

    private void write(String template, String name, Map<String, Object> values, Path file) throws IOException {
        String text = Files.readString(installation.root().resolve(template));
        try {
            Secrets.write(file, Template.parse(text).render(Map.of(name, values)));
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(template + " cannot be rendered: " + wrong.getMessage() + ".", wrong);
        }
    }

    Map<String, Object> haproxyValues(Instance proxy) throws IOException {
        int number = proxy.number();
        Files.createDirectories(installation.run());
        String socket = proxySocket(installation, proxy);
        if (socket.length() > SOCKET_PATH) {
            throw new Refusal("The path " + socket + " is longer than a socket of HAProxy may have (" + SOCKET_PATH
                    + " characters): choose a shorter VIDEO_WINDOW_HOME.");
        }
        Map<String, Object> values = new HashMap<>();
        values.put("name", proxy.name());
        values.put("public_url", installation.address());
        values.put("https", onEveryAddress(ports.https(number)));
        values.put("http", onEveryAddress(ports.http(number)));
        values.put("certificate_file", installation.secret(Certificate.BOTH).toString());
        values.put("stats_socket", socket);
        values.put(
                "state_file",
                installation.run().resolve(proxy.name() + ".state").toString());
        values.put("run_user", "");
        values.put("max_connections", MAXIMUM_CONNECTIONS);
        values.put("client_connections", CLIENT_CONNECTIONS);
        values.put("client_connection_rate", CLIENT_CONNECTION_RATE);
        values.put("client_request_rate", CLIENT_REQUEST_RATE);
        values.put("client_opening_rate", CLIENT_OPENING_RATE);
        values.put("turn_name", turnName(installation));
        values.put("turn_address", setUp.coturn() ? local(ports.turnTls()) : "");
        values.put("regions_file", installation.regions().toString());
        values.put("default_region", setUp.region(1));
        values.put("regions", regions());
        values.put("shards", shards());
        values.put("bridges", list(Part.VIDEOBRIDGE, bridge -> Map.of("address", local(ports.channel(bridge)))));
        values.put(
                "portals",
                list(
                        Part.PORTAL,
                        portal -> Map.of(
                                "address",
                                local(ports.portal(portal)),
                                "management",
                                local(ports.portalManagement(portal)))));
        values.put("peers", list(Part.HAPROXY, peer -> Map.of("address", local(ports.peer(peer)))));
        return values;
    }

    private List<Map<String, Object>> shards() {
        return list(
                Part.SHARD_SERVER,
                shard -> Map.of(
                        "number",
                        shard,
                        "region",
                        setUp.region(shard),
                        "weight",
                        WEIGHT,
                        "web_socket",
                        local(ports.webSocket(shard)),
                        "health",
                        local(ports.shardHealth(shard)),
                        "focus",
                        local(ports.focus(shard))));
    }

    private List<Map<String, Object>> regions() {
        Set<Object> names = new LinkedHashSet<>();
        shards().forEach(shard -> names.add(shard.get("region")));
        List<Map<String, Object>> regions = new ArrayList<>();
        for (Object name : names) {
            regions.add(Map.of(
                    "name",
                    name,
                    "own",
                    shards().stream()
                            .filter(shard -> shard.get("region").equals(name))
                            .toList(),
                    "other",
                    shards().stream()
                            .filter(shard -> !shard.get("region").equals(name))
                            .toList()));
        }
        return regions;
    }

    Map<String, Object> coturnValues(Instance coturn) throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("listen", addresses());
        values.put("relay", List.of(setUp.listen()));
        values.put("external_address", "");
        values.put("port", ports.turn());
        values.put("tls_port", ports.turnTls());
        values.put("realm", Installation.DOMAIN);
        values.put(
                "secret",
                Files.readString(installation.secret(Secrets.TURN_SECRET)).strip());
        values.put(
                "certificate_file", installation.secret(Certificate.CERTIFICATE).toString());
        values.put("key_file", installation.secret(Certificate.KEY).toString());
        values.put("relay_min_port", ports.firstRelay());
        values.put("relay_max_port", ports.lastRelay());
        values.put("allowed_peers", List.of(Map.of("range", setUp.listen())));
        values.put("loopback_bridges", setUp.onLoopback() ? "true" : "");
        values.put("user_quota", TURN_USER_QUOTA);
        values.put("total_quota", TURN_TOTAL_QUOTA);
        values.put("max_bps", TURN_BYTES_PER_SECOND);
        values.put("nonce_seconds", TURN_NONCE_SECONDS);
        values.put("run_user", Programs.areWeRoot() ? "turnserver" : "");
        values.put(
                "pid_file", installation.data(coturn).resolve("turnserver.pid").toString());
        return values;
    }

    private interface Values {
        Map<String, Object> of(int number);
    }

    private List<Map<String, Object>> list(Part part, Values values) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Instance instance : setUp.of(part)) {
            Map<String, Object> entry = new HashMap<>(values.of(instance.number()));
            entry.put("name", instance.name());
            list.add(entry);
        }
        return list;
    }

    private List<String> addresses() {
        return setUp.onLoopback() ? List.of(setUp.listen()) : List.of(setUp.listen(), "127.0.0.1");
    }

    private List<String> onEveryAddress(int port) {
        return addresses().stream().map(address -> address + ":" + port).toList();
    }

    private static String local(int port) {
        return "127.0.0.1:" + port;
    }
}
