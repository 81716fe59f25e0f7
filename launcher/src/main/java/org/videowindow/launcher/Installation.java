package org.videowindow.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where everything of one installation lies.
 *
 * @param root the checkout
 * @param home what the running parts write: secrets, databases, logs ({@code VIDEO_WINDOW_HOME}, default {@code var})
 * @param jdk the JDK 25 that runs the parts
 * @param ports what they listen on
 * @param setUp which processes there are
 */
record Installation(Path root, Path home, Path jdk, Ports ports, SetUp setUp) {
    private static final String VERSION = "0.1.0";

    /** The XMPP domain of every shard. */
    static final String DOMAIN = "meet.video-window.local";

    /** Workers of the bridge's packet path: one a core, as its own default is. */
    private static int workers() {
        return Math.max(1, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Reads what surrounds the program, and which set-up was started last.
     *
     * @param environment environment variables
     * @throws Refusal naming the variable that cannot be used
     */
    static Installation of(Path root, Map<String, String> environment) {
        String variable = environment.get("VIDEO_WINDOW_HOME");
        Path home = variable == null || variable.isBlank()
                ? root.resolve("var")
                : Path.of(variable).toAbsolutePath().normalize();
        String offset =
                environment.getOrDefault("VIDEO_WINDOW_PORT_OFFSET", "0").strip();
        if (!offset.matches("[0-9]{1,5}")) {
            throw new Refusal("VIDEO_WINDOW_PORT_OFFSET is \"" + offset + "\": set it to a number from 0 to 50000.");
        }
        return new Installation(
                root,
                home,
                Path.of(System.getProperty("java.home")),
                new Ports(Integer.parseInt(offset), workers()),
                SetUp.read(setUpFile(home)).orElse(SetUp.PLAIN));
    }

    /** The same place with other processes. */
    Installation with(SetUp other) {
        return new Installation(root, home, jdk, ports, other);
    }

    private static Path setUpFile(Path home) {
        return home.resolve("conf").resolve("set-up");
    }

    /** Remembers the set-up from {@code up} to {@code down}. */
    Path setUpFile() {
        return setUpFile(home);
    }

    Path secrets() {
        return home.resolve("secrets");
    }

    Path secret(String name) {
        return secrets().resolve(name);
    }

    Path data(Instance instance) {
        return home.resolve("data").resolve(setUp.label(instance));
    }

    Path logs() {
        return home.resolve("logs");
    }

    Path log(Instance instance) {
        return logs().resolve(setUp.label(instance) + ".log");
    }

    Path configuration(Instance instance) {
        String ending = switch (instance.part()) {
            case PORTAL -> ".yaml";
            case HAPROXY -> ".cfg";
            default -> ".conf";
        };
        return home.resolve("conf").resolve(setUp.label(instance) + ending);
    }

    /** Which region a client's network belongs to, for HAProxy; the operator's own, once it is there. */
    Path regions() {
        return home.resolve("conf").resolve("regions.map");
    }

    Path run() {
        return home.resolve("run");
    }

    Path pidFile(Instance instance) {
        return run().resolve(instance.name() + ".pid");
    }

    Path jar(Part part) {
        return root.resolve(part.module()).resolve("target").resolve(part.artifact() + "-" + VERSION + ".jar");
    }

    /** What the XMPP server of a shard proves itself with; made by the shard server at its first start. */
    Path certificate(int shard) {
        return data(new Instance(Part.SHARD_SERVER, shard)).resolve("certificate.pem");
    }

    /** The host that people's browsers talk to. */
    String publicHost() {
        return setUp.onLoopback() ? "localhost" : setUp.listen();
    }

    /** The address for the browser. */
    String address() {
        return setUp.haproxy()
                ? "https://" + publicHost() + ":" + ports.https(1)
                : "http://localhost:" + ports.portal(1);
    }

    boolean isBuilt(Part part) {
        return Files.isRegularFile(jar(part));
    }
}
