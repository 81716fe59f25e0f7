package org.videowindow.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Where the programs of others are on this machine. */
final class Programs {
    private static final List<Path> SYSTEM =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"), Path.of("/sbin"));
    private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

    private Programs() {}

    /** @throws Refusal with the line that installs it */
    static Path of(Part part) {
        return switch (part) {
            case HAPROXY -> require("haproxy", "haproxy");
            case COTURN -> require("turnserver", "coturn");
            case POSTGRESQL -> postgresql("postgres");
            default -> throw new IllegalArgumentException(part.title());
        };
    }

    /** A program of the newest PostgreSQL here. @throws Refusal with the line that installs it */
    static Path postgresql(String program) {
        return findPostgresql(program).orElseThrow(() -> missing(program, "postgresql"));
    }

    static Optional<Path> findPostgresql(String program) {
        return newestPostgresql()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .or(() -> find(program));
    }

    private static Path require(String program, String debian) {
        return find(program).orElseThrow(() -> missing(program, debian));
    }

    private static Refusal missing(String program, String debian) {
        return new Refusal("There is no program " + program + " here: apt-get install " + debian
                + " (the service that Debian starts then is not needed: systemctl disable --now " + debian + ").");
    }

    static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return Optional.of(Path.of(folder, program));
            }
        }
        return SYSTEM.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> newestPostgresql() {
        if (!Files.isDirectory(POSTGRESQL)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(POSTGRESQL, "[0-9]*")) {
            return StreamSupport.stream(versions.spliterator(), false)
                    .filter(folder -> folder.getFileName().toString().matches("[0-9]{1,3}"))
                    .max(Comparator.comparingInt(
                            folder -> Integer.parseInt(folder.getFileName().toString())))
                    .map(folder -> folder.resolve("bin"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static boolean areWeRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
