package org.videowindow.launcher;

import java.util.List;

/**
 * A kind of program that belongs to an installation, in the order in which they are started: the four of Video Window,
 * and the servers around them, which are Debian's programs.
 */
enum Part {
    POSTGRESQL("postgresql", "postgresql"),
    SHARD_SERVER("shard-server", "shard"),
    PORTAL("portal", "portal"),
    VIDEOBRIDGE("videobridge", "bridge"),
    FOCUS("focus", "focus"),
    COTURN("coturn", "coturn"),
    HAPROXY("haproxy", "haproxy");

    /** The four programs that this checkout builds. */
    static final List<Part> OURS = List.of(SHARD_SERVER, PORTAL, VIDEOBRIDGE, FOCUS);

    private final String title;
    private final String shortName;

    Part(String title, String shortName) {
        this.title = title;
        this.shortName = shortName;
    }

    /** The name people use: on the command line, in tables, of its log file. */
    String title() {
        return title;
    }

    /** What the names of its instances begin with: {@code shard} in {@code shard-2}. */
    String shortName() {
        return shortName;
    }

    /** Whether this checkout builds it. */
    boolean isOurs() {
        return OURS.contains(this);
    }

    /** The folder below the root whose build makes the program. */
    String module() {
        return this == SHARD_SERVER ? "shard-server/openfire" : title;
    }

    /** The folder below the root that holds everything the program is made of. */
    String sources() {
        return title;
    }

    /** Without version and ending. */
    String artifact() {
        return this == SHARD_SERVER ? "shard-server-openfire" : title;
    }
}
