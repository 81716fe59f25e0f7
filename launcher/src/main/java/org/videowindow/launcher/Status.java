package org.videowindow.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** {@code status}: one line a part. */
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
        Map<Part, ProcessHandle> running = new Processes(installation).running();
        boolean allWell = true;
        out.printf(ROW, "part", "pid", "health", "memory", "ports");
        try (Health health = new Health()) {
            for (Part part : Part.values()) {
                ProcessHandle process = running.get(part);
                if (process == null) {
                    out.printf(ROW, part.title(), "-", "stopped", "-", ports(part));
                    allWell = false;
                    continue;
                }
                Health.Answer answer = health.ask(part.healthAddress(installation.ports()));
                allWell &= answer.well();
                out.printf(
                        ROW,
                        part.title(),
                        process.pid(),
                        answer.well() ? "healthy" : "unhealthy",
                        megabytes(Memory.resident(process.pid())),
                        ports(part));
                if (!answer.well()) {
                    out.println("              " + abbreviated(answer.reason()));
                }
            }
        }
        return allWell;
    }

    private String ports(Part part) {
        return installation.ports().of(part).stream().map(Port::toString).collect(Collectors.joining(" "));
    }

    private static String abbreviated(String reason) {
        return reason.length() <= REASON_WIDTH ? reason : reason.substring(0, REASON_WIDTH) + "...";
    }

    static String megabytes(OptionalLong bytes) {
        return bytes.isPresent() ? String.format(Locale.ROOT, "%d MB", bytes.getAsLong() / 1_000_000) : "-";
    }
}
