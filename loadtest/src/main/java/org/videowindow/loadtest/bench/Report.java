package org.videowindow.loadtest.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Medians over the rounds, as a table in Markdown. */
public final class Report {
    private static final double NOISE = 0.15;
    private static final double UNEQUAL = 0.1;

    private final List<Load> loads;
    private final List<String> servers;
    private final List<Result> results;

    /** @param servers ours first; ratios are ours divided by another's */
    public Report(List<Load> loads, List<String> servers, List<Result> results) {
        this.loads = loads;
        this.servers = servers;
        this.results = results;
    }

    /** The median of a value over the rounds, if there was any. */
    public Optional<Double> median(Load load, String server, ToDoubleFunction<Result> value) {
        List<Double> values = results.stream()
                .filter(result ->
                        result.load().equals(load.key()) && result.server().equals(server))
                .map(value::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        if (values.isEmpty()) {
            return Optional.empty();
        }
        int middle = values.size() / 2;
        return Optional.of(
                values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2);
    }

    /** One row per load and server. */
    public String table() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| Load | Server | packets/s out | CPU µs/packet | ratio | loss % | came of sound / picture % | added latency p50 / p99 ms |"
                        + " memory MB | bytes allocated/packet |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|");
        for (Load load : loads) {
            for (String server : servers) {
                median(load, server, Result::packetsPerSecond)
                        .ifPresent(packets -> lines.add(row(load, server, packets)));
            }
        }
        return String.join("\n", lines);
    }

    /** What makes the table less worth than it looks, one sentence each. */
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        double others = results.stream()
                .mapToDouble(result -> result.otherCpuSeconds() / result.seconds())
                .max()
                .orElse(0);
        if (others > NOISE) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "Other processes took up to %.1f cores meanwhile: only a quiet machine gives figures that hold.",
                    others));
        }
        for (Load load : loads) {
            double ours = value(load, servers.getFirst(), Result::packetsPerSecond);
            for (String other : servers.subList(1, servers.size())) {
                double theirs = value(load, other, Result::packetsPerSecond);
                if (Math.abs(ours - theirs) > UNEQUAL * theirs) {
                    doubts.add(String.format(
                            Locale.ROOT,
                            "%s: %s forwarded %,.0f packets/s and %s %,.0f, so they did not do the same work.",
                            load.title(),
                            servers.getFirst(),
                            ours,
                            other,
                            theirs));
                }
            }
        }
        long here = results.stream().mapToLong(Result::droppedHere).sum();
        if (here > 0) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "The generator itself was too slow to read %,d packets; they count as received.",
                    here));
        }
        return doubts;
    }

    private String row(Load load, String server, double packetsPerSecond) {
        double cpu = value(load, server, Result::cpuPerPacket);
        Optional<Double> theirs = servers.stream()
                .skip(1)
                .filter(other -> server.equals(servers.getFirst()))
                .findFirst()
                .flatMap(other -> median(load, other, Result::cpuPerPacket));
        double allocated = value(load, server, Result::allocatedPerPacket);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %.2f | %s | %.4f | %.1f / %.1f | %.2f / %.2f | %.0f | %s |",
                load.title(),
                server,
                packetsPerSecond,
                cpu,
                theirs.map(other -> String.format(Locale.ROOT, "%.2f", cpu / other))
                        .orElse(""),
                100 * value(load, server, Result::loss),
                100 * value(load, server, result -> result.delivery().soundShare()),
                100 * value(load, server, result -> result.delivery().videoShare()),
                value(load, server, Result::latencyMedian),
                value(load, server, Result::latencyHigh),
                value(load, server, result -> result.residentBytes() / 1048576.0),
                Double.isNaN(allocated) ? "" : String.format(Locale.ROOT, "%.3f", allocated));
    }

    private double value(Load load, String server, ToDoubleFunction<Result> value) {
        return median(load, server, value).orElse(Double.NaN);
    }
}
