package org.videowindow.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the configuration file of each part at every start: only what one machine on loopback needs beyond the parts'
 * own defaults. The annotated reference configuration of each part says what else there is.
 */
final class Configuration {
    private final Installation installation;

    Configuration(Installation installation) {
        this.installation = installation;
    }

    void write() throws IOException {
        for (Part part : Part.values()) {
            Path file = installation.configuration(part);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text(part));
        }
    }

    private String text(Part part) {
        return switch (part) {
            case SHARD_SERVER -> shardServer();
            case PORTAL -> portal();
            case VIDEOBRIDGE -> videobridge();
            case FOCUS -> focus();
        };
    }

    private String shardServer() {
        return "";
    }

    private String portal() {
        return "";
    }

    private String videobridge() {
        return "";
    }

    private String focus() {
        return "";
    }
}
