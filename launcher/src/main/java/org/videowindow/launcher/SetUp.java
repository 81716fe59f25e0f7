package org.videowindow.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Which processes an installation has: the options of {@code up}, kept from one {@code up} to the {@code down} that
 * ends it.
 *
 * @param proxies how many HAProxy, 0 for none
 * @param listen the address that HAProxy, coturn and the bridges' media listen on
 * @param regions whether shard k and bridge k are in {@code region-k} instead of all in one region
 */
record SetUp(
        int shards,
        int bridges,
        int portals,
        int proxies,
        boolean coturn,
        boolean postgresql,
        String listen,
        boolean regions) {
    private static final int MAXIMUM = 8;
    private static final String LOOPBACK = "127.0.0.1";

    /** The four parts once, on loopback. */
    static final SetUp PLAIN = new SetUp(1, 1, 1, 0, false, false, LOOPBACK, false);

    SetUp {
        if (portals > 1 && !postgresql) {
            throw new Refusal("Several portals share one database server: add --with postgresql.");
        }
        if (!listen.equals(LOOPBACK) && proxies == 0) {
            throw new Refusal("--listen needs the TLS of HAProxy, without which browsers give no camera to a page from"
                    + " another machine: add --with haproxy.");
        }
    }

    /**
     * Reads options.
     *
     * @return empty if one is unknown
     * @throws Refusal if a value cannot be
     */
    static Optional<SetUp> parse(List<String> words) {
        List<String> with = List.of();
        int shards = 1;
        int bridges = 1;
        int portals = 1;
        int proxies = 0;
        String listen = LOOPBACK;
        boolean regions = false;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--with" -> with = List.of(value(option, rest).split(",", -1));
                case "--shards" -> shards = number(option, rest);
                case "--bridges" -> bridges = number(option, rest);
                case "--portals" -> portals = number(option, rest);
                case "--proxies" -> proxies = number(option, rest);
                case "--listen" -> listen = address(value(option, rest));
                case "--regions" -> regions = true;
                default -> {
                    return Optional.empty();
                }
            }
        }
        for (String server : with) {
            if (!List.of("haproxy", "coturn", "postgresql").contains(server)) {
                throw new Refusal("--with knows haproxy, coturn and postgresql, and not \"" + server + "\".");
            }
        }
        boolean haproxy = with.contains("haproxy");
        if (proxies > 0 && !haproxy) {
            throw new Refusal("--proxies counts instances of HAProxy: add --with haproxy.");
        }
        return Optional.of(new SetUp(
                shards,
                bridges,
                portals,
                haproxy ? Math.max(1, proxies) : 0,
                with.contains("coturn"),
                with.contains("postgresql"),
                listen,
                regions));
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Refusal(option + " needs a value.");
        }
        return rest.next();
    }

    private static int number(String option, Iterator<String> rest) {
        String text = value(option, rest);
        if (!text.matches("[1-" + MAXIMUM + "]")) {
            throw new Refusal(option + " is a number from 1 to " + MAXIMUM + ", and not \"" + text + "\".");
        }
        return Integer.parseInt(text);
    }

    private static String address(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || text.equals("0.0.0.0")) {
            throw new Refusal(
                    "--listen is one IPv4 address of this machine that clients reach, and not \"" + text + "\".");
        }
        return text;
    }

    /** The options that describe it. */
    List<String> words() {
        List<String> with = new ArrayList<>();
        if (haproxy()) {
            with.add("haproxy");
        }
        if (coturn) {
            with.add("coturn");
        }
        if (postgresql) {
            with.add("postgresql");
        }
        List<String> words = new ArrayList<>();
        if (!with.isEmpty()) {
            words.addAll(List.of("--with", String.join(",", with)));
        }
        words.addAll(List.of("--shards", "" + shards, "--bridges", "" + bridges, "--portals", "" + portals));
        if (haproxy()) {
            words.addAll(List.of("--proxies", "" + proxies));
        }
        words.addAll(List.of("--listen", listen));
        if (regions) {
            words.add("--regions");
        }
        return words;
    }

    /** What the file of the last {@code up} says; empty where there is none. */
    static Optional<SetUp> read(Path file) {
        try {
            return Files.isRegularFile(file) ? parse(Files.readAllLines(file)) : Optional.empty();
        } catch (IOException | Refusal broken) {
            throw new Refusal(
                    "The set-up in " + file + " cannot be read (" + broken.getMessage() + "): delete that file.",
                    broken);
        }
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, words());
    }

    boolean haproxy() {
        return proxies > 0;
    }

    boolean onLoopback() {
        return listen.equals(LOOPBACK);
    }

    int count(Part part) {
        return switch (part) {
            case SHARD_SERVER, FOCUS -> shards;
            case VIDEOBRIDGE -> bridges;
            case PORTAL -> portals;
            case HAPROXY -> proxies;
            case COTURN -> coturn ? 1 : 0;
            case POSTGRESQL -> postgresql ? 1 : 0;
        };
    }

    /** All instances of a part. */
    List<Instance> of(Part part) {
        List<Instance> instances = new ArrayList<>();
        for (int number = 1; number <= count(part); number++) {
            instances.add(new Instance(part, number));
        }
        return instances;
    }

    /** All instances in the order in which they are started. */
    List<Instance> instances() {
        List<Instance> instances = new ArrayList<>();
        for (Part part : Part.values()) {
            instances.addAll(of(part));
        }
        return instances;
    }

    /** What people and files call an instance: the part's own name where it is the only one. */
    String label(Instance instance) {
        return count(instance.part()) > 1 ? instance.name() : instance.part().title();
    }

    /** The instance of that name, also where it is short for the only one. @throws Refusal listing what there is */
    Instance named(String name) {
        for (Instance instance : instances()) {
            if (name.equals(instance.name())
                    || name.equals(label(instance))
                    || (count(instance.part()) == 1
                            && name.equals(instance.part().shortName()))) {
                return instance;
            }
        }
        throw new Refusal("There is no \"" + name + "\": it is one of "
                + String.join(", ", instances().stream().map(this::label).toList()) + ".");
    }

    String region(int number) {
        return regions ? "region-" + number : "default";
    }
}
