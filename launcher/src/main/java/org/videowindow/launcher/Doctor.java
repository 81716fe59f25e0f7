package org.videowindow.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code doctor}: looks at every hop of a call in the order in which a call takes them, so that the first failure is the
 * cause of the later ones. Changes nothing but a conference on each bridge and relays of coturn that it gives back.
 */
final class Doctor {
    private static final long ENOUGH_SPACE = 100_000_000;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    private final Installation installation;
    private final SetUp setUp;
    private final Findings findings;
    private final Set<Instance> running = new HashSet<>();

    Doctor(Installation installation, boolean json, PrintStream out) {
        this.installation = installation;
        this.setUp = installation.setUp();
        this.findings = new Findings(json, out);
    }

    /** @return whether nothing failed */
    boolean run(boolean browser) throws IOException, InterruptedException {
        jdk();
        folder("logs folder", installation.logs());
        folder("data folder", installation.home().resolve("data"));
        processes();
        try (Web web = new Web()) {
            new CertificateHops(this).look();
            new PortalHops(this, web).look();
            clocks(web);
            new XmppHops(this, web).look();
            new MediaHops(this, web).look();
            new TurnHops(this).look();
        }
        if (browser) {
            new BrowserHop(this).look();
        }
        return findings.end();
    }

    Installation installation() {
        return installation;
    }

    Findings findings() {
        return findings;
    }

    boolean runs(Instance instance) {
        return running.contains(instance);
    }

    /** What a hop says that cannot be looked at without an instance. */
    void skipped(String hop, Instance instance) {
        findings.skipped(hop, setUp.label(instance) + " does not run");
    }

    String restart(Instance instance) {
        String label = setUp.label(instance);
        return "then ./video-window stop " + label + " and ./video-window start " + label;
    }

    private void jdk() {
        Runtime.Version version = Runtime.version();
        if (version.feature() == 25
                && Files.isExecutable(installation.jdk().resolve("bin").resolve("java"))) {
            findings.ok("JDK", version + " in " + installation.jdk());
        } else {
            findings.failed("JDK", version + " in " + installation.jdk(), "Install a JDK 25 and set JAVA_HOME to it.");
        }
    }

    private void folder(String hop, Path folder) {
        String fix = "Make room on the disk of " + folder + ", or move VIDEO_WINDOW_HOME to a larger one.";
        if (!Files.isDirectory(folder)) {
            findings.skipped(hop, "there is no " + folder + " yet");
            return;
        }
        Path probe = folder.resolve(".doctor");
        try {
            FileStore store = Files.getFileStore(folder);
            long free = store.getUsableSpace();
            Files.write(probe, new byte[64 * 1024]);
            if (free < ENOUGH_SPACE) {
                findings.failed(hop, "only " + free / 1_000_000 + " MB are free in " + folder, fix);
            } else {
                findings.ok(hop, free / 1_000_000 + " MB free in " + folder);
            }
        } catch (IOException refused) {
            findings.failed(hop, "cannot be written: " + refused.getMessage(), fix);
        } finally {
            try {
                Files.deleteIfExists(probe);
            } catch (IOException leftBehind) {
                // The failure is in the findings already.
            }
        }
    }

    private void processes() throws IOException {
        Map<Instance, ProcessHandle> found = new Processes(installation).running();
        for (Instance instance : setUp.instances()) {
            String label = setUp.label(instance);
            ProcessHandle process = found.get(instance);
            if (process == null) {
                findings.failed(
                        label,
                        "does not run",
                        "Start it with "
                                + (found.isEmpty() ? "./video-window up" : "./video-window start " + label)
                                + "; the end of " + installation.log(instance) + " says why it stopped.");
                continue;
            }
            running.add(instance);
            SocketOwners owners = SocketOwners.of(process);
            List<String> silent = new ArrayList<>();
            List<String> ports = new ArrayList<>();
            for (Port port : installation.ports().of(instance)) {
                (owners.listensOn(port) ? ports : silent).add(port.toString());
            }
            if (silent.isEmpty()) {
                findings.ok(label, "process " + process.pid() + " listens on " + String.join(" ", ports));
            } else {
                findings.failed(
                        label,
                        "process " + process.pid() + " does not listen on " + String.join(" ", silent),
                        "Look into " + installation.log(instance) + " for the reason, " + restart(instance) + ".");
            }
        }
    }

    /** Tokens hold for a time: portal and shards have to agree on what time it is. */
    private void clocks(Web web) throws InterruptedException {
        for (Instance instance : setUp.instances()) {
            Optional<String> address = dated(instance);
            if (address.isEmpty() || !runs(instance)) {
                continue;
            }
            String hop = "clock of " + setUp.label(instance);
            try {
                Instant before = Instant.now();
                HttpResponse<String> answer = web.get(address.get());
                Instant there = ZonedDateTime.parse(
                                answer.headers().firstValue("Date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                Duration skew = Duration.between(before, there);
                if (skew.abs().compareTo(CLOCK_SKEW) > 0) {
                    findings.failed(
                            hop,
                            "is " + Math.abs(skew.toSeconds()) + " s " + (skew.isNegative() ? "behind" : "ahead of")
                                    + " the clock here; tokens allow " + CLOCK_SKEW.toSeconds() + " s",
                            "Let a time service (NTP, for example chrony) set the clocks of both machines, "
                                    + restart(instance) + ".");
                } else {
                    findings.ok(hop, "less than " + (Math.abs(skew.toSeconds()) + 1) + " s from here");
                }
            } catch (IOException | DateTimeParseException silent) {
                findings.skipped(hop, "it does not tell the time");
            }
        }
    }

    private Optional<String> dated(Instance instance) {
        int number = instance.number();
        Ports ports = installation.ports();
        return switch (instance.part()) {
            case PORTAL -> Optional.of("http://127.0.0.1:" + ports.portalManagement(number) + "/actuator/health");
            case SHARD_SERVER -> Optional.of("http://127.0.0.1:" + ports.shardHealth(number) + "/about/health");
            default -> Optional.empty();
        };
    }
}
