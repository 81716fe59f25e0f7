package org.videowindow.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** {@code up}: builds what is not built, starts what does not run, and returns when every part is well. */
final class Up {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MILLISECONDS = 100;

    private final Installation installation;
    private final PrintStream out;
    private final Processes processes;
    private final Map<Part, Process> started = new EnumMap<>(Part.class);

    Up(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
        this.processes = new Processes(installation);
    }

    /**
     * Starts everything.
     *
     * @param foreground whether to stay until Ctrl-C and then stop all parts
     * @throws Refusal when something cannot run; nothing that this call started is left running then
     */
    void run(boolean foreground) throws IOException, InterruptedException {
        Set<Part> missing = EnumSet.allOf(Part.class);
        missing.removeAll(processes.running().keySet());
        // Before the build, which takes minutes the first time.
        FreePorts.check(installation.ports(), missing);
        new Build(installation, out).run();
        long begin = System.nanoTime();
        Secrets.prepare(installation.secrets());
        new Configuration(installation).write();

        Thread stopOnInterrupt = new Thread(this::stopStarted, "stop-what-was-started");
        Runtime.getRuntime().addShutdownHook(stopOnInterrupt);
        try {
            start(missing);
            awaitHealth(missing);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            stopStarted();
            throw failure;
        }
        report(begin);
        if (foreground) {
            out.println("Ctrl-C stops it.");
            stayUntilEnd();
        } else {
            Runtime.getRuntime().removeShutdownHook(stopOnInterrupt);
        }
    }

    private void start(Set<Part> missing) throws IOException, InterruptedException {
        for (Part part : missing) {
            if (part == Part.VIDEOBRIDGE || part == Part.FOCUS) {
                awaitCertificate();
            }
            started.put(part, processes.start(part));
        }
    }

    /** Focus and bridge pin the certificate that the shard server makes at its very first start. */
    private void awaitCertificate() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(installation.certificate())) {
            refuseIfDead();
            if (System.nanoTime() > deadline) {
                throw new Refusal("The shard server made no certificate at " + installation.certificate()
                        + ": see its log " + installation.log(Part.SHARD_SERVER) + ".");
            }
            pause();
        }
    }

    private void awaitHealth(Set<Part> missing) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Set<Part> waiting = EnumSet.copyOf(EnumSet.allOf(Part.class));
        Map<Part, Health.Answer> last = new EnumMap<>(Part.class);
        if (!missing.isEmpty()) {
            out.println("Starting:");
        }
        try (Health health = new Health()) {
            while (!waiting.isEmpty()) {
                refuseIfDead();
                for (Part part : Set.copyOf(waiting)) {
                    Health.Answer answer = health.ask(part.healthAddress(installation.ports()));
                    last.put(part, answer);
                    if (answer.well()) {
                        waiting.remove(part);
                        if (missing.contains(part)) {
                            out.printf("  %-28shealthy, %.1f s%n", part.title(), (System.nanoTime() - begin) / 1e9);
                        }
                    }
                }
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    Part part = waiting.iterator().next();
                    throw new Refusal("The " + part.title() + " did not become healthy within " + PATIENCE.toSeconds()
                            + " s (" + last.get(part).reason() + "): see its log " + installation.log(part) + ".");
                }
                pause();
            }
        }
    }

    private void refuseIfDead() throws IOException {
        for (Map.Entry<Part, Process> entry : started.entrySet()) {
            if (!entry.getValue().isAlive()) {
                Part part = entry.getKey();
                throw new Refusal("The " + part.title() + " stopped during its start (exit code "
                        + entry.getValue().exitValue() + "): \"" + lastLine(installation.log(part))
                        + "\"; mend that and look for more in " + installation.log(part) + ".");
            }
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Logs.tail(log, 1);
        return lines.isEmpty() ? "no output" : lines.getFirst().strip();
    }

    private static void pause() throws InterruptedException {
        Thread.sleep(LOOK_EVERY_MILLISECONDS);
    }

    private void stopStarted() {
        try {
            if (!started.isEmpty()) {
                processes.stop(started.keySet());
            }
        } catch (IOException failure) {
            out.println("Not everything could be stopped: " + failure.getMessage());
        }
    }

    private void report(long begin) {
        out.printf("%nVideo Window is up (%.1f s): %s%n", (System.nanoTime() - begin) / 1e9, installation.address());
        out.println("Logs: " + installation.log(Part.PORTAL).getParent());
    }

    /** Ends by Ctrl-C only, and then the shutdown hook stops the parts. */
    private static void stayUntilEnd() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
