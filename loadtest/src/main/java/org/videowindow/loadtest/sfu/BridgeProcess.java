package org.videowindow.loadtest.sfu;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Our bridge as a process of its own, with the virtual machine options that the launcher gives it. */
public final class BridgeProcess implements AutoCloseable {
    private static final long START = 60_000_000_000L;

    /** As the launcher starts a bridge. */
    private static final List<String> COLLECTOR =
            List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=5", "-XX:G1ConcRefinementThreads=0");

    private static final List<String> COMPILER =
            List.of("-XX:CompileCommand=quiet", "-XX:CompileCommand=CompileThresholdScaling,org.videowindow.*::*,0.1");

    /** An option that virtual machines of other systems do not know. */
    private static final List<String> PAGES =
            System.getProperty("os.name").equals("Linux") ? List.of("-XX:+UseTransparentHugePages") : List.of();

    private final ServerProcess process;
    private final ColibriServer server;

    private BridgeProcess(ServerProcess process, ColibriServer server) {
        this.process = process;
        this.server = server;
    }

    /** The built bridge below the root of the sources, if there is one. */
    public static Optional<Path> jar(Path root) throws IOException {
        Path target = root.resolve("videobridge").resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("videobridge-[0-9.]+\\.jar"))
                    .findFirst();
        }
    }

    /**
     * Starts a bridge on loopback and waits until it answers.
     *
     * @param workers media threads, 0 for one per core
     * @param ioPath {@code media.io-path}: auto, linux or channel
     * @param options further ones of the virtual machine; one that chooses a garbage collector takes the launcher's place
     */
    public static BridgeProcess start(Path jar, int workers, String ioPath, List<String> options) throws IOException {
        Path folder = Files.createTempDirectory("loadtest-bridge");
        int http = ServerProcess.freePort();
        int channel = ServerProcess.freePort();
        Path configuration = folder.resolve("videobridge.conf");
        Files.writeString(configuration, """
                videobridge {
                  media { port = 0, workers = %d, io-path = "%s" }
                  channel { port = %d, public-url = "ws://127.0.0.1:%d" }
                  http.port = %d
                  limits.endpoints-per-conference = 2000
                }
                """.formatted(workers, ioPath, channel, channel, http));
        boolean otherCollector = options.stream().anyMatch(option -> option.matches("-XX:\\+Use\\w+GC"));
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        otherCollector ? Stream.<String>of() : COLLECTOR.stream(),
                        COMPILER.stream(),
                        PAGES.stream(),
                        Stream.of("-Xms256m", "-Xmx512m", "-XX:+AlwaysPreTouch", "--enable-native-access=ALL-UNNAMED"),
                        options.stream(),
                        Stream.of(
                                "-cp",
                                jar + ":" + jar.resolveSibling("lib").resolve("*"),
                                "org.videowindow.bridge.Videobridge",
                                "--config",
                                configuration.toString()))
                .flatMap(part -> part)
                .toList();
        ServerProcess process = ServerProcess.start("bridge", folder, command);
        ColibriServer server = new ColibriServer(URI.create("http://127.0.0.1:" + http));
        long deadline = System.nanoTime() + START;
        while (!answers(server)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                String failure = process.describeFailure();
                process.close();
                throw new IOException(failure);
            }
            Waiting.nap();
        }
        return new BridgeProcess(process, server);
    }

    private static boolean answers(ColibriServer server) {
        try {
            return server.get("/about/health").contains("healthy");
        } catch (IOException notYet) {
            return false;
        }
    }

    public ServerProcess process() {
        return process;
    }

    public ColibriServer server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
