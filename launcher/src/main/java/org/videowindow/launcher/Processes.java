package org.videowindow.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The parts as processes of this machine: started, found again by their pid files, stopped. */
final class Processes {
    private static final long SECONDS_TO_STOP = 8;

    private final Installation installation;

    Processes(Installation installation) {
        this.installation = installation;
    }

    /** Starts one part; its output goes to its log file, and it outlives this program. */
    Process start(Part part) throws IOException {
        Path log = installation.log(part);
        Files.createDirectories(log.getParent());
        Files.createDirectories(installation.data(part));
        List<String> command = new ArrayList<>();
        // A session of its own: neither Ctrl-C nor the end of the terminal reaches the part.
        command.add(isOnPath("setsid") ? "setsid" : "nohup");
        command.add(installation.jdk().resolve("bin").resolve("java").toString());
        command.addAll(part.virtualMachineOptions());
        command.addAll(installation.command(part));
        Process process = new ProcessBuilder(command)
                .directory(installation.data(part).toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        new PidFile(installation.pidFile(part)).write(process.toHandle());
        return process;
    }

    Optional<ProcessHandle> running(Part part) throws IOException {
        return new PidFile(installation.pidFile(part)).read();
    }

    /** Every part that runs. */
    Map<Part, ProcessHandle> running() throws IOException {
        Map<Part, ProcessHandle> found = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            running(part).ifPresent(process -> found.put(part, process));
        }
        return found;
    }

    /** Stops what runs of these, focus first and shard server last; waits for the end, forces it where it must. */
    List<Part> stop(Set<Part> parts) throws IOException {
        Map<Part, ProcessHandle> running = running();
        running.keySet().retainAll(parts);
        List<Part> stopped = new ArrayList<>(running.keySet()).reversed();
        for (Part part : stopped) {
            running.get(part).destroy();
        }
        for (Part part : stopped) {
            await(running.get(part));
        }
        for (Part part : parts) {
            new PidFile(installation.pidFile(part)).delete();
        }
        return stopped;
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
