package org.videowindow.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** {@code status}: one line an instance. */
final class Status {
    private static final String ROW = "%-13s %-8s %-10s %-9s %s%n";
    private static final int REASON_WIDTH = 100;

    private final Installation installation;
    private final PrintStream out;

    Status(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
    }

    /** Prints the table. @return whether every part runs and is well */
    boolean print() throws IOException {
        Map<Instance, ProcessHandle> running = new Processes(installation).running();
        boolean allWell = true;
        out.printf(ROW, "instance", "pid", "health", "memory", "ports");
        try (Health health = new Health(installation)) {
            for (Instance instance : installation.setUp().instances()) {
                String label = installation.setUp().label(instance);
                ProcessHandle process = running.get(instance);
                if (process == null) {
                    out.printf(ROW, label, "-", "stopped", "-", ports(instance));
                    allWell = false;
                    continue;
                }
                Health.Answer answer = health.ask(instance);
                allWell &= answer.well();
                out.printf(
                        ROW,
                        label,
                        process.pid(),
                        answer.well() ? "healthy" : "unhealthy",
                        megabytes(Memory.resident(process.pid())),
                        ports(instance));
                if (!answer.well()) {
                    out.println("              " + abbreviated(answer.reason()));
                }
            }
        }
        return allWell;
    }

    private String ports(Instance instance) {
        return installation.ports().of(instance).stream().map(Port::toString).collect(Collectors.joining(" "));
    }

    private static String abbreviated(String reason) {
        return reason.length() <= REASON_WIDTH ? reason : reason.substring(0, REASON_WIDTH) + "...";
    }

    static String megabytes(OptionalLong bytes) {
        return bytes.isPresent() ? String.format(Locale.ROOT, "%d MB", bytes.getAsLong() / 1_000_000) : "-";
    }
}
