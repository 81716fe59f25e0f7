package org.videowindow.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the doctor has found so far, printed line by line or at the end as JSON. */
final class Findings {
    private enum Result {
        OK,
        FAILED,
        SKIPPED
    }

    private record Finding(String hop, Result result, String detail, String fix) {
        String json() {
            return "{\"hop\":" + Json.quoted(hop) + ",\"result\":"
                    + Json.quoted(result.name().toLowerCase(Locale.ROOT)) + ",\"detail\":" + Json.quoted(detail)
                    + ",\"fix\":" + Json.quoted(fix) + "}";
        }
    }

    private final List<Finding> findings = new ArrayList<>();
    private final boolean json;
    private final PrintStream out;

    Findings(boolean json, PrintStream out) {
        this.json = json;
        this.out = out;
    }

    void ok(String hop, String detail) {
        add(new Finding(hop, Result.OK, detail, ""));
    }

    /** @param fix what mends it, as a sentence */
    void failed(String hop, String problem, String fix) {
        add(new Finding(hop, Result.FAILED, problem, fix));
    }

    void skipped(String hop, String why) {
        add(new Finding(hop, Result.SKIPPED, why, ""));
    }

    private void add(Finding finding) {
        findings.add(finding);
        if (json) {
            return;
        }
        String result = switch (finding.result) {
            case OK -> "ok       " + finding.detail;
            case FAILED -> "FAILED   " + finding.detail;
            case SKIPPED -> "skipped  (" + finding.detail + ")";
        };
        out.printf("%-34s %s%n", finding.hop, result);
        if (finding.result == Result.FAILED) {
            out.printf("%-34s          -> %s%n", "", finding.fix);
        }
        out.flush();
    }

    /** Prints what there is to say at the end. @return whether nothing failed */
    boolean end() {
        long failed = findings.stream()
                .filter(finding -> finding.result == Result.FAILED)
                .count();
        if (json) {
            out.println("{\"ok\":" + (failed == 0) + ",\"hops\":["
                    + findings.stream().map(Finding::json).collect(Collectors.joining(",")) + "]}");
        } else {
            out.println();
            out.println(
                    failed == 0
                            ? "Everything that was checked is as it should be."
                            : failed + " of " + findings.size() + " checks failed; begin with the first.");
        }
        return failed == 0;
    }
}
