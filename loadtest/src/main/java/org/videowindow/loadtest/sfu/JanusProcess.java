package org.videowindow.loadtest.sfu;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The installed Janus as a process of its own with a configuration of its own: one event loop for all participants,
 * ICE-lite, only the VideoRoom and the WebSocket transport. AES-GCM follows from what participants offer.
 */
public final class JanusProcess implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/janus");
    private static final Path INSTALLED = Path.of("/etc/janus/janus.jcfg");
    private static final long START = 60_000_000_000L;

    private final ServerProcess process;
    private final JanusServer server;

    private JanusProcess(ServerProcess process, JanusServer server) {
        this.process = process;
        this.server = server;
    }

    /** Whether Janus is installed as Debian does it. */
    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM) && Files.isReadable(INSTALLED);
    }

    /** What it is, for tables. */
    public static String version() throws IOException {
        Process asked = new ProcessBuilder(PROGRAM.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        Matcher version = Pattern.compile("\\((\\d+\\.\\d+\\.\\d+)\\)")
                .matcher(new String(asked.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        return version.find() ? "Janus " + version.group(1) : "Janus";
    }

    /** Starts Janus and waits until it answers. */
    public static JanusProcess start() throws IOException {
        Path folder = Files.createTempDirectory("loadtest-janus");
        int port = ServerProcess.freePort();
        Files.writeString(folder.resolve("janus.jcfg"), """
                general: {
                  configs_folder = "%s"
                %s
                  debug_level = 2
                  debug_colors = false
                  session_timeout = 0
                  event_loops = 1
                }
                nat: {
                  nice_debug = false
                  ice_lite = true
                  ice_enforce_list = "%s"
                  ignore_mdns = true
                }
                media: {
                  no_media_timer = 0
                }
                plugins: { disable = "%s" }
                transports: { disable = "%s" }
                events: { broadcast = false }
                """.formatted(
                        folder,
                        folders(),
                        OwnAddress.text(),
                        others("plugins_folder", "libjanus_videoroom.so"),
                        others("transports_folder", "libjanus_websockets.so")));
        Files.writeString(folder.resolve("janus.transport.websockets.jcfg"), """
                general: { json = "compact"  ws = true  ws_port = %d  ws_ip = "127.0.0.1"  wss = false }
                admin: { admin_ws = false  admin_wss = false }
                """.formatted(port));
        Files.writeString(folder.resolve("janus.plugin.videoroom.jcfg"), "general: { }\n");
        ServerProcess process =
                ServerProcess.start("Janus", folder, List.of(PROGRAM.toString(), "-F", folder.toString()));
        long deadline = System.nanoTime() + START;
        while (true) {
            try {
                return new JanusProcess(process, new JanusServer(URI.create("ws://127.0.0.1:" + port)));
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    String failure = process.describeFailure();
                    process.close();
                    throw new IOException(failure, notYet);
                }
                Waiting.nap();
            }
        }
    }

    /** The lines of the installed configuration that say where plugins lie. */
    private static String folders() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String folder : List.of("plugins_folder", "transports_folder", "events_folder", "loggers_folder")) {
            configured(folder).ifPresent(path -> lines.append("  %s = \"%s\"%n".formatted(folder, path)));
        }
        return lines.toString();
    }

    private static Optional<String> configured(String key) throws IOException {
        Matcher line =
                Pattern.compile("(?m)^\\s*" + key + "\\s*=\\s*\"([^\"]+)\"").matcher(Files.readString(INSTALLED));
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    private static String others(String key, String wanted) throws IOException {
        Optional<String> folder = configured(key);
        if (folder.isEmpty()) {
            return "";
        }
        try (Stream<Path> files = Files.list(Path.of(folder.get()))) {
            return String.join(
                    ",",
                    files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".so") && !file.equals(wanted))
                            .sorted()
                            .toList());
        }
    }

    public ServerProcess process() {
        return process;
    }

    public JanusServer server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        server.close();
        process.close();
    }
}
