package org.videowindow.loadtest.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.videowindow.loadtest.bench.LiveLoad;
import org.videowindow.loadtest.bench.Load;
import org.videowindow.loadtest.bench.Measurement;
import org.videowindow.loadtest.bench.Result;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.Totals;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.meeting.AnyCertificate;
import org.videowindow.loadtest.meeting.MeetingServer;
import org.videowindow.loadtest.sfu.BridgeProcess;
import org.videowindow.loadtest.sfu.ColibriServer;
import org.videowindow.loadtest.sfu.JanusProcess;
import org.videowindow.loadtest.sfu.MediaServer;
import org.videowindow.loadtest.sfu.ServerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A load of the user's choice. */
@Command(
        name = "run",
        description = {
            "Runs one load against a bridge that speaks COLIBRI2 over REST, against one it starts itself, or "
                    + "through the whole stack: portal, meeting server, focus and bridge.",
            "Lost is what a gap in sequence numbers tells. What came of the offered is told besides: packets that "
                    + "receivers got, against what each sender's microphone sent and its camera sent (or would have "
                    + "sent) of the size that receivers want, times receivers."
        },
        mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Option(
            names = "--target",
            paramLabel = "URL",
            description =
                    "Private HTTP port of a bridge, for example http://127.0.0.1:8889. Default: starts the built one.")
    private URI target;

    @Option(names = "--janus", description = "Starts the installed Janus and drives its VideoRoom instead.")
    private boolean janus;

    @Option(
            names = "--meeting",
            paramLabel = "URL",
            description = "Link of a meeting that guests may join: the participants come through its portal. "
                    + "Once for each room; --rooms is not needed then.")
    private List<String> meetings = List.of();

    @Option(names = "--insecure", description = "With --meeting: accepts any certificate, for tests on one machine.")
    private boolean insecure;

    @Option(names = "--rooms", defaultValue = "1", description = "Meetings at a time (${DEFAULT-VALUE}).")
    private int rooms;

    @Option(names = "--senders", defaultValue = "1", description = "Senders in each room (${DEFAULT-VALUE}).")
    private int senders;

    @Option(names = "--receivers", defaultValue = "20", description = "Receivers in each room (${DEFAULT-VALUE}).")
    private int receivers;

    @Option(names = "--height", defaultValue = "720", description = "Lines receivers want to see (${DEFAULT-VALUE}).")
    private int height;

    @Option(names = "--codec", defaultValue = "VP8", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Codec codec;

    @Option(
            names = "--encodings",
            defaultValue = "3",
            description = "Sizes a camera sends where the codec has simulcast, 1 to 3 (${DEFAULT-VALUE}).")
    private int encodings;

    @Option(names = "--warm-up", defaultValue = "5", description = "Seconds before the measurement (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--duration", defaultValue = "10", description = "Seconds measured (${DEFAULT-VALUE}).")
    private int duration;

    @Option(
            names = "--churn",
            defaultValue = "0",
            paramLabel = "N",
            description = "Receivers that leave every second, those who came first, and as many others that come; at a "
                    + "bridge only (${DEFAULT-VALUE}).")
    private int churn;

    @Option(
            names = "--bridge-option",
            description = "A further option of the virtual machine of the bridge that this starts; may be repeated.",
            paramLabel = "OPTION")
    private List<String> options = new ArrayList<>();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (encodings < 1 || encodings > 3) {
            throw new IOException("--encodings takes 1 to 3.");
        }
        if ((target == null ? 0 : 1) + (janus ? 1 : 0) + (meetings.isEmpty() ? 0 : 1) > 1) {
            throw new IOException("Name one of --target, --janus and --meeting.");
        }
        if (!meetings.isEmpty() && receivers < 1) {
            throw new IOException("--meeting needs a receiver: the focus invites from the second participant on.");
        }
        if (churn < 0 || churn > rooms * receivers) {
            throw new IOException("--churn takes 0 to the number of receivers.");
        }
        if (churn > 0 && (janus || !meetings.isEmpty())) {
            throw new IOException("--churn goes with a bridge, not with --janus or --meeting.");
        }
        int wanted = meetings.isEmpty() ? rooms : meetings.size();
        Load load = new Load("run", "as given", wanted, senders, receivers, height, codec, encodings, false);
        if (target != null) {
            boolean here = InetAddress.getByName(target.getHost()).isLoopbackAddress();
            print(measure(load, here, new ColibriServer(target), null));
            return 0;
        }
        if (!meetings.isEmpty()) {
            MeetingServer server = MeetingServer.of(http(), meetings);
            print(measure(load, server.isHere(), server, null));
            return 0;
        }
        if (janus) {
            try (JanusProcess process = JanusProcess.start()) {
                print(measure(load, false, process.server(), process.process()));
            }
            return 0;
        }
        Path root = Path.of(System.getProperty("loadtest.root", "."));
        Path jar = BridgeProcess.jar(root)
                .orElseThrow(() -> new IOException("No bridge is built below " + root.toAbsolutePath()
                        + ": run 'mvn -pl videobridge package', or name a running one by --target."));
        try (BridgeProcess bridge = BridgeProcess.start(jar, 0, "auto", options)) {
            print(measure(load, true, bridge.server(), bridge.process()));
        }
        return 0;
    }

    private HttpClient http() throws IOException {
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (insecure) {
            http.sslContext(AnyCertificate.context());
        }
        return http.build();
    }

    private Result measure(Load load, boolean here, MediaServer server, ServerProcess process) throws IOException {
        try (Terminal terminal = new Terminal();
                Engine engine = Engine.start(here);
                LiveLoad live = LiveLoad.start(engine, server, load, terminal)) {
            Measurement.prepare(server);
            Measurement.pass(Duration.ofSeconds(warmUp), left -> {
                terminal.step("warms up, " + left + " s");
                live.replace(churn);
            });
            return Measurement.of(
                    engine,
                    live,
                    load,
                    server,
                    janus ? "Janus" : meetings.isEmpty() ? "bridge" : "meeting",
                    process,
                    Duration.ofSeconds(duration),
                    churn,
                    terminal);
        }
    }

    private void print(Result result) throws IOException {
        if (json) {
            System.out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result));
            return;
        }
        Totals received = result.received();
        System.out.printf(
                Locale.ROOT,
                """
                packets received      %,d (%,.0f/s), %,.1f Mbit/s
                lost                  %,d (%.4f %%), repaired %,d, dropped by this process %,d
                came of the offered   sound %.1f %%, pictures %.1f %%
                duplicates, late      %,d, %,d
                repeats and probes    %,d
                latency p50, p99      %.2f ms, %.2f ms
                freezes, switches     %,d, %,d
                key frame requests    %,d
                undecipherable        %,d
                """,
                received.packets(),
                result.packetsPerSecond(),
                received.bytes() * 8 / result.seconds() / 1e6,
                received.lost(),
                result.loss() * 100,
                received.repaired(),
                result.droppedHere(),
                result.delivery().soundShare() * 100,
                result.delivery().videoShare() * 100,
                received.duplicates(),
                received.late(),
                received.repeats(),
                result.latencyMedian(),
                result.latencyHigh(),
                received.freezes(),
                received.layerSwitches(),
                received.keyFrameRequests(),
                received.unreadable());
        if (churn > 0) {
            System.out.printf(Locale.ROOT, "left and came back    %,d%n", result.replaced());
        }
        if (!Double.isNaN(result.cpuSeconds())) {
            System.out.printf(
                    Locale.ROOT,
                    """
                    CPU per packet        %.2f µs (server), %.2f µs (this process)
                    resident memory       %,d MB
                    allocated per packet  %.3f bytes on the server's media threads
                    """,
                    result.cpuPerPacket(),
                    result.generatorCpuSeconds() * 1e6 / result.forwarded(),
                    result.residentBytes() >> 20,
                    result.allocatedPerPacket());
        }
    }
}
