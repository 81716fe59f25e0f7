package org.videowindow.loadtest.sfu;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that we started, with its folder of configuration and log; measured by what Linux tells of it. */
public final class ServerProcess implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;
    private static final int LOG_LINES = 15;

    private final String name;
    private final Path folder;
    private final Process process;
    private final boolean java;

    private ServerProcess(String name, Path folder, Process process, boolean java) {
        this.name = name;
        this.java = java;
        this.folder = folder;
        this.process = process;
    }

    /** Starts a command whose output goes to {@code log} in the folder, which is deleted at the end. */
    static ServerProcess start(String name, Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        ServerProcess started =
                new ServerProcess(name, folder, process, command.getFirst().endsWith("java"));
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop " + name));
        return started;
    }

    /** A TCP port nobody listens on now. */
    static int freePort() throws IOException {
        // Below the range that the kernel takes ports from for connections: one of those could have it a moment later.
        try (ServerSocket socket = new ServerSocket(ThreadLocalRandom.current().nextInt(10_000, 32_000))) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return freePort();
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it is a Java virtual machine. */
    public boolean isJava() {
        return java;
    }

    /** Its name and the end of its log. */
    String describeFailure() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("log"));
        return name + " does not run. The end of its log:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** CPU time used so far, user and system, in seconds. */
    public double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Resident memory in bytes. */
    public long residentBytes() throws IOException {
        return status("VmRSS:");
    }

    /** The part of it that is shared memory: the heap, where the collector is ZGC. */
    public long sharedBytes() throws IOException {
        return status("RssShmem:");
    }

    private long status(String key) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("Linux does not say how much memory " + name + " has.");
    }

    /** Stops the process and deletes its folder. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
