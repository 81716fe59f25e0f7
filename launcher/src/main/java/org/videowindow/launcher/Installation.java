package org.videowindow.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where everything of one installation lies.
 *
 * @param root the checkout
 * @param home what the running parts write: secrets, databases, logs ({@code VIDEO_WINDOW_HOME}, default {@code var})
 * @param jdk the JDK 25 that runs the parts
 * @param ports what they listen on
 */
record Installation(Path root, Path home, Path jdk, Ports ports) {
    private static final String VERSION = "0.1.0";

    /** Workers of the bridge's packet path: one a core, as its own default is. */
    private static int workers() {
        return Math.max(1, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Reads what surrounds the program.
     *
     * @param environment environment variables
     * @throws Refusal naming the variable that cannot be used
     */
    static Installation of(Path root, Map<String, String> environment) {
        String home = environment.get("VIDEO_WINDOW_HOME");
        Path homeFolder = home == null || home.isBlank()
                ? root.resolve("var")
                : Path.of(home).toAbsolutePath();
        String offset =
                environment.getOrDefault("VIDEO_WINDOW_PORT_OFFSET", "0").strip();
        if (!offset.matches("[0-9]{1,5}")) {
            throw new Refusal("VIDEO_WINDOW_PORT_OFFSET is \"" + offset + "\": set it to a number from 0 to 50000.");
        }
        return new Installation(
                root,
                homeFolder.normalize(),
                Path.of(System.getProperty("java.home")),
                new Ports(Integer.parseInt(offset), workers()));
    }

    Path secrets() {
        return home.resolve("secrets");
    }

    Path data(Part part) {
        return home.resolve("data").resolve(part.title());
    }

    Path log(Part part) {
        return home.resolve("logs").resolve(part.title() + ".log");
    }

    Path configuration(Part part) {
        return home.resolve("conf").resolve(part.title() + (part == Part.PORTAL ? ".yaml" : ".conf"));
    }

    Path pidFile(Part part) {
        return home.resolve("run").resolve(part.title() + ".pid");
    }

    Path jar(Part part) {
        return root.resolve(part.module()).resolve("target").resolve(part.artifact() + "-" + VERSION + ".jar");
    }

    /** What the embedded XMPP server proves itself with; made by the shard server at its first start. */
    Path certificate() {
        return data(Part.SHARD_SERVER).resolve("certificate.pem");
    }

    /** The address for the browser. */
    String address() {
        return "http://localhost:" + ports.portal();
    }

    /** The command line that runs a part. */
    List<String> command(Part part) {
        return switch (part) {
            case PORTAL -> portal();
            case SHARD_SERVER -> program(part, "org.videowindow.shard.openfire.ShardServer");
            case FOCUS -> program(part, "org.videowindow.focus.Focus");
            case VIDEOBRIDGE -> program(part, "org.videowindow.bridge.Videobridge");
        };
    }

    /** The unpacked form, whose classes come out of an archive that its build left beside it: half the time to start. */
    private List<String> portal() {
        Path unpacked = jar(Part.PORTAL).resolveSibling("app");
        return List.of(
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + unpacked.resolve("portal.jsa"),
                "-jar",
                unpacked.resolve(jar(Part.PORTAL).getFileName()).toString(),
                "--spring.config.additional-location=file:" + configuration(Part.PORTAL));
    }

    private List<String> program(Part part, String mainClass) {
        Path jar = jar(part);
        String libraries = jar.resolveSibling("lib").resolve("*").toString();
        String separator = System.getProperty("path.separator");
        return List.of(
                "-cp",
                jar + separator + libraries,
                mainClass,
                "--config",
                configuration(part).toString());
    }

    boolean isBuilt(Part part) {
        return Files.isRegularFile(jar(part));
    }
}
