package org.videowindow.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** {@code up}: builds what is not built, starts what does not run, and returns when every instance is well. */
final class Up {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MILLISECONDS = 100;

    private final Installation installation;
    private final SetUp setUp;
    private final PrintStream out;
    private final Processes processes;
    private final Database database;
    private final Map<Instance, Process> started = new LinkedHashMap<>();

    Up(Installation installation, PrintStream out) {
        this.installation = installation;
        this.setUp = installation.setUp();
        this.out = out;
        this.processes = new Processes(installation);
        this.database = new Database(installation);
    }

    /**
     * Starts everything.
     *
     * @param foreground whether to stay until Ctrl-C and then stop all parts
     * @throws Refusal when something cannot run; nothing that this call started is left running then
     */
    void run(boolean foreground) throws IOException, InterruptedException {
        List<Instance> missing = new ArrayList<>(setUp.instances());
        missing.removeAll(processes.running().keySet());
        // Before the build, which takes minutes the first time.
        for (Instance instance : missing) {
            if (!instance.part().isOurs()) {
                Programs.of(instance.part());
            }
        }
        FreePorts.check(installation, missing);
        new Build(installation, out).run();
        long begin = System.nanoTime();
        setUp.write(installation.setUpFile());
        Secrets.prepare(installation.secrets());
        if (setUp.haproxy() || setUp.coturn()) {
            new Certificate(installation).prepare();
        }
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

    private void start(List<Instance> missing) throws IOException, InterruptedException {
        for (Instance instance : missing) {
            switch (instance.part()) {
                case POSTGRESQL -> database.prepare();
                case PORTAL -> awaitDatabase();
                case VIDEOBRIDGE, FOCUS -> awaitCertificates();
                default -> {
                    // Waits for nobody.
                }
            }
            started.put(instance, processes.start(instance));
        }
    }

    private interface Condition {
        boolean isMet() throws IOException;
    }

    private void await(Condition condition, String otherwise) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.isMet()) {
            refuseIfDead();
            if (System.nanoTime() > deadline) {
                throw new Refusal(otherwise);
            }
            pause();
        }
    }

    private void awaitDatabase() throws IOException, InterruptedException {
        if (setUp.postgresql()) {
            await(
                    database::isReady,
                    "The database takes no connections: see its log "
                            + installation.log(new Instance(Part.POSTGRESQL, 1)) + ".");
        }
    }

    /** Focus and bridges pin the certificate that a shard server makes at its very first start. */
    private void awaitCertificates() throws IOException, InterruptedException {
        for (Instance shard : setUp.of(Part.SHARD_SERVER)) {
            Path certificate = installation.certificate(shard.number());
            await(
                    () -> Files.exists(certificate),
                    "The shard server made no certificate at " + certificate + ": see its log "
                            + installation.log(shard) + ".");
        }
    }

    private void awaitHealth(List<Instance> missing) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Set<Instance> waiting = new LinkedHashSet<>(setUp.instances());
        Map<Instance, Health.Answer> last = new HashMap<>();
        if (!missing.isEmpty()) {
            out.println("Starting:");
        }
        try (Health health = new Health(installation)) {
            while (!waiting.isEmpty()) {
                refuseIfDead();
                for (Instance instance : List.copyOf(waiting)) {
                    Health.Answer answer = health.ask(instance);
                    last.put(instance, answer);
                    if (answer.well()) {
                        waiting.remove(instance);
                        if (missing.contains(instance)) {
                            out.printf(
                                    "  %-28shealthy, %.1f s%n",
                                    setUp.label(instance), (System.nanoTime() - begin) / 1e9);
                        }
                    }
                }
                if (!waiting.isEmpty() && System.nanoTime() - begin > PATIENCE.toNanos()) {
                    Instance instance = waiting.iterator().next();
                    throw new Refusal("The " + setUp.label(instance) + " did not become healthy within "
                            + PATIENCE.toSeconds() + " s (" + last.get(instance).reason() + "): see its log "
                            + installation.log(instance) + ".");
                }
                pause();
            }
        }
    }

    private void refuseIfDead() throws IOException {
        for (Map.Entry<Instance, Process> entry : started.entrySet()) {
            if (!entry.getValue().isAlive()) {
                Instance instance = entry.getKey();
                throw new Refusal("The " + setUp.label(instance) + " stopped during its start (exit code "
                        + entry.getValue().exitValue() + "): \"" + lastLine(installation.log(instance))
                        + "\"; mend that and look for more in " + installation.log(instance) + ".");
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
        out.println("Logs: " + installation.logs());
    }

    /** Ends by Ctrl-C only, and then the shutdown hook stops the parts. */
    private static void stayUntilEnd() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
