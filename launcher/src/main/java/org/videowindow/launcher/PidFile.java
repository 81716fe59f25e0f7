package org.videowindow.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers which process a part is. The start time stands beside the process id, because ids are used again and the
 * stranger that got one later must not be stopped.
 */
final class PidFile {
    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    void write(ProcessHandle process) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(Long.toString(process.pid()), startOf(process)));
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> read() throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != 2 || !lines.getFirst().matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(lines.get(1)));
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
