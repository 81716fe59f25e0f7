package org.videowindow.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The instances as processes of this machine: started, found again by their pid files, stopped. */
final class Processes {
    private static final long SECONDS_TO_STOP = 8;
    private static final Comparator<Instance> AS_STARTED =
            Comparator.comparing(Instance::part).thenComparing(Instance::number);

    private final Installation installation;
    private final Commands commands;

    Processes(Installation installation) {
        this.installation = installation;
        this.commands = new Commands(installation);
    }

    /** Starts one; its output goes to its log file, and it outlives this program. */
    Process start(Instance instance) throws IOException {
        Path log = installation.log(instance);
        Files.createDirectories(log.getParent());
        Files.createDirectories(installation.data(instance));
        List<String> command = new ArrayList<>();
        // A session of its own: neither Ctrl-C nor the end of the terminal reaches the part.
        command.add(isOnPath("setsid") ? "setsid" : "nohup");
        command.addAll(commands.of(instance));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(installation.data(instance).toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(commands.environment(instance));
        Process process = builder.start();
        new PidFile(installation.pidFile(instance)).write(process.toHandle());
        return process;
    }

    Optional<ProcessHandle> running(Instance instance) throws IOException {
        return new PidFile(installation.pidFile(instance)).read();
    }

    /** Everything that runs, whichever set-up it belongs to, in the order in which it is started. */
    Map<Instance, ProcessHandle> running() throws IOException {
        Map<Instance, ProcessHandle> found = new TreeMap<>(AS_STARTED);
        for (Instance instance : remembered()) {
            running(instance).ifPresent(process -> found.put(instance, process));
        }
        return found;
    }

    /** Every instance that has a pid file. */
    private List<Instance> remembered() throws IOException {
        List<Instance> instances = new ArrayList<>();
        if (Files.isDirectory(installation.run())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(installation.run(), "*-[1-9].pid")) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    for (Part part : Part.values()) {
                        Instance instance = new Instance(part, name.charAt(name.length() - ".pid".length() - 1) - '0');
                        if (installation.pidFile(instance).equals(file)) {
                            instances.add(instance);
                        }
                    }
                }
            }
        }
        return instances;
    }

    /** Stops what runs of these, the last started first; waits for the end, forces it where it must. */
    List<Instance> stop(Collection<Instance> instances) throws IOException {
        Map<Instance, ProcessHandle> running = running();
        running.keySet().retainAll(instances);
        List<Instance> stopped = new ArrayList<>(running.keySet()).reversed();
        // What others lean on ends after them: the portals want their database until they are gone.
        List<Instance> databases = stopped.stream()
                .filter(instance -> instance.part() == Part.POSTGRESQL)
                .toList();
        List<Instance> others = stopped.stream()
                .filter(instance -> instance.part() != Part.POSTGRESQL)
                .toList();
        for (List<Instance> together : List.of(others, databases)) {
            for (Instance instance : together) {
                end(instance, running.get(instance));
            }
            for (Instance instance : together) {
                await(running.get(instance));
            }
        }
        for (Instance instance : instances) {
            new PidFile(installation.pidFile(instance)).delete();
        }
        return stopped;
    }

    private static void end(Instance instance, ProcessHandle process) throws IOException {
        if (instance.part() == Part.POSTGRESQL) {
            // SIGINT: its fast end. At SIGTERM it would wait for its clients.
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        } else {
            process.destroy();
        }
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
        return Programs.find(program).isPresent();
    }
}
