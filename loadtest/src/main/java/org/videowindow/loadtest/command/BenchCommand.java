package org.videowindow.loadtest.command;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.videowindow.loadtest.bench.Comparison;
import org.videowindow.loadtest.bench.Comparison.Candidate;
import org.videowindow.loadtest.bench.Load;
import org.videowindow.loadtest.bench.Report;
import org.videowindow.loadtest.sfu.BridgeProcess;
import org.videowindow.loadtest.sfu.JanusProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fixed loads against our bridge and Janus in turn. */
@Command(
        name = "bench",
        description = {
            "Runs a fixed set of loads against the built bridge and the installed Janus in turn, several rounds, and",
            "prints CPU per forwarded packet, loss, what came of the packets offered to receivers, latency and memory",
            "side by side. Only a quiet machine gives figures that mean something."
        },
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    private static final int IDLE = 200;

    @Option(names = "--rounds", defaultValue = "3", description = "How often each load is measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "6",
            description = "Seconds before each measurement (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--duration", defaultValue = "8", description = "Seconds of each measurement (${DEFAULT-VALUE}).")
    private int duration;

    @Option(
            names = "--first-warm-up",
            defaultValue = "20",
            description =
                    "Seconds of load on the bridge before everything: its code is to be compiled (${DEFAULT-VALUE}).")
    private int firstWarmUp;

    @Option(
            names = "--loads",
            split = ",",
            defaultValue = "room,rooms,many,large",
            description = "Which of room, rooms, many, large, single, singles (${DEFAULT-VALUE}).")
    private List<String> keys;

    @Option(names = "--without-janus", description = "Measures the bridge alone.")
    private boolean withoutJanus;

    @Option(names = "--without-idle", description = "Does not measure the memory of idle participants.")
    private boolean withoutIdle;

    @Option(
            names = "--bridge-workers",
            defaultValue = "0",
            description = "Media threads of the bridge, 0 for one per core (${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--bridge-io-path",
            defaultValue = "auto",
            description = "How the bridge moves packets: auto, linux, channel (${DEFAULT-VALUE}).")
    private String ioPath;

    @Option(
            names = "--bridge-option",
            description = "A further option of the bridge's virtual machine; may be repeated.",
            paramLabel = "OPTION")
    private List<String> options = new ArrayList<>();

    @Option(names = "--json", description = "Prints every measurement as JSON.")
    private boolean json;

    private final Map<String, Double> idle = new TreeMap<>();

    @Override
    public Integer call() throws IOException {
        List<Load> loads = Stream.concat(Load.FIXED.stream(), Load.FURTHER.stream())
                .filter(load -> keys.contains(load.key()))
                .toList();
        if (loads.size() != keys.size()) {
            throw new IOException(
                    "--loads takes room, rooms, many, large, single and singles, not " + String.join(",", keys) + ".");
        }
        Path root = Path.of(System.getProperty("loadtest.root", "."));
        Path jar = BridgeProcess.jar(root)
                .orElseThrow(() -> new IOException("No bridge is built below " + root.toAbsolutePath()
                        + ": run 'mvn -pl videobridge package -DskipTests'."));
        try (Terminal terminal = new Terminal();
                BridgeProcess bridge = BridgeProcess.start(jar, workers, ioPath, options)) {
            List<Candidate> candidates = new ArrayList<>();
            candidates.add(new Candidate("bridge", true, bridge.process(), bridge.server()));
            if (withoutJanus || !JanusProcess.isInstalled()) {
                terminal.line(
                        withoutJanus ? "Without Janus." : "Janus is not installed: the bridge is measured alone.");
                return compare(candidates, loads, terminal);
            }
            try (JanusProcess janus = JanusProcess.start()) {
                candidates.add(new Candidate(JanusProcess.version(), false, janus.process(), janus.server()));
                return compare(candidates, loads, terminal);
            }
        }
    }

    private int compare(List<Candidate> candidates, List<Load> loads, Terminal terminal) throws IOException {
        Comparison comparison = new Comparison(
                candidates,
                new Comparison.Times(
                        rounds,
                        Duration.ofSeconds(warmUp),
                        Duration.ofSeconds(duration),
                        Duration.ofSeconds(firstWarmUp)),
                terminal,
                terminal::advance);
        terminal.total(comparison.steps(loads));
        if (!withoutIdle) {
            // A VideoRoom has nobody to subscribe to without senders: only the bridge has idle participants.
            idle.put(candidates.getFirst().name(), comparison.idleBytes(candidates.getFirst(), IDLE));
        }
        if (firstWarmUp > 0) {
            comparison.warmUp(Load.FIXED.get(1));
        }
        comparison.run(loads);
        terminal.close();
        Report report =
                new Report(loads, candidates.stream().map(Candidate::name).toList(), comparison.results());
        print(comparison, report);
        return comparison.failures().isEmpty() ? 0 : 1;
    }

    private void print(Comparison comparison, Report report) throws IOException {
        if (json) {
            JsonMapper mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            ObjectNode all = mapper.createObjectNode();
            all.set("results", mapper.valueToTree(comparison.results()));
            all.set("failures", mapper.valueToTree(comparison.failures()));
            all.set("idleBytesPerParticipant", mapper.valueToTree(idle));
            System.out.println(mapper.writeValueAsString(all));
        } else {
            System.out.println(report.table());
            idle.forEach((server, bytes) -> System.out.printf(
                    Locale.ROOT, "%nMemory per idle connected participant, %s: %,.0f KB", server, bytes / 1024));
            System.out.println();
        }
        report.doubts().forEach(doubt -> System.err.println("Note: " + doubt));
        comparison.failures().forEach(failure -> System.err.println("Failed: " + failure));
    }
}
