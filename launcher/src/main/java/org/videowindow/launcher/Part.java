package org.videowindow.launcher;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One of the four programs that make a Video Window, in the order in which they are started. */
enum Part {
    SHARD_SERVER("shard-server", "shard-server/openfire", "shard-server-openfire"),
    PORTAL("portal", "portal", "portal"),
    VIDEOBRIDGE("videobridge", "videobridge", "videobridge"),
    FOCUS("focus", "focus", "focus");

    private final String title;
    private final String module;
    private final String artifact;

    Part(String title, String module, String artifact) {
        this.title = title;
        this.module = module;
        this.artifact = artifact;
    }

    /** The name people use: on the command line, in tables, of its log file. */
    String title() {
        return title;
    }

    /** The part of that title, if there is one. */
    static Optional<Part> named(String title) {
        String wanted = title.toLowerCase(Locale.ROOT);
        for (Part part : values()) {
            if (part.title.equals(wanted)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** The folder below the root whose build makes the program. */
    String module() {
        return module;
    }

    /** The folder below the root that holds everything the program is made of. */
    String sources() {
        return title;
    }

    /** Without version and ending. */
    String artifact() {
        return artifact;
    }

    /** How much memory it may take on one machine, and which collector suits it. */
    List<String> virtualMachineOptions() {
        return switch (this) {
            case SHARD_SERVER -> List.of("-XX:+UseSerialGC", "-Xmx256m");
            // The first compiler only: half the work to start, which people wait for more often than for a page.
            case PORTAL -> List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m");
            // ZGC: its stops stay in the single milliseconds, which a packet can bear.
            case VIDEOBRIDGE -> List.of("-XX:+UseZGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED");
            case FOCUS -> List.of("-XX:+UseSerialGC", "-Xmx192m");
        };
    }

    /** Where it says that it is well, with status 200. */
    String healthAddress(Ports ports) {
        return switch (this) {
            case SHARD_SERVER -> local(ports.shardHealth(), "/about/health");
            case PORTAL -> local(ports.portalManagement(), "/actuator/health");
            case VIDEOBRIDGE -> local(ports.bridge(), "/about/health");
            case FOCUS -> local(ports.focus(), "/about/health");
        };
    }

    private static String local(int port, String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
